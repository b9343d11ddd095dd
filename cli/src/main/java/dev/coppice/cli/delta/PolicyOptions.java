package dev.coppice.cli.delta;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.config.SizeText;
import dev.coppice.core.time.TimeSpan;
import dev.coppice.transfer.delta.plan.DeltaPolicy;
import dev.coppice.transfer.delta.plan.DeltaPolicy.Channel;
import dev.coppice.transfer.delta.plan.Demand;
import dev.coppice.transfer.mirror.RefSelection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which deltas are wanted. */
final class PolicyOptions {
  @Parameters(
      paramLabel = "GLOB",
      arity = "0..*",
      description = "Refs that deltas lead to (default: all)")
  List<String> include = new ArrayList<>();

  @Option(names = "--exclude", paramLabel = "GLOB", description = "Leave out refs that fit this")
  List<String> exclude = new ArrayList<>();

  @Option(
      names = "--arch",
      paramLabel = "NAME",
      description = "Refs of this architecture only, and refs of none")
  List<String> architectures = new ArrayList<>();

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "Versions before the current one that deltas start from (default: 3)")
  int last = DeltaPolicy.DEFAULT_LAST;

  @Option(names = "--from-scratch", description = "Deltas for new machines as well")
  boolean fromScratch;

  @Option(
      names = "--channel",
      paramLabel = "FROM=TO",
      description = "A delta from the current version of one ref to that of another")
  List<String> channels = new ArrayList<>();

  @Option(
      names = "--budget",
      paramLabel = "SIZE",
      description = "Space that all deltas may take, such as 20GB (default: no limit)")
  @Nullable String budget;

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description = "Log of the server, which tells what clients use")
  List<String> logs = new ArrayList<>();

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description = "How long deltas to the version before stay (default: 1d)")
  @Nullable String grace;

  DeltaPolicy policy() {
    return new DeltaPolicy(
        RefSelection.parse(include, exclude, architectures),
        last,
        fromScratch,
        channels.stream().map(Channel::parse).toList(),
        budget(),
        grace());
  }

  Demand demand(Context context) throws IOException {
    Demand demand = Demand.NONE;
    for (String log : logs) {
      demand = demand.and(Demand.ofLog(context.path(log)));
    }
    return demand;
  }

  private OptionalLong budget() {
    if (budget == null) {
      return OptionalLong.empty();
    }
    OptionalLong bytes = SizeText.bytes(budget);
    if (bytes.isEmpty()) {
      throw UsageException.messageOnly(
          "Invalid value '" + budget + "' of --budget: it is " + SizeText.EXPECTED);
    }
    return bytes;
  }

  private Duration grace() {
    if (grace == null) {
      return DeltaPolicy.DEFAULT_GRACE;
    }
    return TimeSpan.read(grace)
        .orElseThrow(
            () ->
                UsageException.messageOnly(
                    "Invalid value '" + grace + "' of --grace. " + TimeSpan.EXPECTED));
  }
}
