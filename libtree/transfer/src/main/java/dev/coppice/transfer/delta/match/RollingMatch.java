package dev.coppice.transfer.delta.match;

import dev.coppice.transfer.delta.Runs;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds long strings that new content shares with old content, byte for byte, wherever they stand.
 *
 * <p>This is what the rolling checksum of ostree's generator is for. There only whole chunks of
 * some 8 KiB are found, and, since the checksum of a chunk is taken from the wrong place (ostree
 * issue 2066), only before the first change. Here a common string is found from {@value
 * #MIN_LENGTH} bytes on, and is as long as it can be on both sides. The pieces map to the
 * operations {@code r}, {@code w} and {@code R}, which clients of every version carry out.
 *
 * <p>Time is linear in the size of both contents; memory is that of {@link AnchorIndex}. An
 * instance belongs to one thread and is best used for many files.
 */
public final class RollingMatch {
  /** Shorter strings cost about as much to name as to send compressed. */
  private static final int MIN_LENGTH = 48;

  private static final int CANDIDATES = 16;

  private final AnchorIndex index;

  /** Makes a matcher, whose tables grow with the content that it is given. */
  public RollingMatch() {
    this.index = new AnchorIndex();
  }

  /** Makes a matcher that has its tables in common with a differ of the same thread. */
  public RollingMatch(BsDiff differ) {
    this.index = differ.index;
  }

  /** The pieces of {@code fresh}, in order; none if it is empty. Neighbours never join up. */
  public List<Piece> match(byte[] old, byte[] fresh) {
    index.fill(old);
    var pieces = new ArrayList<Piece>();
    int done = 0;
    int at = 0;
    int expected = 0;
    while (at < fresh.length) {
      int length = Runs.equal(old, expected, fresh, at, Integer.MAX_VALUE);
      int oldAt = expected;
      if (length < MIN_LENGTH) {
        length = index.find(fresh, at, AnchorIndex.ANCHOR - 1, CANDIDATES);
        oldAt = index.foundAt();
      }
      int back = 0;
      while (length > 0
          && at - back > done
          && oldAt - back > 0
          && fresh[at - back - 1] == old[oldAt - back - 1]) {
        back++;
      }
      if (length + back < MIN_LENGTH) {
        at++;
        expected = Math.min(expected + 1, old.length);
        continue;
      }
      if (at - back > done) {
        pieces.add(new Piece.Literal(done, at - back - done));
      }
      pieces.add(new Piece.Old(oldAt - back, length + back));
      at += length;
      done = at;
      expected = oldAt + length;
    }
    if (done < fresh.length) {
      pieces.add(new Piece.Literal(done, fresh.length - done));
    }
    index.forget();
    return pieces;
  }
}
