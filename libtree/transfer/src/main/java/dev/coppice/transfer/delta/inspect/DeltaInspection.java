package dev.coppice.transfer.delta.inspect;

import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.delta.Fallback;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.apply.DeltaFiles;
import dev.coppice.transfer.delta.apply.PartUnpacker;
import dev.coppice.transfer.delta.apply.UnpackedPart;
import dev.coppice.transfer.delta.inspect.ObjectCost.Way;
import dev.coppice.transfer.delta.match.Estimate;
import java.io.IOException;

/** Looks into the parts of a delta. */
public final class DeltaInspection {
  private final Superblock superblock;
  private final DeltaFiles files;
  private final Repo repo;

  /**
   * Of a delta.
   *
   * @param repo in whose {@code tmp} parts are unpacked
   */
  public DeltaInspection(Repo repo, Superblock superblock, DeltaFiles files) {
    this.superblock = superblock;
    this.files = files;
    this.repo = repo;
  }

  /**
   * What is in a part.
   *
   * @param number from 0
   * @throws dev.coppice.transfer.delta.DeltaException when it cannot be read
   */
  public PartFacts part(int number) throws IOException {
    PartHeader header = superblock.parts().get(number);
    try (Estimate estimate = new Estimate();
        var unpacker = new PartUnpacker(repo.descriptor(), Long.MAX_VALUE);
        UnpackedPart part = unpacker.unpack(superblock, number, files)) {
      return new PartInspection(header, part.payload(), estimate).run();
    }
  }

  /** What a file costs that is fetched by itself. */
  public static ObjectCost cost(Fallback fallback) {
    return new ObjectCost(
        fallback.object(), Way.FALLBACK, fallback.size(), fallback.size(), fallback.usize());
  }
}
