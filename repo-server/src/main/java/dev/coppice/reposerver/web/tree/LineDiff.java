package dev.coppice.reposerver.web.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How two texts differ, line by line, with as few changed lines as possible. After Eugene W. Myers,
 * "An O(ND) Difference Algorithm and Its Variations", 1986: the greedy one, with a bound on D.
 */
public final class LineDiff {
  /** More changed lines than anybody reads; the ways that are remembered take 4 bytes x D². */
  private static final int MOST_CHANGED = 1000;

  private static final int CONTEXT = 3;

  private final List<String> old;
  private final List<String> young;

  /** What became of a line. */
  public enum Kind {
    SAME,
    REMOVED,
    ADDED
  }

  /**
   * A line.
   *
   * @param oldNumber from 1, in the older text; 0 where it is not in it
   * @param newNumber from 1, in the newer text; 0 where it is not in it
   * @param text with its line feed, which the last line may lack
   */
  public record Line(Kind kind, int oldNumber, int newNumber, String text) {}

  private LineDiff(List<String> old, List<String> young) {
    this.old = old;
    this.young = young;
  }

  /**
   * The changed lines with some lines around them, in pieces that are apart; empty when the texts
   * differ in too much.
   */
  public static Optional<List<List<Line>>> of(String old, String young) {
    var diff = new LineDiff(lines(old), lines(young));
    return diff.script().map(LineDiff::pieces);
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  /** All lines of both texts, in order. */
  private Optional<List<Line>> script() {
    int start = 0;
    while (start < Math.min(old.size(), young.size()) && same(start, start)) {
      start++;
    }
    int tail = 0;
    while (tail < Math.min(old.size(), young.size()) - start
        && same(old.size() - 1 - tail, young.size() - 1 - tail)) {
      tail++;
    }
    Optional<Deque<Line>> middle = middle(start, tail);
    if (middle.isEmpty()) {
      return Optional.empty();
    }
    List<Line> all = new ArrayList<>();
    for (int i = 0; i < start; i++) {
      all.add(same(i, i, old.get(i)));
    }
    all.addAll(middle.get());
    for (int i = tail; i > 0; i--) {
      int index = old.size() - i;
      all.add(same(index, young.size() - i, old.get(index)));
    }
    return Optional.of(all);
  }

  private boolean same(int i, int j) {
    return old.get(i).equals(young.get(j));
  }

  private static Line same(int i, int j, String text) {
    return new Line(Kind.SAME, i + 1, j + 1, text);
  }

  /** What is between the lines that both texts start and end with. */
  private Optional<Deque<Line>> middle(int start, int tail) {
    int n = old.size() - start - tail;
    int m = young.size() - start - tail;
    int most = Math.min(MOST_CHANGED, n + m);
    // furthest[k + most + 1] is how far down the older text the best way on diagonal k has come.
    int[] furthest = new int[2 * most + 3];
    List<int[]> trace = new ArrayList<>();
    for (int d = 0; d <= most; d++) {
      trace.add(Arrays.copyOfRange(furthest, most - d, most + d + 3));
      for (int k = -d; k <= d; k += 2) {
        int at = k + most + 1;
        boolean down = k == -d || (k != d && furthest[at - 1] < furthest[at + 1]);
        int x = down ? furthest[at + 1] : furthest[at - 1] + 1;
        while (x < n && x - k < m && x - k >= 0 && same(start + x, start + x - k)) {
          x++;
        }
        furthest[at] = x;
        if (x >= n && x - k >= m) {
          return Optional.of(back(trace, start, n, m));
        }
      }
    }
    return Optional.empty();
  }

  /** Follows the ways back from the end to the start. */
  private Deque<Line> back(List<int[]> trace, int start, int n, int m) {
    Deque<Line> lines = new ArrayDeque<>();
    int x = n;
    int y = m;
    for (int d = trace.size() - 1; d >= 0; d--) {
      int[] furthest = trace.get(d);
      int k = x - y;
      int at = k + d + 1;
      boolean down = k == -d || (k != d && furthest[at - 1] < furthest[at + 1]);
      int previousX = d == 0 ? 0 : down ? furthest[at + 1] : furthest[at - 1];
      int previousY = d == 0 ? 0 : previousX - (down ? k + 1 : k - 1);
      while (x > previousX && y > previousY) {
        x--;
        y--;
        lines.addFirst(same(start + x, start + y, old.get(start + x)));
      }
      if (d > 0 && down) {
        y--;
        lines.addFirst(new Line(Kind.ADDED, 0, start + y + 1, young.get(start + y)));
      } else if (d > 0) {
        x--;
        lines.addFirst(new Line(Kind.REMOVED, start + x + 1, 0, old.get(start + x)));
      }
    }
    return lines;
  }

  private static List<List<Line>> pieces(List<Line> all) {
    List<List<Line>> pieces = new ArrayList<>();
    int end = 0; // behind the last line that a piece has
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).kind() == Kind.SAME) {
        continue;
      }
      int from = Math.max(end, i - CONTEXT);
      if (pieces.isEmpty() || from > end) {
        pieces.add(new ArrayList<>());
      }
      int to = Math.min(all.size(), i + CONTEXT + 1);
      if (to > from) {
        pieces.getLast().addAll(all.subList(Math.max(from, end), to));
      }
      end = Math.max(end, to);
    }
    return pieces;
  }
}
