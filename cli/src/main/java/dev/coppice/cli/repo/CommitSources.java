package dev.coppice.cli.repo;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.commit.CommitRequest;
import dev.coppice.core.commit.PathnameFilter;
import dev.coppice.core.commit.TreeSource;
import dev.coppice.core.commit.TreeSource.MissingParents;
import dev.coppice.core.commit.TreeSource.TarRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code commit} that say what is committed. */
final class CommitSources {
  @Option(
      names = "--base",
      paramLabel = "REV",
      description = "Start from the given commit as a base (no modifiers apply)")
  @Nullable String base;

  @Option(
      names = "--tree",
      paramLabel = "dir=PATH or tar=TARFILE or ref=COMMIT",
      description = "Overlay the given argument as a tree")
  List<String> trees = new ArrayList<>();

  @Option(
      names = "--tar-autocreate-parents",
      description = "When loading tar archives, automatically create parent directories as needed")
  boolean autocreateParents;

  @Option(
      names = "--tar-pathname-filter",
      paramLabel = "REGEX,REPLACEMENT",
      description = "When loading tar archives, use REGEX,REPLACEMENT against path names")
  @Nullable String pathnameFilter;

  /**
   * The sources.
   *
   * @param path the positional, which counts when no {@code --tree} was given
   */
  CommitRequest.Content content(Context context, @Nullable String path) {
    List<TreeSource> sources = new ArrayList<>();
    for (String tree : trees) {
      sources.add(source(context, tree));
    }
    if (trees.isEmpty()) {
      sources.add(new TreeSource.Directory(context.path(path == null ? "." : path)));
    }
    return new CommitRequest.Content(Optional.ofNullable(base), sources);
  }

  private TreeSource source(Context context, String tree) {
    int equals = tree.indexOf('=');
    if (equals < 0) {
      throw UsageException.messageOnly("Missing type in tree specification '" + tree + "'");
    }
    String type = tree.substring(0, equals);
    String value = tree.substring(equals + 1);
    return switch (type) {
      case "dir" -> new TreeSource.Directory(context.path(value));
      case "ref" -> new TreeSource.Revision(value);
      case "tar" ->
          value.equals("-")
              ? new TreeSource.TarStream("stdin", context.environment().stdin(), tarRules())
              : new TreeSource.Tar(context.path(value), tarRules());
      default -> throw UsageException.messageOnly("Invalid tree type specification '" + type + "'");
    };
  }

  private TarRules tarRules() {
    return new TarRules(
        autocreateParents ? MissingParents.CREATE : MissingParents.REFUSE,
        Optional.ofNullable(pathnameFilter).map(PathnameFilter::parse));
  }
}
