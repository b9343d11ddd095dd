package dev.coppice.transfer.delta.generate;

import dev.coppice.core.object.Checksum;
import java.util.List;

/** How a part makes one object; offsets count from the start of the part's data. */
sealed interface Made {
  /** A metadata object that is in the data as it is. */
  record Metadata(long offset, long length) implements Made {}

  /** A regular file or a link that is in the data as it is. */
  record Whole(Attributes attributes, long offset, long length) implements Made {}

  /** A file that is an old one with the patch in the data applied. */
  record Patched(Attributes attributes, long size, Checksum source, long offset, long length)
      implements Made {}

  /** A file that is put together from ranges of an old one and of the data. */
  record Copied(Attributes attributes, long size, Checksum source, List<Range> ranges)
      implements Made {
    /** Copies the list. */
    public Copied {
      ranges = List.copyOf(ranges);
    }

    /** Bytes that come from the old file. */
    long fromSource() {
      return ranges.stream().filter(Range::fromSource).mapToLong(Range::length).sum();
    }
  }

  /**
   * Places in the part's tables.
   *
   * @param mode index of owner, group and mode
   * @param xattrs index of the attributes
   */
  record Attributes(int mode, int xattrs) {}

  /** Bytes that are appended to a file. */
  record Range(boolean fromSource, long offset, long length) {}
}
