package dev.coppice.cli.delta;

import dev.coppice.cli.frame.CliCommand;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.RepoOption;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.RepoLock;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.transfer.delta.DeltaIndexes;
import dev.coppice.transfer.delta.DeltaListing;
import dev.coppice.transfer.delta.DeltaName;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code static-delta reindex}: makes the indexes say which deltas there are. */
public final class StaticDeltaReindexCommand implements CliCommand {
  @Mixin RepoOption repo = new RepoOption();

  @Option(
      names = "--to",
      paramLabel = "REV",
      description = "Only update delta index to revision REV")
  @Nullable String to;

  @Override
  public int run(Context context) throws IOException {
    try (Repo opened = repo.open(context);
        RepoLock ignored = opened.lock(RepoLock.Kind.SHARED)) {
      opened.requireWritable();
      boolean unsynced = opened.config().fsync() == FsyncPolicy.NONE;
      var indexes = new DeltaIndexes(opened, unsynced ? Durability.UNSYNCED : Durability.SYNCED);
      List<DeltaName> deltas = new DeltaListing(opened).all();
      if (to == null) {
        indexes.update(deltas);
      } else {
        indexes.update(checksum(to), deltas);
      }
      return ExitCodes.OK;
    }
  }

  /** As in the real tool, a whole checksum: the commit need not be here. */
  private static Checksum checksum(String text) {
    if (!Checksum.isHex(text)) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "Invalid rev " + text,
          "Give the whole checksum of the commit; 'rev-parse' tells that of a ref.");
    }
    return Checksum.ofHex(text);
  }
}
