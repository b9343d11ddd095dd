package dev.coppice.transfer.delta;

/**
 * One step in making the objects of a part. Offsets and lengths count bytes of the part's data
 * unless it is said otherwise; none of them is checked here. Source: {@code
 * OstreeStaticDeltaOpCode}.
 */
public sealed interface Operation {
  /** The byte that an operation starts with. */
  int code();

  /** Makes the next object, which is a commit or a directory, of a piece of the data. */
  record SpliceMetadata(long length, long offset) implements Operation {
    @Override
    public int code() {
      return OperationCodes.SPLICE;
    }
  }

  /**
   * Makes the next object, which is a file, of a piece of the data: its content, or what a symbolic
   * link points to.
   *
   * @param mode index in the table of owners and modes
   * @param xattrs index in the table of attributes
   */
  record SpliceFile(long mode, long xattrs, long length, long offset) implements Operation {
    @Override
    public int code() {
      return OperationCodes.SPLICE;
    }
  }

  /**
   * Starts the next object, which is a regular file.
   *
   * @param mode index in the table of owners and modes
   * @param xattrs index in the table of attributes
   * @param size bytes that its content will have
   */
  record Open(long mode, long xattrs, long size) implements Operation {
    @Override
    public int code() {
      return OperationCodes.OPEN;
    }
  }

  /**
   * Appends to the open file: bytes of the source, where one is set, else of the data.
   *
   * @param offset in the source's content or in the data
   */
  record Write(long length, long offset) implements Operation {
    @Override
    public int code() {
      return OperationCodes.WRITE;
    }
  }

  /**
   * Sets the source: a file object that is stored.
   *
   * @param offset of its checksum, 32 bytes
   */
  record SetReadSource(long offset) implements Operation {
    @Override
    public int code() {
      return OperationCodes.SET_READ_SOURCE;
    }
  }

  /** Unsets the source. */
  record UnsetReadSource() implements Operation {
    @Override
    public int code() {
      return OperationCodes.UNSET_READ_SOURCE;
    }
  }

  /** Makes all of the open file's content of the source and a patch, a piece of the data. */
  record BsPatch(long offset, long length) implements Operation {
    @Override
    public int code() {
      return OperationCodes.BSPATCH;
    }
  }

  /** Ends the open file, which must have all of its content, and unsets the source. */
  record Close() implements Operation {
    @Override
    public int code() {
      return OperationCodes.CLOSE;
    }
  }
}
