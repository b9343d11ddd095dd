package dev.coppice.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A buffered byte stream that also prints text as UTF-8.
 *
 * <p>Lone surrogates U+DC80..U+DCFF, by which file names carry bytes that are not UTF-8, are
 * written as the byte that they stand for; so every file name comes out as it is on disk.
 *
 * <p>The stream methods throw {@link OutputException}; the text methods throw it wrapped in {@link
 * UncheckedIOException}, so that they can be used in lambdas. Safe for use by several threads; one
 * call is never torn by another.
 */
public final class Output extends OutputStream {
  private static final int BUFFER_SIZE = 16 * 1024;

  private final OutputStream target;
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private int used;

  /** Prints to the given stream, which needs no buffer of its own. */
  public Output(OutputStream target) {
    this.target = target;
  }

  /** Prints text. */
  public void print(String text) {
    try {
      encode(text);
    } catch (OutputException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints text and a newline. */
  public void println(String text) {
    print(text + '\n');
  }

  @Override
  public synchronized void write(int b) throws OutputException {
    if (used == buffer.length) {
      drain();
    }
    buffer[used++] = (byte) b;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws OutputException {
    if (length >= buffer.length) {
      drain();
      send(bytes, offset, length);
      return;
    }
    if (length > buffer.length - used) {
      drain();
    }
    System.arraycopy(bytes, offset, buffer, used, length);
    used += length;
  }

  @Override
  public synchronized void flush() throws OutputException {
    drain();
    try {
      target.flush();
    } catch (IOException e) {
      throw new OutputException(e);
    }
  }

  private synchronized void encode(String text) throws OutputException {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        write(c);
      } else if (c < 0x800) {
        write(0xC0 | c >> 6);
        write(0x80 | c & 0x3F);
      } else if (!Character.isSurrogate(c)) {
        writeThree(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        writeFour(Character.toCodePoint(c, text.charAt(++i)));
      } else if (c >= 0xDC80 && c <= 0xDCFF) {
        write(c - 0xDC00);
      } else {
        write('?');
      }
    }
  }

  private void writeThree(int c) throws OutputException {
    write(0xE0 | c >> 12);
    write(0x80 | c >> 6 & 0x3F);
    write(0x80 | c & 0x3F);
  }

  private void writeFour(int c) throws OutputException {
    write(0xF0 | c >> 18);
    write(0x80 | c >> 12 & 0x3F);
    write(0x80 | c >> 6 & 0x3F);
    write(0x80 | c & 0x3F);
  }

  private void drain() throws OutputException {
    int count = used;
    used = 0;
    send(buffer, 0, count);
  }

  private void send(byte[] bytes, int offset, int length) throws OutputException {
    if (length == 0) {
      return;
    }
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      throw new OutputException(e);
    }
  }
}
