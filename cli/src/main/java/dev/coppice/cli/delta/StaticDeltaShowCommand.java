package dev.coppice.cli.delta;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.JsonOption;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.apply.LocalDelta;
import dev.coppice.transfer.delta.inspect.DeltaInspection;
import dev.coppice.transfer.delta.inspect.ObjectPaths;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code static-delta show}: what is in a delta. */
public final class StaticDeltaShowCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(names = "--files", description = "Show what each file costs, the largest first")
  boolean files;

  @Parameters(
      paramLabel = "DELTA",
      index = "0",
      arity = "0..1",
      description = "FROM-TO or TO, by checksums, or the path of a superblock")
  @Nullable String name;

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context)) {
      if (name == null) {
        throw UsageException.withUsage("DELTA must be specified");
      }
      DeltaFile delta = DeltaFile.read(name, opened, context);
      Superblock superblock = delta.content().superblock();
      var inspection =
          new DeltaInspection(
              opened, superblock, new LocalDelta(delta.directory().resolve("superblock")));
      if (json.json()) {
        new ShownDeltaJson(delta, inspection)
            .write(json.writer(context), paths(opened, superblock, files));
      } else {
        new ShownDelta(delta, inspection, context.console())
            .print(paths(opened, superblock, files));
      }
      return ExitCodes.OK;
    }
  }

  private static @Nullable ObjectPaths paths(Repo repo, Superblock superblock, boolean wanted)
      throws IOException {
    if (!wanted) {
      return null;
    }
    try {
      return ObjectPaths.of(repo, Commit.decode(superblock.commit().serialized()));
    } catch (MalformedObjectException e) {
      throw DeltaException.malformed("Its commit: " + e.getMessage());
    }
  }
}
