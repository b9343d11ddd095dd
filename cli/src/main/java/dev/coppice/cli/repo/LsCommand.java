package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.tree.TreeEntry;
import dev.coppice.core.tree.TreeListing;
import dev.coppice.core.tree.TreeLookup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ls}: what a commit has at some paths. */
public final class LsCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(
      names = {"-d", "--dironly"},
      description = "Do not recurse into directory arguments")
  boolean dironly;

  @Option(
      names = {"-R", "--recursive"},
      description = "Print directories recursively")
  boolean recursive;

  @Option(
      names = {"-C", "--checksum"},
      description = "Print checksum")
  boolean checksum;

  @Option(
      names = {"-X", "--xattrs"},
      description = "Print extended attributes")
  boolean xattrs;

  @Option(names = "--nul-filenames-only", description = "Print only filenames, NUL separated")
  boolean nulFilenamesOnly;

  @Parameters(paramLabel = "COMMIT", index = "0", arity = "0..1", description = "Commit or ref")
  @Nullable String commit;

  @Parameters(
      paramLabel = "PATH",
      index = "1..*",
      arity = "0..*",
      description = "Paths from the root of the tree (default: /)")
  List<String> paths = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (commit == null) {
        throw UsageException.withUsage("An COMMIT argument is required");
      }
      TreeLookup.Found.Directory root = TreeLookup.root(opened.loadCommit(opened.resolve(commit)));
      var listing = new TreeListing(opened, depth(), detail());
      if (json.json()) {
        var out = json.writer(context).object().array("entries");
        list(listing, root, entry -> LsEntries.json(entry, out));
        out.end().end();
      } else {
        list(listing, root, entry -> context.console().print(text(entry)));
      }
      return ExitCodes.OK;
    }
  }

  private String text(TreeEntry entry) {
    return nulFilenamesOnly ? entry.path() + '\0' : LsEntries.text(entry, checksum, xattrs) + '\n';
  }

  private void list(
      TreeListing listing, TreeLookup.Found.Directory root, Consumer<TreeEntry> entries)
      throws IOException {
    if (paths.isEmpty()) {
      listing.list(root, "/", entries);
    }
    for (String path : paths) {
      try {
        listing.list(root, path, entries);
      } catch (Failure e) {
        String message = "Inspecting path '" + path + "': " + e.getMessage();
        throw new Failure(e.code(), message, e.nextStep(), e);
      }
    }
  }

  private TreeListing.Depth depth() {
    if (recursive) {
      return TreeListing.Depth.ALL;
    }
    return dironly ? TreeListing.Depth.ITSELF : TreeListing.Depth.CHILDREN;
  }

  private TreeListing.Detail detail() {
    return nulFilenamesOnly && !json.json()
        ? TreeListing.Detail.NAMES
        : TreeListing.Detail.ATTRIBUTES;
  }
}
