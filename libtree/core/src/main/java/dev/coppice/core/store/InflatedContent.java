package dev.coppice.core.store;

import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.ObjectName;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Raw deflate as content of a known size: a stream that ends early, goes on behind that size or is
 * damaged is a corrupt object, and no more than the size is ever produced.
 */
final class InflatedContent extends InputStream {
  private static final int BUFFER = 64 << 10;

  private final ObjectName name;
  private final InputStream compressed;
  private final Inflater inflater = new Inflater(true);
  private final byte[] input = new byte[BUFFER];
  private long left;
  private boolean ended;

  InflatedContent(ObjectName name, InputStream compressed, long size) {
    this.name = name;
    this.compressed = compressed;
    this.left = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      checkEnd();
      return -1;
    }
    int wanted = (int) Math.min(length, left);
    int count = inflate(out, offset, wanted);
    if (count == 0) {
      throw new CorruptObjectException(
          name, "Need more input: its content ends " + left + " bytes early");
    }
    left -= count;
    return count;
  }

  /** Behind the last byte the deflate stream has to end as well. */
  private void checkEnd() throws IOException {
    if (!ended) {
      ended = true;
      if (inflate(new byte[1], 0, 1) != 0) {
        throw new CorruptObjectException(name, "its content is longer than its header says");
      }
    }
  }

  /**
   * Inflates up to {@code length} bytes; 0 means that the deflate stream or the file is at its end.
   */
  private int inflate(byte[] out, int offset, int length) throws IOException {
    try {
      while (true) {
        int count = inflater.inflate(out, offset, length);
        if (count > 0) {
          return count;
        }
        if (inflater.finished() || inflater.needsDictionary()) {
          return 0;
        }
        if (inflater.needsInput()) {
          int read = compressed.read(input);
          if (read <= 0) {
            return 0;
          }
          inflater.setInput(input, 0, read);
        }
      }
    } catch (DataFormatException e) {
      throw new CorruptObjectException(name, "Invalid compressed data: " + e.getMessage());
    }
  }

  /**
   * Checks that nothing is behind the content: neither more of it, nor bytes that belong to
   * nothing. Called when all of it has been read.
   */
  void requireEnd() throws IOException {
    checkEnd();
    if (inflater.getRemaining() > 0 || compressed.read() >= 0) {
      throw new CorruptObjectException(name, "there are more bytes behind its content");
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    compressed.close();
  }
}
