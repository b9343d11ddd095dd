package dev.coppice.reposerver.web.packages;

import java.util.Comparator;

/**
 * The order of RPM versions. Source: rpm-version(7): runs of digits and of letters are compared in
 * turn, digits are newer than letters, a tilde is older than the end and a caret newer than it.
 */
final class RpmOrder implements Comparator<String> {
  @Override
  public int compare(String left, String right) {
    VersionParts a = VersionParts.of(left);
    VersionParts b = VersionParts.of(right);
    int order = VersionParts.compareNumbers(a.epoch(), b.epoch());
    if (order == 0) {
      order = new Run(a.upstream(), b.upstream()).compare();
    }
    return order != 0 ? order : new Run(a.revision(), b.revision()).compare();
  }

  /** Two parts being compared from their start. */
  private static final class Run {
    private final String left;
    private final String right;
    private int i;
    private int j;

    Run(String left, String right) {
      this.left = left;
      this.right = right;
    }

    int compare() {
      while (true) {
        skipSeparators();
        char a = at(left, i);
        char b = at(right, j);
        if (a == '~' || b == '~') {
          if (a != b) {
            return a == '~' ? -1 : 1;
          }
          i++;
          j++;
        } else if (a == '^' || b == '^') {
          if (a != b) {
            return caret(a, b);
          }
          i++;
          j++;
        } else if (a == 0 || b == 0) {
          return Boolean.compare(a != 0, b != 0);
        } else {
          int order = segments(VersionParts.isDigit(a));
          if (order != 0) {
            return order;
          }
        }
      }
    }

    /** One side has a caret: it is newer than the end and older than anything else. */
    private static int caret(char a, char b) {
      if (a == '^') {
        return b == 0 ? 1 : -1;
      }
      return a == 0 ? -1 : 1;
    }

    private int segments(boolean digits) {
      String a = take(left, i, digits);
      String b = take(right, j, digits);
      if (b.isEmpty()) {
        return digits ? 1 : -1;
      }
      i += a.length();
      j += b.length();
      return digits ? VersionParts.compareNumbers(a, b) : a.compareTo(b);
    }

    private static String take(String text, int from, boolean digits) {
      int end = from;
      while (end < text.length()
          && (digits
              ? VersionParts.isDigit(text.charAt(end))
              : VersionParts.isLetter(text.charAt(end)))) {
        end++;
      }
      return text.substring(from, end);
    }

    private void skipSeparators() {
      while (i < left.length() && isSeparator(left.charAt(i))) {
        i++;
      }
      while (j < right.length() && isSeparator(right.charAt(j))) {
        j++;
      }
    }

    private static boolean isSeparator(char c) {
      return !VersionParts.isDigit(c) && !VersionParts.isLetter(c) && c != '~' && c != '^';
    }

    private static char at(String text, int index) {
      return index < text.length() ? text.charAt(index) : 0;
    }
  }
}
