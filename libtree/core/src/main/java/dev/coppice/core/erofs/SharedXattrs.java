package dev.coppice.core.erofs;

import dev.coppice.core.object.Xattrs.Xattr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The attributes that occur more than once: they are written once, and inodes refer to them. */
final class SharedXattrs {
  /** Fixed bytes before an attribute's name. */
  static final int ENTRY = 4;

  /** An inode refers to no more; the others stand in it. Source: {@code erofs_xattr_count}. */
  private static final int MAX_PER_INODE = 128;

  /** Any order would do, but the digest of the image depends on it: backwards. */
  private static final Comparator<Xattr> ORDER =
      (x, y) -> {
        int order = Arrays.compareUnsigned(y.name(), x.name());
        if (order == 0) {
          order = Integer.compare(y.value().length, x.value().length);
        }
        return order != 0 ? order : Arrays.compareUnsigned(y.value(), x.value());
      };

  private final List<Xattr> shared = new ArrayList<>();
  private final Map<Xattr, Long> offsets = new HashMap<>();
  private final long size;

  SharedXattrs(FlatTree tree) {
    // The value says whether the attribute was seen again.
    var seen = new HashMap<Xattr, Boolean>();
    for (int i = 0; i < tree.size(); i++) {
      for (Xattr xattr : tree.node(i).status().xattrs()) {
        seen.merge(xattr, Boolean.FALSE, (once, again) -> Boolean.TRUE);
      }
    }
    seen.forEach(
        (xattr, again) -> {
          if (again) {
            shared.add(xattr);
          }
        });
    shared.sort(ORDER);
    long at = 0;
    for (Xattr xattr : shared) {
      offsets.put(xattr, at);
      at += entrySize(xattr);
    }
    this.size = at;
  }

  /** Bytes of all shared attributes. */
  long size() {
    return size;
  }

  /** Bytes of an attribute, where it is written. */
  static int entrySize(Xattr xattr) {
    int rest = xattr.name().length - XattrName.of(xattr.name()).start();
    return (int) ErofsOutput.aligned((long) ENTRY + rest + xattr.value().length, ENTRY);
  }

  /** How the attributes of one inode are stored. */
  Division divide(Status status) {
    List<Long> places = new ArrayList<>();
    List<Xattr> own = new ArrayList<>();
    for (Xattr xattr : status.xattrs()) {
      Long offset = offsets.get(xattr);
      if (offset == null || places.size() == MAX_PER_INODE) {
        own.add(xattr);
      } else {
        places.add(offset);
      }
    }
    return new Division(places, own);
  }

  /**
   * The attributes of one inode.
   *
   * @param shared where those are that stand in the shared area, in bytes from its start
   * @param own those that stand in the inode
   */
  record Division(List<Long> shared, List<Xattr> own) {
    /** Fixed bytes before the attributes of an inode. */
    static final int HEADER = 12;

    /** Bytes in the inode. */
    int size() {
      if (shared.isEmpty() && own.isEmpty()) {
        return 0;
      }
      return HEADER + ENTRY * shared.size() + own.stream().mapToInt(x -> entrySize(x)).sum();
    }
  }

  /** Writes all shared attributes. */
  void write(ErofsOutput out) throws IOException {
    for (Xattr xattr : shared) {
      write(out, xattr);
    }
  }

  /** Writes one attribute. */
  static void write(ErofsOutput out, Xattr xattr) throws IOException {
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
