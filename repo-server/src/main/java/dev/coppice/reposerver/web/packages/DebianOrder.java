package dev.coppice.reposerver.web.packages;

import java.util.Comparator;

/**
 * The order of Debian versions. Source: deb-version(7): what is no digit and numbers are compared
 * in turn; a tilde comes before the end, the end before letters, letters before everything else.
 */
final class DebianOrder implements Comparator<String> {
  @Override
  public int compare(String left, String right) {
    VersionParts a = VersionParts.of(left);
    VersionParts b = VersionParts.of(right);
    int order = VersionParts.compareNumbers(a.epoch(), b.epoch());
    if (order == 0) {
      order = compareParts(a.upstream(), b.upstream());
    }
    return order != 0 ? order : compareParts(a.revision(), b.revision());
  }

  private static int compareParts(String left, String right) {
    int i = 0;
    int j = 0;
    while (i < left.length() || j < right.length()) {
      while (!digitOrEnd(left, i) || !digitOrEnd(right, j)) {
        int order = Integer.compare(rank(left, i), rank(right, j));
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
      String a = digits(left, i);
      String b = digits(right, j);
      int order = VersionParts.compareNumbers(a, b);
      if (order != 0) {
        return order;
      }
      i += a.length();
      j += b.length();
    }
    return 0;
  }

  private static boolean digitOrEnd(String text, int index) {
    return index >= text.length() || VersionParts.isDigit(text.charAt(index));
  }

  private static int rank(String text, int index) {
    if (digitOrEnd(text, index)) {
      return 0;
    }
    char c = text.charAt(index);
    if (c == '~') {
      return -1;
    }
    return VersionParts.isLetter(c) ? c : c + 0x10000;
  }

  private static String digits(String text, int from) {
    int end = Math.min(from, text.length());
    int start = end;
    while (end < text.length() && VersionParts.isDigit(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }
}
