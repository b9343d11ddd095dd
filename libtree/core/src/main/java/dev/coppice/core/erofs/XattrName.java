package dev.coppice.core.erofs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of an attribute as images have it: the number of a well-known start of the name, and the
 * rest.
 *
 * @param index number of the start; 0 when the name has none
 * @param start bytes of the name that the number stands for
 */
record XattrName(int index, int start) {
  /** Source: {@code EROFS_XATTR_INDEX_*}. 5, {@code lustre.}, is never used here. */
  private enum Prefix {
    USER(1, "user."),
    ACL_ACCESS(2, "system.posix_acl_access"),
    ACL_DEFAULT(3, "system.posix_acl_default"),
    TRUSTED(4, "trusted."),
    SECURITY(6, "security.");

    private final byte[] text;
    private final XattrName name;

    Prefix(int index, String text) {
      this.text = text.getBytes(StandardCharsets.US_ASCII);
      this.name = new XattrName(index, this.text.length);
    }
  }

  private static final Prefix[] PREFIXES = Prefix.values();
  private static final XattrName PLAIN = new XattrName(0, 0);

  /** Seed of the filter's hash. Source: {@code EROFS_XATTR_FILTER_SEED}. */
  private static final int FILTER_SEED = 0x25BBE08F;

  static XattrName of(byte[] name) {
    for (Prefix prefix : PREFIXES) {
      int length = prefix.text.length;
      if (name.length >= length && Arrays.equals(name, 0, length, prefix.text, 0, length)) {
        return prefix.name;
      }
    }
    return PLAIN;
  }

  /** Whether the name is that of an access control list, exactly. */
  static boolean isAcl(byte[] name) {
    return Arrays.equals(name, Prefix.ACL_ACCESS.text)
        || Arrays.equals(name, Prefix.ACL_DEFAULT.text);
  }

  /** The bit of the inode's filter that is cleared when it has an attribute of this name. */
  static int filterBit(byte[] name) {
    XattrName parts = of(name);
    int rest = name.length - parts.start;
    // Shifts take the lower five bits of the hash by themselves.
    return 1 << XxHash32.hash(name, parts.start, rest, FILTER_SEED + parts.index);
  }
}
