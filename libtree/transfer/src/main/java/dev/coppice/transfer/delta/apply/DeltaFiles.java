package dev.coppice.transfer.delta.apply;

import java.io.IOException;
import java.io.InputStream;

/** Where the parts of one delta come from. Safe for several threads. */
public interface DeltaFiles {
  /** What is done with the file of a part. */
  interface Use<T> {
    /** Reads the file from its first byte; it is closed by who opened it. */
    T with(InputStream file) throws IOException;
  }

  /**
   * Opens the file of a part. What is done with it may be done again from the start, when its place
   * has trouble.
   *
   * @param number of the part, from 0
   * @throws dev.coppice.transfer.delta.DeltaException when it is not there
   */
  <T> T part(int number, Use<T> use) throws IOException;
}
