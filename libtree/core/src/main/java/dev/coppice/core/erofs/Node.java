package dev.coppice.core.erofs;

import dev.coppice.core.object.FileMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of an image. Each is an inode of its own: there are no hard links. */
public sealed interface Node {
  /** Owner, mode and extended attributes. */
  Status status();

  /**
   * A directory.
   *
   * @param entries without {@code .} and {@code ..}; sorted by name as bytes, each name once
   */
  record Directory(Status status, List<Entry> entries) implements Node {
    /** Checks type and order. */
    public Directory {
      require(status.type() == FileMode.DIRECTORY, "a directory has the mode of one");
      entries = List.copyOf(entries);
      for (int i = 1; i < entries.size(); i++) {
        require(Entry.ORDER.compare(entries.get(i - 1), entries.get(i)) < 0, "names are sorted");
      }
    }

    /** A directory with entries in any order. */
    public static Directory of(Status status, List<Entry> entries) {
      var sorted = new ArrayList<>(entries);
      sorted.sort(Entry.ORDER);
      return new Directory(status, sorted);
    }
  }

  /**
   * A name in a directory. The array is not copied: do not change it.
   *
   * @param name 1 to 255 bytes without slash and NUL; neither {@code .} nor {@code ..}
   */
  record Entry(byte[] name, Node node) {
    static final Comparator<Entry> ORDER = (x, y) -> Arrays.compareUnsigned(x.name(), y.name());

    /** Longest name. Source: {@code EROFS_NAME_LEN}. */
    public static final int MAX_NAME = 255;

    /** Checks the length. */
    public Entry {
      require(name.length > 0 && name.length <= MAX_NAME, "a name has 1 to 255 bytes");
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry entry
          && Arrays.equals(name, entry.name)
          && node.equals(entry.node);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(name) + node.hashCode();
    }
  }

  /**
   * A regular file that is all hole: a reader sees {@code size} zeros, unless something above the
   * file system puts the content there.
   *
   * @param size bytes, at most {@link #MAX_SIZE}
   */
  record Hole(Status status, long size) implements Node {
    /** Largest size: the pointers to the chunks of a file must fit into one block. */
    public static final long MAX_SIZE = Chunks.MAX_SIZE;

    /** Checks type and size. */
    public Hole {
      require(status.type() == FileMode.REGULAR, "a regular file has the mode of one");
      require(size >= 0 && size <= MAX_SIZE, "a file has at most " + MAX_SIZE + " bytes");
    }
  }

  /**
   * A symbolic link. The array is not copied: do not change it.
   *
   * @param target at most 4095 bytes
   */
  record Symlink(Status status, byte[] target) implements Node {
    /** Longest target: Linux resolves none that fills {@code PATH_MAX} with its NUL. */
    public static final int MAX_TARGET = 4095;

    /** Checks type and length. */
    public Symlink {
      require(status.type() == FileMode.SYMLINK, "a symbolic link has the mode of one");
      require(target.length <= MAX_TARGET, "a target has at most 4095 bytes");
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Symlink link
          && status.equals(link.status)
          && Arrays.equals(target, link.target);
    }

    @Override
    public int hashCode() {
      return 31 * status.hashCode() + Arrays.hashCode(target);
    }
  }

  /** The character device 0:0, which an overlay takes for a file that was deleted. */
  record Whiteout(Status status) implements Node {
    /** The type of a character device. */
    public static final int CHARACTER_DEVICE = 0020000;

    /** Checks the type. */
    public Whiteout {
      require(status.type() == CHARACTER_DEVICE, "a whiteout has the mode of a character device");
    }
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
