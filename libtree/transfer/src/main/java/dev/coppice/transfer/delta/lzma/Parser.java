package dev.coppice.transfer.delta.lzma;

import java.util.Arrays;

/**
 * Chooses symbols: the cheapest way through some thousand bytes, by what the {@link Model} says
 * that each symbol costs. Places are the nodes of a graph and symbols its edges, as in the encoders
 * of the LZMA SDK; but edges lead to stops only, and nodes to which none leads are not looked at.
 */
final class Parser {
  /** Bytes that are looked at together. */
  static final int SPAN = 2048;

  private static final int NEVER = 1 << 30;
  private static final int LITERAL = -1;

  private final Window window;
  private final Matches matches;
  private final Model model;

  private final int[] price = new int[SPAN + 1];
  private final int[] symbol = new int[SPAN + 1];
  private final int[] first = new int[SPAN + 1];
  private final int[] second = new int[SPAN + 1];
  private final int[] origin = new int[SPAN + 1];
  private final byte[] states = new byte[SPAN + 1];
  private final int[] reps = new int[(SPAN + 1) * Model.REPS];

  private final int[] repLengths = new int[Model.REPS];

  private int start;
  private long offset;
  private int limit;
  private int farthest;

  /** The choice: node after node, up to this one. */
  private final int[] path = new int[SPAN + 1];

  Parser(Window window, Matches matches, Model model) {
    this.window = window;
    this.matches = matches;
    this.model = model;
  }

  /** Takes the symbols that were chosen. */
  interface Sink {
    void literal();

    /** A match: {@code symbol} is the number of a rep, or the distance and {@link Model#REPS}. */
    void match(int symbol, int length);
  }

  /**
   * Chooses symbols from the present position on.
   *
   * @param total bytes that came before
   * @param sink takes them, and moves the window
   */
  void parse(long total, Sink sink) {
    start = window.at();
    offset = total;
    limit = Math.min(SPAN, window.end() - start);
    farthest = 0;
    price[0] = 0;
    states[0] = (byte) model.state;
    System.arraycopy(model.reps, 0, reps, 0, Model.REPS);
    int node = 0;
    int sure = -1;
    window.mark(start + limit + 1);
    while (true) {
      if (node > 0) {
        arrive(node);
      }
      int most = Math.min(limit - node, Lengths.MOST);
      int longestRep = measureReps(node, most);
      int found = matches.find(start + node, most, longestRep);
      sure = sureSymbol(found, longestRep);
      if (sure >= 0) {
        break;
      }
      expand(node, found);
      node++;
      while (node < farthest && price[node] == NEVER) {
        node++;
      }
      if (node >= farthest) {
        node = farthest;
        break;
      }
    }
    emit(node, sink);
    if (sure >= 0) {
      sink.match(sure, Lengths.MOST);
    }
  }

  /** Leaves the lengths of the matches at the last distances; tells the longest. */
  private int measureReps(int node, int most) {
    int longest = 0;
    for (int rep = 0; rep < Model.REPS; rep++) {
      repLengths[rep] = repLength(node, reps[node * Model.REPS + rep], most);
      longest = Math.max(longest, repLengths[rep]);
    }
    return longest;
  }

  /** The symbol of a match that is as long as they can be, or a negative number. */
  private int sureSymbol(int found, int longestRep) {
    if (longestRep == Lengths.MOST) {
      int rep = 0;
      while (repLengths[rep] < longestRep) {
        rep++;
      }
      return rep;
    }
    return found > 0 && matches.lengths[found - 1] == Lengths.MOST
        ? matches.distances[found - 1] + Model.REPS
        : -1;
  }

  private int repLength(int node, int distance, int most) {
    int at = start + node;
    int from = at - distance - 1;
    return from < 1 || window.bytes[from] != window.bytes[at] ? 0 : window.equal(from, at, most);
  }

  /** Works out the state of a node from the best way to it. */
  private void arrive(int node) {
    int from = origin[node];
    int state = states[from];
    int to = node * Model.REPS;
    System.arraycopy(reps, from * Model.REPS, reps, to, Model.REPS);
    int first = symbol[node];
    if (first == LITERAL) {
      state = Model.afterLiteral(state);
    } else if (first < Model.REPS) {
      state = this.first[node] == 1 ? Model.afterShortRep(state) : Model.afterRep(state);
      int distance = reps[to + first];
      for (int i = first; i > 0; i--) {
        reps[to + i] = reps[to + i - 1];
      }
      reps[to] = distance;
    } else {
      state = Model.afterMatch(state);
      reps[to + 3] = reps[to + 2];
      reps[to + 2] = reps[to + 1];
      reps[to + 1] = reps[to];
      reps[to] = first - Model.REPS;
    }
    if (second[node] > 0) {
      state = first == LITERAL ? state : Model.afterLiteral(state);
      state = Model.afterRep(state);
    }
    states[node] = (byte) state;
  }

