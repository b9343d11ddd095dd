package dev.coppice.core.store;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Ids;
import dev.coppice.posix.StatVfs;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The free space that file objects of one transaction may use: what is free less what {@code
 * core.min-free-space-size} or {@code -percent} reserves. Metadata is not counted, so that deleting
 * and cleaning up stays possible on a full disk. Source: {@code ostree_repo_prepare_transaction}.
 */
public final class SpaceBudget {
  /** The reserve would be used up. */
  public static final class LowSpaceException extends TreeException {
    private static final long serialVersionUID = 1L;

    private LowSpaceException(String message, String place) {
      super(
          ErrorCode.SPACE_LOW,
          message,
          "Free space on the file system of "
              + place
              + " (try 'coppice prune --refs-only'), or lower core.min-free-space-size or"
              + " core.min-free-space-percent in its config.",
          null);
    }
  }

  /**
   * What to keep free.
   *
   * @param text the setting, for the message, for example {@code min-free-space-percent '3%'}
   * @param bytes reserved bytes, used when {@code percent} is 0
   * @param percent reserved percent of the file system, or 0
   */
  public record Reserve(String text, long bytes, int percent) {
    /** Nothing is reserved. */
    public static final Reserve NOTHING = new Reserve("", 0, 0);
  }

  private final Reserve reserve;
  private final String place;
  private final long blockSize;
  private final long freeBytes;
  private final AtomicLong blocksLeft;

  private SpaceBudget(Reserve reserve, String place, long blockSize, long freeBytes, long blocks) {
    this.reserve = reserve;
    this.place = place;
    this.blockSize = blockSize;
    this.freeBytes = freeBytes;
    this.blocksLeft = new AtomicLong(blocks);
  }

  /** Looks at the file system of a repository. */
  public static SpaceBudget of(Fd repository, String place, Reserve reserve) throws IOException {
    StatVfs stat = StatVfs.of(repository);
    long total = stat.blockSize() * stat.blocks();
    long reserved =
        reserve.percent() > 0 ? (long) (total * (reserve.percent() / 100.0)) : reserve.bytes();
    // Blocks that only root may use count only for root.
    long free = Ids.geteuid() == 0 ? stat.blocksFree() : stat.blocksAvailable();
    long blocks = Math.max(0, free - reserved / stat.blockSize());
    return new SpaceBudget(reserve, place, stat.blockSize(), free * stat.blockSize(), blocks);
  }

  /** Bytes that may be used now. */
  public long left() {
    return Math.max(0, blocksLeft.get()) * blockSize;
  }

  /**
   * Takes the blocks of a file of {@code size} bytes.
   *
   * @throws LowSpaceException when they would come out of the reserve
   */
  public void take(long size) {
    if (reserve.bytes() == 0 && reserve.percent() == 0) {
      return;
    }
    long blocks = size / blockSize + 1;
    if (blocksLeft.addAndGet(-blocks) < 0) {
      blocksLeft.addAndGet(blocks);
      throw new LowSpaceException(
          reserve.text()
              + " would be exceeded, at least "
              + blocks * blockSize
              + " bytes requested; "
              + freeBytes
              + " bytes of "
              + place
              + " are free",
          place);
    }
  }

  /** Gives back what a file that turned out to be stored already has taken. */
  public void giveBack(long size) {
    if (reserve.bytes() != 0 || reserve.percent() != 0) {
      blocksLeft.addAndGet(size / blockSize + 1);
    }
  }
}
