package dev.coppice.cli.delta;

import dev.coppice.cli.console.Progress;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.Signer;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.generate.Generate;
import dev.coppice.transfer.delta.generate.GenerateRequest;
import dev.coppice.transfer.delta.generate.GenerateResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code static-delta generate}: makes a static delta. */
public final class StaticDeltaGenerateCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin DeltaFormOptions form = new DeltaFormOptions();
  @Mixin DeltaLimitOptions limits = new DeltaLimitOptions();
  @Mixin DeltaSigning signing = new DeltaSigning();

  @Option(names = "--from", paramLabel = "REV", description = "Create delta from revision REV")
  @Nullable String from;

  @Option(names = "--empty", description = "Create delta from scratch")
  boolean empty;

  @Option(names = "--to", paramLabel = "REV", description = "Create delta to revision REV")
  @Nullable String to;

  @Option(
      names = {"-n", "--if-not-exists"},
      description = "Only generate if a delta does not already exist")
  boolean ifNotExists;

  @Parameters(paramLabel = "TO", index = "0", arity = "0..1", description = "The new revision")
  @Nullable String target;

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      opened.requireWritable();
      DeltaName name = name(opened);
      if (ifNotExists && Files.exists(opened.path().resolve(name.superblock()))) {
        context.console().println("Delta " + name.key() + " already exists.");
        return ExitCodes.OK;
      }
      List<Signer> signers = signing.signers(context);
      GenerateRequest request =
          GenerateRequest.of(name).with(form.form(context)).with(limits.limits()).signedBy(signers);
      context.console().println("Generating static delta:");
      context.console().println("  From: " + name.from().map(Checksum::hex).orElse("empty"));
      context.console().println("  To:   " + name.to().hex());
      context.console().flush();
      GenerateDisplay display;
      GenerateResult result;
      try (Progress progress = context.progress()) {
        display = new GenerateDisplay(progress);
        result = new Generate(opened, display).run(request);
      }
      display.end(result, context.console().err());
      return ExitCodes.OK;
    }
  }

  /** From the parent of the new commit, if nothing else is said. */
  private DeltaName name(Repo opened) throws IOException {
    String target = to != null ? to : this.target;
    if (target == null) {
      throw UsageException.messageOnly("TO revision must be specified");
    }
    if (empty && from != null) {
      throw UsageException.messageOnly("Cannot specify both --empty and --from=REV");
    }
    Optional<Checksum> source =
        empty ? Optional.empty() : Optional.of(opened.resolve(from != null ? from : target + "^"));
    return new DeltaName(source, opened.resolve(target));
  }
}
