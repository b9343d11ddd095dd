package dev.coppice.cli.repo;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.console.SizeText;
import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.diff.Diff;
import dev.coppice.core.diff.DiffRequest;
import dev.coppice.core.diff.DiffRequest.Side;
import dev.coppice.core.diff.DiffResult;
import dev.coppice.core.diff.DiffStats;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diff}: compares two commits or directories. */
public final class DiffCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(names = "--stats", description = "Print various statistics")
  boolean stats;

  @Option(names = "--fs-diff", description = "Print filesystem diff")
  boolean fsDiff;

  @Option(names = "--no-xattrs", description = "Skip output of extended attributes")
  boolean noXattrs;

  @Option(
      names = "--owner-uid",
      paramLabel = "UID",
      description = "Use file ownership user id for local files")
  int ownerUid = -1;

  @Option(
      names = "--owner-gid",
      paramLabel = "GID",
      description = "Use file ownership group id for local files")
  int ownerGid = -1;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "REV_OR_DIR",
      description = "Older commit or directory; alone: the commit to compare with its parent")
  @Nullable String first;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "REV_OR_DIR",
      description = "Newer commit or directory")
  @Nullable String second;

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (first == null) {
        throw UsageException.withUsage("REV must be specified");
      }
      String from = second == null ? first + "^" : first;
      String to = second == null ? first : second;
      DiffResult result = null;
      if (fsDiff || !stats) {
        Side source = side(context, opened, from);
        Side target = side(context, opened, to);
        result = new Diff(opened).run(request(source, target));
        if (!json.json()) {
          print(context, result, source, target);
        }
      }
      DiffStats counts = null;
      if (stats) {
        counts = DiffStats.of(opened, opened.resolve(from), opened.resolve(to));
        if (!json.json()) {
          print(context, counts);
        }
      }
      if (json.json()) {
        write(json.writer(context), result, counts);
      }
      return ExitCodes.OK;
    }
  }

  private DiffRequest request(Side source, Side target) {
    return new DiffRequest(
        source,
        target,
        noXattrs ? DiffRequest.Xattrs.IGNORE : DiffRequest.Xattrs.COMPARE,
        ownerUid < 0 ? OptionalInt.empty() : OptionalInt.of(ownerUid),
        ownerGid < 0 ? OptionalInt.empty() : OptionalInt.of(ownerGid));
  }

  /** What starts like a path is a directory, all else a revision: so it is in ostree. */
  private static Side side(Context context, Repo opened, String argument) throws IOException {
    return argument.startsWith("/") || argument.startsWith("./")
        ? new Side.OfDirectory(context.path(argument).normalize())
        : new Side.OfCommit(opened.resolve(argument));
  }

  private static void print(Context context, DiffResult result, Side source, Side target) {
    print(context, 'M', result.modified(), source);
    print(context, 'D', result.removed(), source);
    print(context, 'A', result.added(), target);
  }

  private static void print(Context context, char letter, List<String> paths, Side side) {
    String root = side instanceof Side.OfCommit ? "/" : "";
    for (String path : paths) {
      context.console().println(letter + "    " + root + path);
    }
  }

  private static void print(Context context, DiffStats counts) {
    context.console().println("[A] Object Count: " + counts.from());
    context.console().println("[B] Object Count: " + counts.to());
    context.console().println("Common Object Count: " + counts.common());
    context.console().println("Common Object Size: " + SizeText.of(counts.commonBytes()));
  }

  private static void write(
      JsonWriter out, @Nullable DiffResult result, @Nullable DiffStats counts) {
    out.object();
    if (result != null) {
      out.field("modified", result.modified())
          .field("removed", result.removed())
          .field("added", result.added());
    }
    if (counts != null) {
      out.object("stats")
          .field("from-objects", counts.from())
          .field("to-objects", counts.to())
          .field("common-objects", counts.common())
          .field("common-bytes", counts.commonBytes())
          .end();
    }
    out.end();
  }
}
