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
 * AnchorIndex#ANCHOR} bytes up in a hash table. What it shares with bsdiff is the judgement: an
 * alignment of old and new content is left only for one that explains clearly more bytes, because
 * in shifted code the bytes between the changed addresses keep their distance.
 *
 * <p>Time is linear in the size of both contents. Memory is that of {@link AnchorIndex} (at most 64
 * MiB), beside the contents. An instance belongs to one thread and is best used for many files; the
 * stream depends on the contents alone.
 */
public final class BsDiff {
  /** Bytes that a new alignment must explain beyond the old one. */
  private static final int GAIN = 8;

  /** A run of equal bytes that is followed without looking for a better alignment. */
  private static final int SURE = 32;

  private final AnchorIndex index = new AnchorIndex();

  /** Makes a differ, whose tables grow with the content that it is given. */
  public BsDiff() {}

  /**
   * Writes the stream that turns {@code old} into {@code fresh}.
   *
   * @throws IOException as {@code out} throws it
   */
  public void diff(byte[] old, byte[] fresh, OutputStream out) throws IOException {
    if (fresh.length == 0) {
      return;
    }
    index.fill(old);
    new Walk(index, old, fresh, new BsStream(old, fresh, out)).run();
  }

  /** One run over the new content. */
  private static final class Walk {
    private final AnchorIndex index;
    private final byte[] old;
    private final byte[] fresh;
    private final BsStream stream;

    /** Where the part that is not yet written begins, in the new and in the old content. */
    private int from;

    private int oldFrom;

    Walk(AnchorIndex index, byte[] old, byte[] fresh, BsStream stream) {
      this.index = index;
      this.old = old;
      this.fresh = fresh;
      this.stream = stream;
    }

    void run() throws IOException {
      int at = 0;
      while (at < fresh.length) {
        int here = at + oldFrom - from;
        int run = here < old.length ? index.equal(here, fresh, at, Integer.MAX_VALUE) : 0;
        if (run >= SURE) {
          at += run;
          continue;
        }
        int length = index.find(fresh, at, here);
        if (length <= run) {
          at++;
          continue;
        }
        int aligned = aligned(at, here, length);
        if (length > aligned + GAIN) {
          turn(at, index.foundAt());
          at += length;
        } else {
          at++;
        }
      }
      int added = forwards(fresh.length);
      stream.record(oldFrom, from, added, fresh.length - from - added, 0);
    }

    /** How many of the next bytes are equal at the present alignment. */
    private int aligned(int at, int here, int length) {
      int count = 0;
      int end = Math.min(length, old.length - here);
      for (int i = 0; i < end; i++) {
        if (old[here + i] == fresh[at + i]) {
          count++;
        }
      }
      return count;
    }

    /** Leaves the present alignment for one where {@code at} is equal to {@code oldAt}. */
    private void turn(int at, int oldAt) throws IOException {
      int ahead = forwards(at);
      int back = backwards(at, oldAt);
      int overlap = ahead + back - (at - from);
      if (overlap > 0) {
        int kept = split(ahead - overlap, oldAt - back, overlap);
        ahead += kept - overlap;
        back -= kept;
      }
      stream.record(oldFrom, from, ahead, at - back - from - ahead, oldAt - back - oldFrom - ahead);
      from = at - back;
      oldFrom = oldAt - back;
    }

    /** How far the present alignment is worth it: where matches exceed mismatches the most. */
    private int forwards(int limit) {
      int end = Math.min(limit - from, old.length - oldFrom);
      int best = 0;
      int length = 0;
      int score = 0;
      for (int i = 0; i < end; ) {
        score += old[oldFrom + i] == fresh[from + i] ? 1 : -1;
        i++;
        if (score > best) {
          best = score;
          length = i;
        }
      }
      return length;
    }

    private int backwards(int at, int oldAt) {
      int end = Math.min(at - from, oldAt);
      int best = 0;
      int length = 0;
      int score = 0;
      for (int i = 1; i <= end; i++) {
        score += old[oldAt - i] == fresh[at - i] ? 1 : -1;
        if (score > best) {
          best = score;
          length = i;
        }
      }
      return length;
    }

    /** How many of the bytes that both alignments claim are better left to the present one. */
    private int split(int start, int oldNext, int overlap) {
      int best = 0;
      int kept = 0;
      int score = 0;
      for (int i = 0; i < overlap; i++) {
        byte wanted = fresh[from + start + i];
        score += wanted == old[oldFrom + start + i] ? 1 : 0;
        score -= wanted == old[oldNext + i] ? 1 : 0;
        if (score > best) {
          best = score;
          kept = i + 1;
        }
      }
      return kept;
    }
  }
}
