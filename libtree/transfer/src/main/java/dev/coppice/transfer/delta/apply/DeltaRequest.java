package dev.coppice.transfer.delta.apply;

import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.transfer.delta.SuperblockFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A delta on this machine that is to be applied.
 *
 * @param path its directory, or the file of its superblock
 * @param trust what signatures it must have
 * @param fsync when data is forced to disk
 */
public record DeltaRequest(Path path, DeltaTrust trust, FsyncPolicy fsync) {
  /** What is demanded of a superblock's signatures. */
  @FunctionalInterface
  public interface DeltaTrust {
    /** Demands none. */
    DeltaTrust ANYBODY = _ -> {};

    /**
     * Verifies them.
     *
     * @throws dev.coppice.core.failure.Failure when they are not as is demanded
     */
    void verify(SuperblockFile delta) throws IOException;
  }
}
