package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import java.util.Optional;

/** Where a payload link leads: {@code ../XX/REST.file}. */
public final class PayloadTarget {
  private static final String PREFIX = "../";

  private PayloadTarget() {}

  /** The text of a link to a file object. */
  static String to(ObjectName file, RepoMode mode) {
    return PREFIX + RepoLayout.loosePath(file, mode);
  }

  /** The file of a link's text, or empty when the text is of another form. */
  public static Optional<ObjectName> parse(String link) {
    int slash = PREFIX.length() + 2;
    int end = slash + 1 + Checksum.HEX_DIGITS - 2;
    if (!link.startsWith(PREFIX) || link.length() < end || link.charAt(slash) != '/') {
      return Optional.empty();
    }
    String hex = link.substring(PREFIX.length(), slash) + link.substring(slash + 1, end);
    return Checksum.isHex(hex)
        ? Optional.of(ObjectName.file(Checksum.ofHex(hex)))
        : Optional.empty();
  }
}
