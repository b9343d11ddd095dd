package dev.coppice.core.erofs;

import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.Xattrs.Xattr;
import java.util.Arrays;
import java.util.List;

/**
 * What an inode says beside its content.
 *
 * @param mode type and permissions; only the lower 16 bits are stored
 * @param uid owner, unsigned
 * @param gid group, unsigned
 * @param xattrs extended attributes, each name once, sorted by name as bytes
 */
public record Status(int mode, int uid, int gid, List<Xattr> xattrs) {
  private static final int MAX_NAME = 255;
  private static final int MAX_VALUE = 0xffff;

  /** Checks that the attributes are in order and can be stored. */
  public Status {
    xattrs = List.copyOf(xattrs);
    for (int i = 0; i < xattrs.size(); i++) {
      Xattr xattr = xattrs.get(i);
      if (i > 0 && Arrays.compareUnsigned(xattrs.get(i - 1).name(), xattr.name()) >= 0) {
        throw new IllegalArgumentException(xattr.nameText() + " is out of order or repeated");
      }
      if (xattr.name().length > MAX_NAME || xattr.value().length > MAX_VALUE) {
        throw new IllegalArgumentException(xattr.nameText() + " is too large");
      }
    }
  }

  int type() {
    return mode & FileMode.TYPE;
  }
}
