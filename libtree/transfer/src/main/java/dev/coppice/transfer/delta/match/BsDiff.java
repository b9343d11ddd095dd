package dev.coppice.transfer.delta.match;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Makes bsdiff streams: new content as the byte-wise difference from old content, which is mostly
 * zeros where an executable was only rebuilt, and so compresses well.
 *
 * <p>The stream is what ostree's operation {@code B} applies: records of three 8-byte little-endian
 * integers in sign and magnitude (bytes to add, bytes to copy, signed step in the old content),
 * then the bytes to add to the old ones, then the bytes to copy; no header, no end mark. The reader
 * stops at the size of the new content.
 *
 * <p>Where bsdiff sorts all suffixes of the old content, this looks strings of {@value
 * AnchorIndex#ANCHOR} bytes up in a hash table; where bsdiff follows the longest match, this weighs
 * several alignments against each other by what they cost after compression ({@link CheapestCut}).
 *
 * <p>Time is linear in the size of both contents. Memory is that of {@link AnchorIndex} (at most 32
 * MiB) and 8 bytes for a record, beside the contents. An instance belongs to one thread and is best
 * used for many files; the stream depends on the contents alone.
 */
public final class BsDiff {
  /** What a new record costs after xz, in tenths of a bit: its numbers, and that contexts end. */
  private static final int TURN_PRICE = 1600;

  private static final int DEARER = 4;

  /**
   * Control bytes may be this part of the content, and a little more. Clients from 2026.3 on refuse
   * parts that are larger than the objects in them by a thirty-second and 64 KiB for each.
   */
  private static final int CONTROL_PART = 32;

  private static final long CONTROL_BASE = 1 << 15;

  final AnchorIndex index = new AnchorIndex();
  private final CheapestCut cutter = new CheapestCut(index);

  /** Makes a differ, whose tables grow with the content that it is given. */
  public BsDiff() {}

  /** Bytes that the tables take for old content of a size. */
  public static long memory(long old) {
    return AnchorIndex.memory(old);
  }

  /** Finds the patch that turns {@code old} into {@code fresh}. Both are kept, not copied. */
  public Patch patch(byte[] old, byte[] fresh) {
    var segments = new Segments();
    if (fresh.length == 0) {
      return new Patch(old, fresh, segments);
    }
    index.fill(old);
    long limit = CONTROL_BASE + fresh.length / CONTROL_PART;
    int turn = TURN_PRICE;
    do {
      segments.clear();
      cutter.cut(old, fresh, turn, segments);
      turn *= DEARER;
      // The last price is one that only segments above the size of this share can pay.
    } while ((long) segments.size() * BsStream.CONTROL > limit && turn < 1 << 18);
    index.forget();
    return new Patch(old, fresh, segments);
  }

  /**
   * Writes the stream that turns {@code old} into {@code fresh}.
   *
   * @throws IOException as {@code out} throws it
   */
  public void diff(byte[] old, byte[] fresh, OutputStream out) throws IOException {
    patch(old, fresh).writeTo(out);
  }
}
