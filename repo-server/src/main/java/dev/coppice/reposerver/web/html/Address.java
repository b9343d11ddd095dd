package dev.coppice.reposerver.web.html;

import dev.coppice.posix.PosixNames;

/**
 * An address of this site, relative to the page that is being written, so that the site works below
 * any path that a proxy in front gives it. Immutable.
 *
 * <p>Paths of files and names of refs are parameters and not part of the path: a server or proxy
 * may refuse or rewrite a path with {@code %25}, a backslash or a control character in it.
 */
public final class Address {
  private static final String UNRESERVED = "-._~/:@";

  private final String text;
  private final boolean parameters;

  private Address(String text, boolean parameters) {
    this.text = text;
    this.parameters = parameters;
  }

  /**
   * An address as seen from a page.
   *
   * @param from the path of that page, starting with a slash
   * @param path of the other page, starting with a slash and in characters that need no encoding
   */
  public static Address of(String from, String path) {
    long up = from.chars().filter(c -> c == '/').count() - 1;
    String text = "../".repeat((int) up) + path.substring(1);
    return new Address(text.isEmpty() ? "./" : text, false);
  }

  /** This address with one more parameter. */
  public Address with(String name, String value) {
    return new Address(text + (parameters ? "&" : "?") + name + "=" + encode(value), true);
  }

  /** This address with a parameter, or without it where the value is empty. */
  public Address withAny(String name, String value) {
    return value.isEmpty() ? this : with(name, value);
  }

  /** This address with a number, or without it where the number is what it would be anyway. */
  public Address withNumber(String name, int value, int usual) {
    return value == usual ? this : with(name, Integer.toString(value));
  }

  /** Percent-encoded UTF-8. */
  static String encode(String value) {
    var encoded = new StringBuilder(value.length() + 16);
    for (byte b : PosixNames.encode(value)) {
      char c = (char) (b & 0xff);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || UNRESERVED.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append("%%%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  /** The address as it stands in an attribute, before escaping. */
  @Override
  public String toString() {
    return text;
  }
}
