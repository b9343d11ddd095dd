package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.FsyncOption;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.commit.CommitFlag;
import dev.coppice.core.commit.CommitMetadata;
import dev.coppice.core.commit.CommitRequest;
import dev.coppice.core.commit.CommitResult;
import dev.coppice.core.commit.Committer;
import dev.coppice.core.commit.UnmatchedPathsException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.WriteOptions;
import dev.coppice.transfer.summary.SummaryUpdate;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code commit}: makes a commit from directories, archives and other commits. */
public final class CommitCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin CommitMessage message = new CommitMessage();

  @Option(
      names = {"-b", "--branch"},
      paramLabel = "BRANCH",
      description = "Branch")
  @Nullable String branch;

  @Option(names = "--orphan", description = "Create a commit without writing a ref")
  boolean orphan;

  @Option(
      names = "--parent",
      paramLabel = "COMMIT",
      description = "Parent commit checksum, or \"none\"")
  @Nullable String parent;

  @Option(
      names = "--skip-if-unchanged",
      description = "If the contents are unchanged from previous commit, do nothing")
  boolean skipIfUnchanged;

  @Option(names = "--table-output", description = "Output more information in a KEY: VALUE format")
  boolean table;

  @Mixin CommitSources sources = new CommitSources();
  @Mixin CommitChanges changes = new CommitChanges();
  @Mixin CommitMetadataOptions metadata = new CommitMetadataOptions();
  @Mixin CommitSigning signing = new CommitSigning();
  @Mixin FsyncOption fsync = new FsyncOption();
  @Mixin JsonOption json = new JsonOption();

  @Parameters(paramLabel = "PATH", arity = "0..1", description = "Directory to commit")
  @Nullable String path;

  @Override
  public int run(Context context) throws IOException, InterruptedException {
    try (Repo opened = Repo.open(repo.path(context))) {
      opened.requireWritable();
      CommitRequest request = request(context).sealedBy(signing.sealer(context));
      CommitResult result;
      try (var display = new CommitDisplay(context.progress())) {
        result = Committer.run(opened, request, options(opened, request.flags()), display);
      } catch (UnmatchedPathsException e) {
        for (String unmatched : e.paths()) {
          context.console().err().println("Unmatched " + e.list() + " path: " + unmatched);
        }
        throw e;
      }
      if (branch != null) {
        new SummaryUpdate(opened).runIfAutomatic();
      }
      CommitOutput output = new CommitOutput(context, result);
      if (json.json()) {
        output.json(json.writer(context));
      } else if (table) {
        output.table();
      } else {
        output.plain();
      }
      return ExitCodes.OK;
    }
  }

  private CommitRequest request(Context context) throws IOException, InterruptedException {
    Set<CommitFlag> flags = changes.flags();
    metadata.addFlags(flags);
    if (skipIfUnchanged) {
      flags.add(CommitFlag.SKIP_IF_UNCHANGED);
    }
    CommitMetadata entries = metadata.metadata(branch != null || parent != null);
    return new CommitRequest(
        target(),
        sources.content(context, path),
        changes.changes(context),
        message.describe(context, branch, entries),
        flags);
  }

  private CommitRequest.Target target() {
    if (branch == null && !orphan) {
      throw UsageException.messageOnly("A branch must be specified with --branch, or use --orphan");
    }
    CommitRequest.Parent follows;
    if (parent == null) {
      follows = orphan ? new CommitRequest.Parent.None() : new CommitRequest.Parent.OfBranch();
    } else if (parent.equals("none")) {
      follows = new CommitRequest.Parent.None();
    } else {
      follows = new CommitRequest.Parent.Given(checksum(parent));
    }
    return new CommitRequest.Target(Optional.ofNullable(branch), follows);
  }

  private static Checksum checksum(String text) {
    if (text.length() != Checksum.HEX_DIGITS) {
      throw UsageException.messageOnly("Invalid rev " + text);
    }
    for (int i = 0; i < text.length(); i++) {
      if (!Checksum.isHexPrefix(text.substring(i, i + 1))) {
        throw UsageException.messageOnly(
            "Invalid character '" + text.charAt(i) + "' in rev '" + text + "'");
      }
    }
    return Checksum.ofHex(text);
  }

  private WriteOptions options(Repo opened, Set<CommitFlag> flags) {
    WriteOptions normal = opened.writeOptions();
    return new WriteOptions(
        fsync.fsync() ? normal.fsync() : FsyncPolicy.NONE,
        normal.zlibLevel(),
        flags.contains(CommitFlag.GENERATE_SIZES));
  }
}