  private void expand(int node, int found) {
    byte[] bytes = window.bytes;
    int at = start + node;
    int room = limit - node;
    int state = states[node];
    int position = Model.position(offset + node);
    int here = bytes[at] & 0xff;
    int rep0 = reps[node * Model.REPS];
    int matched = at - rep0 - 1 < 1 ? 0 : bytes[at - rep0 - 1] & 0xff;
    boolean next =
        room == 1 || window.nextStop(at) == at + 1 || bytes[at - 1] != bytes[at] || at == 1;
    int literal =
        price[node] + model.literalPrice(state, here, bytes[at - 1] & 0xff, matched, position);
    if (next) {
      relax(node, node + 1, literal, LITERAL, 1, 0);
      if (matched == here && at - rep0 > 1) {
        relax(node, node + 1, price[node] + model.shortRepPrice(state, position), 0, 1, 0);
      }
    }
    if (room > Lengths.LEAST && matched != here) {
      int more = repLength(node + 1, rep0, Math.min(room - 1, Lengths.MOST));
      if (more >= Lengths.LEAST) {
        int all = literal + repAfterLiteral(state, node + 1, more);
        relax(node, node + 1 + more, all, LITERAL, 1, more);
      }
    }
    if (room < Lengths.LEAST) {
      return;
    }
    int most = Math.min(room, Lengths.MOST);
    for (int rep = 0; rep < Model.REPS; rep++) {
      int distance = reps[node * Model.REPS + rep];
      int length = repLengths[rep];
      if (length >= Lengths.LEAST) {
        int base = price[node] + model.repPrice(rep, state, position);
        int[] prices = model.repLengths.prices(position);
        relaxAll(node, Lengths.LEAST, length, base, prices, rep);
        tail(node, length, base + prices[length], Model.afterRep(state), distance, rep);
      }
    }
    if (found > 0) {
      matches(node, found, most, price[node] + model.matchPrice(state, position), position);
    }
  }

  private void matches(int node, int found, int most, int base, int position) {
    int[] prices = model.matchLengths.prices(position);
    int from = Lengths.LEAST;
    int after = Model.afterMatch(states[node]);
    for (int i = 0; i < found; i++) {
      int distance = matches.distances[i];
      int length = Math.min(matches.lengths[i], most);
      int symbol = distance + Model.REPS;
      for (int state = Distances.state(from); from <= length; state++) {
        int to = state < 3 ? from : length;
        relaxAll(node, from, to, base + model.distances.price(distance, state), prices, symbol);
        from = to + 1;
      }
      if (i == found - 1) {
        int end = base + model.distances.price(distance, Distances.state(length)) + prices[length];
        tail(node, length, end, after, distance, symbol);
      }
    }
  }

  /** Edges of one symbol with several lengths: to stops, and the longest one. */
  private void relaxAll(int node, int from, int to, int base, int[] prices, int symbol) {
    int at = start + node;
    int length = window.nextStop(at + from - 1) - at;
    while (length < to) {
      relax(node, node + length, base + prices[length], symbol, length, 0);
      length = window.nextStop(at + length) - at;
    }
    if (length == to || to == Math.min(limit - node, Lengths.MOST)) { // longer would do, too
      relax(node, node + to, base + prices[to], symbol, to, 0);
    }
  }

  /**
   * After a match, a literal and a match at the same distance: what one changed byte looks like.
   */
  private void tail(int node, int length, int cost, int state, int distance, int symbol) {
    int at = start + node + length;
    if (limit - node - length <= Lengths.LEAST) {
      return;
    }
    int next = node + length + 1;
    int more = repLength(next, distance, Math.min(limit - next, Lengths.MOST));
    if (more >= Lengths.LEAST) {
      byte[] bytes = window.bytes;
      int position = Model.position(offset + node + length);
      int literal =
          model.literalPrice(
              state,
              bytes[at] & 0xff,
              bytes[at - 1] & 0xff,
              bytes[at - distance - 1] & 0xff,
              position);
      int all = cost + literal + repAfterLiteral(state, next, more);
      relax(node, next + more, all, symbol, length, more);
    }
  }

  /**
   * What a match at the last distance costs that comes after a literal, and that one after a state.
   */
  private int repAfterLiteral(int state, int place, int length) {
    int position = Model.position(offset + place);
    return model.repPrice(0, Model.afterLiteral(state), position)
        + model.repLengths.prices(position)[length];
  }

  private void relax(int node, int to, int cost, int symbol, int length, int more) {
    if (to > farthest) {
      Arrays.fill(price, farthest + 1, to + 1, NEVER);
      farthest = to;
    }
    if (cost < price[to]) {
      price[to] = cost;
      origin[to] = node;
      this.symbol[to] = symbol;
      first[to] = length;
      second[to] = more;
    }
  }

  private void emit(int node, Sink sink) {
    int count = 0;
    for (int at = node; at > 0; at = origin[at]) {
      path[count++] = at;
    }
    while (count-- > 0) {
      int at = path[count];
      if (symbol[at] == LITERAL) {
        sink.literal();
      } else {
        sink.match(symbol[at], first[at]);
      }
      if (second[at] > 0) {
        if (symbol[at] != LITERAL) {
          sink.literal();
        }
        sink.match(0, second[at]);
      }
    }
  }
}
