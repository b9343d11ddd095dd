package dev.coppice.core.commit;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that can keep a copy of what is read from it.
 *
 * <p>commons-compress turns the values of extended headers into text and so loses bytes of binary
 * attributes, such as file capabilities; they are read again from this copy of the headers.
 */
final class RecordedInput extends FilterInputStream {
  /** Headers longer than this are an attack. */
  private static final int MAX_RECORD = 16 << 20;

  private final ByteArrayOutputStream record = new ByteArrayOutputStream();
  private boolean recording;
  private long position;
  private long recordStart;

  RecordedInput(InputStream in) {
    super(in);
  }

  /** Starts a new record. */
  void start() {
    record.reset();
    recordStart = position;
    recording = true;
  }

  /** Ends the record. */
  byte[] stop() {
    recording = false;
    return record.toByteArray();
  }

  /** Where the record began, in bytes from the start of the stream. */
  long recordStart() {
    return recordStart;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    int count = in.read(out, offset, length);
    if (count > 0) {
      position += count;
      if (recording) {
        if (record.size() + count > MAX_RECORD) {
          throw new IOException("headers of more than " + MAX_RECORD + " bytes in the archive");
        }
        record.write(out, offset, count);
      }
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] buffer = new byte[(int) Math.min(8192, Math.max(count, 0))];
    long skipped = 0;
    while (skipped < count) {
      int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
      if (read < 0) {
        break;
      }
      skipped += read;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
