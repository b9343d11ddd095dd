package dev.coppice.cli.delta;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.delta.DeltaListing;
import dev.coppice.transfer.delta.DeltaName;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;

/** {@code static-delta list}: the names of the deltas that there are. */
public final class StaticDeltaListCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      List<DeltaName> deltas = new DeltaListing(opened).all();
      if (json.json()) {
        JsonWriter out = json.writer(context).object().array("deltas");
        for (DeltaName each : deltas) {
          out.object().field("name", each.key());
          each.from().map(Checksum::hex).ifPresent(from -> out.field("from", from));
          out.field("to", each.to().hex()).field("directory", each.directory()).end();
        }
        out.end().end();
      } else if (deltas.isEmpty()) {
        context.console().println("(No static deltas)");
      } else {
        deltas.forEach(each -> context.console().println(each.key()));
      }
      return ExitCodes.OK;
    }
  }
}
