package dev.coppice.core.commit;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.z.ZCompressorInputStream;

/** Finds out how an archive is compressed, by its first bytes. */
final class TarInput {
  private static final int BUFFER = 256 << 10;
  private static final int MAGIC = 6;

  private TarInput() {}

  /**
   * The archive itself.
   *
   * @param name what messages call it
   * @throws Failure when it is compressed in a way that is not known here
   */
  static InputStream open(InputStream file, String name) throws IOException {
    var buffered = new BufferedInputStream(file, BUFFER);
    buffered.mark(MAGIC);
    byte[] magic = buffered.readNBytes(MAGIC);
    buffered.reset();
    if (starts(magic, 0x1f, 0x8b)) {
      return new GZIPInputStream(buffered, BUFFER);
    }
    if (starts(magic, 'B', 'Z', 'h')) {
      return new BZip2CompressorInputStream(buffered, true);
    }
    if (starts(magic, 0x1f, 0x9d)) {
      return new ZCompressorInputStream(buffered);
    }
    if (starts(magic, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      throw unknown(name, "xz");
    }
    if (starts(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
      throw unknown(name, "zstd");
    }
    if (starts(magic, 0x04, 0x22, 0x4d, 0x18)) {
      throw unknown(name, "lz4");
    }
    return buffered;
  }

  private static boolean starts(byte[] magic, int... bytes) {
    byte[] wanted = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      wanted[i] = (byte) bytes[i];
    }
    return magic.length >= wanted.length
        && Arrays.equals(magic, 0, wanted.length, wanted, 0, wanted.length);
  }

  private static Failure unknown(String name, String format) {
    return new Failure(
        ErrorCode.INPUT_INVALID,
        "Archive " + name + " is compressed with " + format + ", which is not supported",
        "Pass it uncompressed: '" + format + " -dc FILE | coppice commit --tree=tar=- ...'.");
  }
}
