package dev.coppice.core.commit;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.MemoryLimitException;

/** The bytes of an archive, however they are compressed; failures name the archive. */
final class TarInput extends InputStream {
  private static final int BUFFER = 256 << 10;

  /** A compressed archive may be compressed again; nobody does that more than once in earnest. */
  private static final int MOST_LAYERS = 4;

  private static final int SKIPPABLE_HEADER = 8;

  private final InputStream in;
  private final String name;

  private TarInput(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /**
   * The archive itself.
   *
   * @param name what messages call it
   * @throws Failure it is damaged, or unpacking it needs too much memory; also later, while reading
   */
  static InputStream open(InputStream file, String name) throws IOException {
    InputStream in = file;
    for (int layer = 0; layer < MOST_LAYERS; layer++) {
      var buffered = new BufferedInputStream(in, BUFFER);
      skipSkippable(buffered);
      Optional<Compression> compression = Compression.of(peek(buffered, Compression.MAGIC_LENGTH));
      if (compression.isEmpty()) {
        return buffered;
      }
      in = unpacked(compression.get(), buffered, name);
    }
    return in;
  }

  private static InputStream unpacked(Compression compression, InputStream in, String name)
      throws IOException {
    try {
      return new TarInput(compression.open(in), name);
    } catch (LinkageError e) {
      String program = compression.name().toLowerCase(Locale.ROOT);
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "Archive " + name + " is compressed with " + program + ", for which there is no library",
          "Pass it uncompressed: '" + program + " -dc FILE | coppice commit --tree=tar=- ...'.");
    } catch (IOException e) {
      throw failure(e, name);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      throw failure(e, name);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** The failure that a fault of the archive is to the user. */
  static Failure failure(Exception e, String name) {
    boolean tooLarge =
        e instanceof MemoryLimitException
            || e instanceof org.tukaani.xz.MemoryLimitException
            || (e instanceof ZstdIOException zstd
                && zstd.getErrorCode() == Zstd.errFrameParameterWindowTooLarge());
    String reason = e instanceof EOFException ? "it ends early" : e.getMessage();
    return new Failure(
        ErrorCode.INPUT_INVALID,
        "Cannot read archive " + name + ": " + reason,
        tooLarge
            ? "Unpack it first, through a pipe into --tree=tar=-; for xz more memory helps as well:"
                + " COPPICE_JAVA_OPTIONS=-Xmx1g."
            : "The archive is damaged: compare it with where it came from.");
  }

  /**
   * Frames of zstd and LZ4 that hold something else than data: {@code 0x184D2A5?} and a length.
   * Parallel compressors begin with one.
   */
  private static void skipSkippable(BufferedInputStream in) throws IOException {
    while (true) {
      byte[] start = peek(in, SKIPPABLE_HEADER);
      boolean skippable =
          start.length == SKIPPABLE_HEADER
              && (start[0] & 0xf0) == 0x50
              && start[1] == 0x2a
              && start[2] == 0x4d
              && start[3] == 0x18;
      if (!skippable) {
        return;
      }
      long length = 0;
      for (int i = SKIPPABLE_HEADER - 1; i >= 4; i--) {
        length = (length << 8) | (start[i] & 0xff);
      }
      in.skipNBytes(SKIPPABLE_HEADER + length);
    }
  }

  private static byte[] peek(BufferedInputStream in, int length) throws IOException {
    in.mark(length);
    byte[] start = in.readNBytes(length);
    in.reset();
    return start;
  }
}
