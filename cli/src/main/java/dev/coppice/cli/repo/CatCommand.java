package dev.coppice.cli.repo;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeFiles;
import dev.coppice.core.tree.TreeLookup;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cat}: the content of files of a commit. */
public final class CatCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();

  @Parameters(paramLabel = "COMMIT", index = "0", arity = "0..1", description = "Commit or ref")
  @Nullable String commit;

  @Parameters(
      paramLabel = "PATH",
      index = "1..*",
      arity = "0..*",
      description = "Paths from the root of the tree; links are followed inside it")
  List<String> paths = new ArrayList<>();

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (commit == null || paths.isEmpty()) {
        throw UsageException.withUsage("A COMMIT and at least one PATH argument are required");
      }
      var root = TreeLookup.root(opened.loadCommit(opened.resolve(commit)));
      var files = new TreeFiles(opened, root);
      for (String path : paths) {
        try (FileObject file = files.open(path);
            InputStream content = file.content()) {
          content.transferTo(context.console().out());
        }
      }
      return ExitCodes.OK;
    }
  }
}
