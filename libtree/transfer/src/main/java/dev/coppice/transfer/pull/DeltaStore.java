package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.apply.DeltaFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/** The static deltas that an origin offers. */
interface DeltaStore {
  /** Whether it says that it has any, or may have. */
  boolean offersAny() throws IOException;

  /**
   * The deltas that lead to a commit.
   *
   * @return each with the checksum of its superblock, where that is known
   */
  SortedMap<DeltaName, Optional<Checksum>> leadingTo(Checksum commit) throws IOException;

  /** The file of a superblock, not verified; empty when it is not there. */
  Optional<byte[]> superblock(DeltaName name) throws IOException;

  /** The parts of a delta. */
  DeltaFiles files(DeltaName name);
}
