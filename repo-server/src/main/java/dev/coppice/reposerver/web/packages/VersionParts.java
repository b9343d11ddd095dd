package dev.coppice.reposerver.web.packages;

/**
 * A version in its three parts, which both formats have: {@code [EPOCH:]UPSTREAM[-REVISION]}.
 *
 * @param epoch digits; {@code 0} where there is none
 * @param revision behind the last hyphen; empty where there is none
 */
record VersionParts(String epoch, String upstream, String revision) {
  static VersionParts of(String version) {
    int colon = version.indexOf(':');
    String rest = version.substring(colon + 1);
    int hyphen = rest.lastIndexOf('-');
    return new VersionParts(
        colon <= 0 ? "0" : version.substring(0, colon),
        hyphen < 0 ? rest : rest.substring(0, hyphen),
        hyphen < 0 ? "" : rest.substring(hyphen + 1));
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Compares two runs of digits as numbers of any length. */
  static int compareNumbers(String left, String right) {
    String a = withoutZeros(left);
    String b = withoutZeros(right);
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }

  private static String withoutZeros(String digits) {
    int start = 0;
    while (start < digits.length() && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }
}
