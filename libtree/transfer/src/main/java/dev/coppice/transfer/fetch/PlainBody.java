package dev.coppice.transfer.fetch;

import dev.coppice.transfer.fetch.ReplyHead.Framing;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * The body of a reply. When it was read to its end, its connection serves the next request; when it
 * is closed earlier, the connection is given up. For one thread, but that {@link #close} may be
 * called from another to end a read.
 */
final class PlainBody extends InputStream {
  private static final int MOST_TRAILERS = 100;
  private static final int LONGEST_LINE = 8192;
  private static final int MOST_DIGITS = 15;

  private final PlainConnection connection;
  private final Runnable release;
  private final Framing framing;

  /** Bytes of the body, or of the chunk, that are to come. */
  private long left;

  private boolean firstChunk = true;
  private boolean ended;

  /**
   * A body.
   *
   * @param release run once when the connection is free again
   */
  PlainBody(PlainConnection connection, Framing framing, Runnable release) {
    this.connection = connection;
    this.framing = framing;
    this.release = release;
    switch (framing) {
      case Framing.Length(long bytes) -> {
        left = bytes;
        if (bytes == 0) {
          end();
        }
      }
      case Framing.Chunked() -> left = 0;
      case Framing.UntilClose() -> left = Long.MAX_VALUE;
    }
  }

  private void end() {
    ended = true;
    release.run();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      return 0;
    }
    if (!ended && left == 0) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = connection.read(out, offset, (int) Math.min(wanted, left));
    if (count < 0) {
      if (framing instanceof Framing.UntilClose) {
        ended = true;
        connection.close();
        return -1;
      }
      throw new EOFException("the connection ended within the body");
    }
    left -= count;
    if (left == 0 && framing instanceof Framing.Length) {
      end();
    }
    return count;
  }

  private void nextChunk() throws IOException {
    if (!firstChunk && !connection.line(LONGEST_LINE).isEmpty()) {
      throw new ProtocolException("a chunk of the body is longer than it says");
    }
    firstChunk = false;
    String line = connection.line(LONGEST_LINE);
    int digits = 0;
    while (digits < line.length() && Character.digit(line.charAt(digits), 16) >= 0) {
      digits++;
    }
    if (digits == 0 || digits > MOST_DIGITS) {
      throw new ProtocolException("a chunk of the body has no length");
    }
    left = Long.parseLong(line, 0, digits, 16);
    if (left == 0) {
      for (int i = 0; !connection.line(LONGEST_LINE).isEmpty(); i++) {
        if (i == MOST_TRAILERS) {
          throw new ProtocolException("the headers behind the body have no end");
        }
      }
      end();
    }
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      connection.close();
    }
  }
}
