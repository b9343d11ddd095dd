package dev.coppice.cli.repo;

import dev.coppice.cli.console.Progress;
import dev.coppice.cli.console.SizeText;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.cli.pull.PullBasics;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.pull.LocalOrigin;
import dev.coppice.transfer.pull.PlannedDelta;
import dev.coppice.transfer.pull.Pull;
import dev.coppice.transfer.pull.PullEvent;
import dev.coppice.transfer.pull.PullPlan;
import dev.coppice.transfer.pull.PullRequest;
import dev.coppice.transfer.pull.PullResult;
import dev.coppice.transfer.pull.RemoteTrusts;
import dev.coppice.transfer.pull.Trust;
import dev.coppice.transfer.remote.SummaryTrust;
import dev.coppice.transfer.summary.SummaryUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pull-local}: copies commits from another repository of this machine. */
public final class PullLocalCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin PullBasics basics = new PullBasics();

  @Option(names = "--remote", paramLabel = "REMOTE", description = "Add REMOTE to refspec")
  @Nullable String remote;

  @Option(names = "--gpg-verify", description = "GPG verify commits (must specify --remote)")
  boolean gpgVerify;

  @Option(
      names = "--gpg-verify-summary",
      description = "GPG verify summary (must specify --remote)")
  boolean gpgVerifySummary;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SRC_REPO",
      description = "Repository to pull from")
  @Nullable String sourcePath;

  @Parameters(
      index = "1..*",
      paramLabel = "REF",
      description = "Refs or checksums of commits to pull; all refs by default")
  List<String> refs = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo destination = repo.open(context)) {
      destination.requireWritable();
      if (sourcePath == null) {
        throw UsageException.withUsage("DESTINATION must be specified");
      }
      checkOptions();
      try (Repo source = openSource(context.path(sourcePath).toAbsolutePath())) {
        LocalOrigin origin = origin(destination, source);
        PullResult result;
        try (Progress progress = context.progress()) {
          result = new Pull(destination, origin).run(request(destination), show(progress));
        }
        if (!result.refs().isEmpty()) {
          new SummaryUpdate(destination).runIfAutomatic();
        }
        context
            .console()
            .println(
                result.metadata()
                    + " metadata, "
                    + result.content()
                    + " content objects imported; "
                    + SizeText.of(result.contentBytes())
                    + " content written");
      }
      return ExitCodes.OK;
    }
  }

  private void checkOptions() {
    basics.check();
    if ((gpgVerify || gpgVerifySummary) && remote == null) {
      throw UsageException.messageOnly("Must specify remote name to enable gpg verification");
    }
  }

  /** Signatures count only where they are asked for, and those of the remote's keyring. */
  private LocalOrigin origin(Repo destination, Repo source) throws IOException {
    if (remote == null) {
      return new LocalOrigin(source, Optional.empty(), Trust.ANYBODY);
    }
    RemoteTrusts keyring = RemoteTrusts.ofKeyring(Remotes.of(destination), remote);
    return new LocalOrigin(
        source,
        Optional.of(RemoteName.of(remote)),
        gpgVerify ? keyring.commits() : Trust.ANYBODY,
        gpgVerifySummary ? keyring.summary() : SummaryTrust.ANYBODY);
  }

  private static Repo openSource(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new Failure(
          ErrorCode.REPO_INVALID,
          "opening repo: opendir(" + path + "): No such file or directory",
          "Name the directory of a repository to pull from.");
    }
    return Repo.open(path);
  }

  private PullRequest request(Repo destination) {
    return new PullRequest(
        refs.stream().map(PullRequest.Wanted::parse).toList(),
        new PullRequest.Scope(basics.depth(), List.of(), Optional.empty()),
        basics.options(),
        List.of(),
        basics.fsync(destination.config().fsync()));
  }

  private static Consumer<PullEvent> show(Progress progress) {
    progress.phase("Scanning metadata");
    return event -> {
      switch (event) {
        case PullEvent.Scanned(long _) -> progress.advance(1);
        case PullEvent.Verified _ -> {}
        case PullEvent.DeltaPlanned(PlannedDelta delta) -> {
          progress.phase("Applying static delta");
          progress.total(delta.parts() - delta.partsHere());
        }
        case PullEvent.PartApplied _ -> progress.advance(1);
        // Local pulls use deltas only where they are demanded, and fail without them.
        case PullEvent.DeltaRefused _ -> {}
        case PullEvent.Planned(PullPlan plan) -> {
          progress.phase("Importing objects");
          progress.total(plan.files());
        }
        case PullEvent.Imported(long _, long _, long bytes) -> {
          progress.advance(1);
          progress.bytes(bytes);
        }
      }
    };
  }
}
