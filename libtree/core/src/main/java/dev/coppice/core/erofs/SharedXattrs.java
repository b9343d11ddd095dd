package dev.coppice.core.erofs;

import dev.coppice.core.object.Xattrs.Xattr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The attributes of all inodes. Those that occur more than once are shared: they are written once,
 * and inodes refer to them.
 */
final class SharedXattrs {
  /** Fixed bytes before an attribute's name, and bytes of a reference to a shared one. */
  private static final int ENTRY = 4;

  /** Fixed bytes before the attributes of an inode. */
  private static final int HEADER = 12;

  /** An inode refers to no more; the others stand in it. Source: {@code erofs_xattr_count}. */
  private static final int MAX_PER_INODE = 128;

  /** Any order would do, but the digest of the image depends on it: backwards. */
  private static final Comparator<Use> ORDER =
      (x, y) -> {
        int order = Arrays.compareUnsigned(y.xattr.name(), x.xattr.name());
        if (order == 0) {
          order = Integer.compare(y.xattr.value().length, x.xattr.value().length);
        }
        return order != 0 ? order : Arrays.compareUnsigned(y.xattr.value(), x.xattr.value());
      };

  private static final Use[] NONE = {};

  /** One attribute, however often it occurs. */
  private static final class Use {
    final Xattr xattr;
    boolean shared;

    /** Where it is in the shared area, in bytes. */
    long offset;

    Use(Xattr xattr) {
      this.xattr = xattr;
    }

    /** Bytes of the attribute, where it is written. */
    int size() {
      int rest = xattr.name().length - XattrName.of(xattr.name()).start();
      return (int) ErofsOutput.aligned((long) ENTRY + rest + xattr.value().length, ENTRY);
    }
  }

  /** By inode number, in the order of names. */
  private final Use[][] uses;

  private final List<Use> shared = new ArrayList<>();
  private final long size;

  SharedXattrs(FlatTree tree) {
    uses = new Use[tree.size()][];
    Map<Xattr, Use> known = new HashMap<>();
    for (int i = 0; i < uses.length; i++) {
      uses[i] = uses(tree.node(i).status().xattrs(), known);
    }
    shared.sort(ORDER);
    long at = 0;
    for (Use use : shared) {
      use.offset = at;
      at += use.size();
    }
    size = at;
  }

  private Use[] uses(List<Xattr> xattrs, Map<Xattr, Use> known) {
    if (xattrs.isEmpty()) {
      return NONE;
    }
    var result = new Use[xattrs.size()];
    for (int i = 0; i < result.length; i++) {
      var fresh = new Use(xattrs.get(i));
      Use before = known.putIfAbsent(fresh.xattr, fresh);
      if (before != null && !before.shared) {
        before.shared = true;
        shared.add(before);
      }
      result[i] = before == null ? fresh : before;
    }
    return result;
  }

  /** Bytes of all shared attributes. */
  long size() {
    return size;
  }

  /** How many attributes of an inode are references. */
  private int references(int inode) {
    int count = 0;
    for (Use use : uses[inode]) {
      if (use.shared && count < MAX_PER_INODE) {
        count++;
      }
    }
    return count;
  }

  /** Bytes that the attributes of an inode take behind it. */
  int size(int inode) {
    if (uses[inode].length == 0) {
      return 0;
    }
    int bytes = HEADER;
    int references = 0;
    for (Use use : uses[inode]) {
      if (use.shared && references < MAX_PER_INODE) {
        references++;
        bytes += ENTRY;
      } else {
        bytes += use.size();
      }
    }
    return bytes;
  }

  /** The size as inodes have it: in words, of which the header counts as one. */
  int words(int inode) {
    int bytes = size(inode);
    return bytes == 0 ? 0 : (bytes - HEADER) / ENTRY + 1;
  }

  /**
   * Writes the attributes of an inode.
   *
   * @param areaStart where the shared area begins, in bytes from the start of its block
   */
  void write(ErofsOutput out, int inode, long areaStart) throws IOException {
    Use[] all = uses[inode];
    if (all.length == 0) {
      return;
    }
    int filter = -1;
    for (Use use : all) {
      filter &= ~XattrName.filterBit(use.xattr.name());
    }
    int references = references(inode);
    out.put32(filter);
    out.put8(references);
    out.put8(0);
    out.put16(0);
    out.put32(0);
    int left = references;
    for (Use use : all) {
      if (use.shared && left > 0) {
        left--;
        out.put32((int) ((areaStart + use.offset) / ENTRY));
      }
    }
    left = references;
    for (Use use : all) {
      if (use.shared && left > 0) {
        left--;
      } else {
        write(out, use.xattr);
      }
    }
  }

  /** Writes all shared attributes. */
  void write(ErofsOutput out) throws IOException {
    for (Use use : shared) {
      write(out, use.xattr);
    }
  }

  private static void write(ErofsOutput out, Xattr xattr) throws IOException {
    XattrName name = XattrName.of(xattr.name());
    int rest = xattr.name().length - name.start();
    out.put8(rest);
    out.put8(name.index());
    out.put16(xattr.value().length);
    out.put(xattr.name(), name.start(), rest);
    out.put(xattr.value());
    out.align(ENTRY);
  }
}
