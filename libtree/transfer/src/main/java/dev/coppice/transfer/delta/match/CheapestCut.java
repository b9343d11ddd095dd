package dev.coppice.transfer.delta.match;

import dev.coppice.transfer.delta.Runs;

/**
 * Cuts new content into segments, each a difference from old content or literal, so that the whole
 * is cheap after compression.
 *
 * <p>It is a search for the shortest path (Viterbi's): at each byte a few alignments are alive,
 * each with the price of the best cut that ends in it. A new one, proposed by the {@link
 * AnchorIndex}, is followed backwards to where it best takes over from the best cut at that place.
 * What is dearer than to turn to it again is dropped. bsdiff, which this replaces, decides with one
 * alignment and the longest match; here a wrong turn costs nothing, because it is judged by what
 * comes after it.
 *
 * <p>Each byte costs a bounded amount of work. An instance keeps its tables from file to file.
 */
final class CheapestCut {
  /** What it costs to end a difference for literal bytes: a length that is not zero. */
  private static final int COPY_PRICE = 20;

  /** Alignments alive at once, besides the literal. */
  private static final int ALIVE = 6;

  /** A run of equal bytes that settles where one is: nothing else is looked at. */
  private static final int SURE = 32;

  /** If of so many bytes ahead ... */
  private static final int AHEAD = 32;

  /** ... so many are equal, only some candidates are looked at but at each eighth position. */
  private static final int GOOD = 20;

  private static final int EIGHTH = 7;
  private static final int FEW = 2;
  private static final int MANY = 16;

  /** How far back a new alignment is followed. A power of two. */
  private static final int HISTORY = 1 << 12;

  /** A new alignment that is dearer than this, going backwards, is not followed further. */
  private static final int HOPELESS = 300;

  private static final byte[] NOTHING = {};

  private final AnchorIndex index;
  private final Trail trail = new Trail();
  private final long[] costs = new long[HISTORY];
  private final int[] nodes = new int[HISTORY];
  private final Alignment[] alive = new Alignment[ALIVE];
  private final Alignment literal = new Alignment(Alignment.LITERAL);

  private byte[] old = NOTHING;
  private byte[] fresh = NOTHING;
  private int turnPrice;
  private int count;
  private Alignment best = literal;

  /** Before this position the cut is settled. */
  private int settled;

  CheapestCut(AnchorIndex index) {
    this.index = index;
  }

  /**
   * Cuts content whose old side the index holds.
   *
   * @param turn the price of a new segment, in tenths of a bit
   * @param segments takes the cut
   */
  void cut(byte[] oldContent, byte[] content, int turn, Segments segments) {
    old = oldContent;
    fresh = content;
    turnPrice = turn;
    trail.clear();
    settled = 0;
    var straight = new Alignment(0);
    literal.begin(0, Trail.NONE, COPY_PRICE);
    straight.begin(0, Trail.NONE, 0);
    keepOnly(straight);
    int at = 0;
    while (at < fresh.length) {
      if (trail.full()) {
        settle(at, segments);
      }
      int run = run(at);
      if (run >= SURE) {
        at += run;
        best.cost += (long) run * Alignment.EQUAL_PRICE;
        keepOnly(best);
        literal.begin(at, trail.node(best), best.cost + COPY_PRICE);
        settled = at;
      } else {
        costs[at & HISTORY - 1] = best.cost;
        nodes[at & HISTORY - 1] = trail.node(best);
        search(at, run);
        advance(at);
        at++;
        drop(at);
      }
    }
    settle(at, segments);
    segments.add(best.shift, best.start);
    keepOnly(literal);
    old = NOTHING;
    fresh = NOTHING;
  }

  /** How many bytes are equal in the best alignment. */
  private int run(int at) {
    int here = at + best.shift;
    return best.isLiteral() || here < 0 || here >= old.length
        ? 0
        : Runs.equal(old, here, fresh, at, Integer.MAX_VALUE);
  }

  private void keepOnly(Alignment one) {
    best = one;
    count = 0;
    if (!one.isLiteral()) {
      alive[count++] = one;
    }
  }

  /** Takes the best cut so far for granted, which frees the trail. */
  private void settle(int at, Segments segments) {
    trail.addTo(segments, best.before);
    trail.clear();
    best.begin(best.start, Trail.NONE, best.cost);
    keepOnly(best);
    if (!best.isLiteral()) {
      literal.begin(at, trail.node(best), best.cost + COPY_PRICE);
    }
    settled = at;
  }

  /** Looks for an alignment that is not alive yet, and begins it where it is cheapest. */
  private void search(int at, int run) {
    int expected = best.isLiteral() ? at : at + best.shift;
    boolean few = !best.isLiteral() && (at & EIGHTH) != 0 && isGood(at, expected);
    // What is as long as the present run may be the better alignment for what follows.
    int above = Math.max(run, AnchorIndex.ANCHOR) - 1;
    int length = index.find(fresh, at, above, few ? FEW : MANY);
    int shift = index.foundAt() - at;
    if (length == 0 || isAlive(shift)) {
      return;
    }
    var found = new Alignment(shift);
    int lowest = Math.max(Math.max(settled, at - HISTORY + 1), -shift);
    long now = best.cost + turnPrice;
    long least = now;
    int from = at;
    int parent = trail.node(best);
    long price = 0;
    for (int back = at - 1; back >= lowest; back--) {
      price += found.price(old, fresh, back);
      long value = costs[back & HISTORY - 1] + turnPrice + price;
      if (value < least) {
        least = value;
        from = back;
        parent = nodes[back & HISTORY - 1];
      }
      if (value > now + HOPELESS) {
        break;
      }
    }
    found.begin(from, parent, least);
    found.probation = at + length;
    alive[place()] = found;
  }

  private boolean isGood(int at, int here) {
    return here >= 0
        && here < old.length
        && Runs.matches(old, here, fresh, at, Math.min(AHEAD, fresh.length - at)) >= GOOD;
  }

  private boolean isAlive(int shift) {
    for (int i = 0; i < count; i++) {
      if (alive[i].shift == shift) {
        return true;
      }
    }
    return false;
  }

  /** A free place, or that of the dearest alignment but the best. */
  private int place() {
    if (count < ALIVE) {
      return count++;
    }
    int dearest = -1;
    for (int i = 0; i < count; i++) {
      if (alive[i] != best && (dearest < 0 || alive[i].cost > alive[dearest].cost)) {
        dearest = i;
      }
    }
    return dearest;
  }

  /** Goes on by one byte. */
  private void advance(int at) {
    literal.cost += Alignment.LITERAL_PRICE;
    best = literal;
    for (int i = 0; i < count; i++) {
      Alignment one = alive[i];
      one.cost += one.price(old, fresh, at);
      if (one.cost < best.cost || (one.cost == best.cost && best == literal)) {
        best = one;
      }
    }
    if (best.cost + COPY_PRICE < literal.cost) {
      literal.begin(at + 1, trail.node(best), best.cost + COPY_PRICE);
    }
  }

  /** Drops what would be cheaper to begin anew. */
  private void drop(int at) {
    for (int i = count - 1; i >= 0; i--) {
      Alignment one = alive[i];
      if (one != best && at >= one.probation && one.cost > best.cost + turnPrice) {
        alive[i] = alive[--count];
      }
    }
  }
}
