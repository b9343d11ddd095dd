package dev.coppice.cli.repo;

import dev.coppice.cli.console.Progress;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.core.fsck.Fsck;
import dev.coppice.core.fsck.FsckRequest;
import dev.coppice.core.fsck.FsckResult;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.EnumSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fsck}: verifies a repository. */
public final class FsckCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(names = "--add-tombstones", description = "Add tombstones for missing commits")
  boolean addTombstones;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only print error messages")
  boolean quiet;

  @Option(
      names = {"-a", "--all"},
      description = "Don't stop on first error")
  boolean all;

  @Option(names = "--delete", description = "Remove corrupted objects")
  boolean delete;

  @Option(names = "--verify-bindings", description = "Verify ref bindings")
  boolean verifyBindings;

  @Option(
      names = "--verify-back-refs",
      description = "Verify back-references (implies --verify-bindings)")
  boolean verifyBackRefs;

  @Override
  public int run(Context context) throws IOException {
    var request = new FsckRequest(options());
    try (Repo opened = repo.open(context)) {
      FsckResult result;
      if (json.json()) {
        try (Progress progress = context.progress()) {
          result = new Fsck(opened).run(request, event -> FsckText.showProgress(event, progress));
        }
        FsckJson.write(result, json.writer(context));
      } else {
        try (Progress progress = context.progress()) {
          var text = new FsckText(context.console(), progress, voice());
          result = new Fsck(opened).run(request, text);
          text.end(result);
        }
      }
      FsckOutcome.check(result, all || delete);
      if (!json.json()) {
        context
            .console()
            .println(
                "object fsck of "
                    + result.commits()
                    + " commits completed successfully - no errors found.");
      }
      return ExitCodes.OK;
    }
  }

  private EnumSet<FsckRequest.Option> options() {
    var options = EnumSet.noneOf(FsckRequest.Option.class);
    if (delete) {
      options.add(FsckRequest.Option.DELETE);
    }
    if (addTombstones) {
      options.add(FsckRequest.Option.ADD_TOMBSTONES);
    }
    if (verifyBindings) {
      options.add(FsckRequest.Option.VERIFY_BINDINGS);
    }
    if (verifyBackRefs) {
      options.add(FsckRequest.Option.VERIFY_BACK_REFS);
    }
    return options;
  }

  /** What of it is printed; the option -a decides whether the first damage becomes the error. */
  private EnumSet<FsckText.Voice> voice() {
    var voice = EnumSet.noneOf(FsckText.Voice.class);
    if (!quiet) {
      voice.add(FsckText.Voice.PHASES);
    }
    if (all || delete) {
      voice.add(FsckText.Voice.FIRST_DAMAGE);
    }
    if (!addTombstones) {
      voice.add(FsckText.Voice.PARTIAL_COUNT);
    }
    return voice;
  }
}
