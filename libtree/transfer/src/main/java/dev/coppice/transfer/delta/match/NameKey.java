package dev.coppice.transfer.delta.match;

/** Names without what changes from version to version. */
final class NameKey {
  private NameKey() {}

  /**
   * A path in which each number is {@code #}: {@code modules/6.1.0-56/a.ko} as version -55 has it.
   */
  static String withoutNumbers(String path) {
    var key = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c < '0' || c > '9') {
        key.append(c);
      } else if (key.isEmpty() || key.charAt(key.length() - 1) != '#') {
        key.append('#');
      }
    }
    return key.toString();
  }

  /** The last part of a path. */
  static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * A base name without its version: {@code libfoo.so} for {@code libfoo.so.1.2}, {@code foo} for
   * {@code foo-1.2.3}. Numbers inside, before a letter, stay.
   */
  static String withoutVersion(String base) {
    int end = base.length();
    while (end > 1 && isVersion(base.charAt(end - 1))) {
      end--;
    }
    return base.substring(0, end);
  }

  private static boolean isVersion(char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == '+' || c == '~';
  }

  /** How many parts of two paths are the same from the end on, numbers aside. */
  static int commonTail(String one, String other) {
    int i = one.length();
    int j = other.length();
    int parts = 0;
    while (i > 0 && j > 0) {
      int oneStart = one.lastIndexOf('/', i - 1);
      int otherStart = other.lastIndexOf('/', j - 1);
      String a = withoutNumbers(one.substring(oneStart + 1, i));
      if (!a.equals(withoutNumbers(other.substring(otherStart + 1, j)))) {
        break;
      }
      parts++;
      i = oneStart;
      j = otherStart;
    }
    return parts;
  }
}
