package dev.coppice.transfer.delta.apply;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.DeltaException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** The file of a part on its way to be unpacked: hashed, and never longer than was announced. */
final class CountedInput extends FilterInputStream {
  private static final int CHUNK = 1 << 16;

  private final MessageDigest digest = Checksum.newDigest();
  private final long limit;
  private long count;

  CountedInput(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      digest.update((byte) next);
      counted(1);
    }
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    if (read > 0) {
      digest.update(bytes, offset, read);
      counted(read);
    }
    return read;
  }

  @Override
  public long skip(long n) {
    throw new UnsupportedOperationException("everything has to be hashed");
  }

  private void counted(int read) {
    count += read;
    if (count > limit) {
      throw new DeltaException(
          ErrorCode.DELTA_TOO_LARGE,
          "it is larger than the " + limit + " bytes that are announced");
    }
  }

  /** Reads what is left. */
  void drain() throws IOException {
    byte[] chunk = new byte[CHUNK];
    while (read(chunk, 0, chunk.length) >= 0) {
      // Hashing is all there is to do.
    }
  }

  /** The checksum of everything that was read; called once. */
  Checksum checksum() {
    return Checksum.of(digest.digest());
  }
}
