package dev.coppice.core.erofs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The name of an attribute as images have it: the number of a well-known start of the name, and the
 * rest.
 *
 * @param index number of the start; 0 when the name has none
 * @param start bytes of the name that the number stands for
 */
record XattrName(int index, int start) {
  private static final byte[] ACL_ACCESS = ascii("system.posix_acl_access");
  private static final byte[] ACL_DEFAULT = ascii("system.posix_acl_default");

  /** By number; null where there is none that is used. Source: {@code EROFS_XATTR_INDEX_*}. */
  private static final byte[] @Nullable [] STARTS = {
    null, ascii("user."), ACL_ACCESS, ACL_DEFAULT, ascii("trusted."), null, ascii("security.")
  };

  /** Seed of the filter's hash. Source: {@code EROFS_XATTR_FILTER_SEED}. */
  private static final int FILTER_SEED = 0x25BBE08F;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static XattrName of(byte[] name) {
    for (int index = 1; index < STARTS.length; index++) {
      byte[] start = STARTS[index];
      if (start != null
          && name.length >= start.length
          && Arrays.equals(name, 0, start.length, start, 0, start.length)) {
        return new XattrName(index, start.length);
      }
    }
    return new XattrName(0, 0);
  }

  /** Whether the name is that of an access control list, exactly. */
  static boolean isAcl(byte[] name) {
    return Arrays.equals(name, ACL_ACCESS) || Arrays.equals(name, ACL_DEFAULT);
  }

  /** The bit of the inode's filter that is cleared when it has an attribute of this name. */
  static int filterBit(byte[] name) {
    XattrName parts = of(name);
    int rest = name.length - parts.start;
    // Shifts take the lower five bits of the hash by themselves.
    return 1 << XxHash32.hash(name, parts.start, rest, FILTER_SEED + parts.index);
  }
}
