package dev.coppice.core.diff;

import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One side of a comparison, read directory by directory. */
interface Tree {
  /**
   * An entry of a directory.
   *
   * @param name its name
   * @param directory what is in it, or null when it is no directory
   */
  record Entry(String name, @Nullable Directory directory) {}

  /** A directory that can be listed. */
  interface Directory {
    /** Its entries, in the order of this side. */
    List<Entry> entries() throws IOException;

    /** The entry of this name, or null. */
    @Nullable Entry find(String name) throws IOException;

    /**
     * What stands for owner, mode, attributes and content of an entry - of a directory without what
     * is in it. Equal entries have equal ones.
     */
    Checksum checksum(Entry entry, Owner owner) throws IOException;

    /**
     * Whether nothing below differs from another directory, as far as that can be known at once.
     */
    boolean surelySame(Directory other);
  }

  /** What is taken instead of the owner that a file has. */
  record Owner(OptionalInt uid, OptionalInt gid) {
    static final Owner OWN = new Owner(OptionalInt.empty(), OptionalInt.empty());
  }

  /** The root. */
  Directory root() throws IOException;
}
