package dev.coppice.transfer.delta.generate;

import java.io.IOException;
import java.io.OutputStream;
import org.tukaani.xz.ARM64Options;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.X86Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/** How the payload of a part is compressed: xz with settings that depend on what is in it. */
enum PartCompression {
  /** Differences, text, metadata. */
  PLAIN,
  /** Whole executables for x86: addresses of calls are made absolute, and so alike, first. */
  X86,
  /** The same for ARM64; clients need liblzma 5.4 or newer. */
  ARM64;

  /**
   * More than this gains less than a hundredth on parts of 32 MB, and costs eleven times as much
   * memory while compressing. Clients take up to 64 MiB.
   */
  private static final int DICTIONARY = 8 << 20;

  /**
   * A stream that compresses; closing it ends the .xz file and closes {@code out}.
   *
   * @param size bytes that will be written
   */
  XZOutputStream on(OutputStream out, long size) throws IOException {
    LZMA2Options lzma = lzma(size);
    FilterOptions[] filters =
        switch (this) {
          case PLAIN -> new FilterOptions[] {lzma};
          case X86 -> new FilterOptions[] {new X86Options(), lzma};
          case ARM64 -> new FilterOptions[] {new ARM64Options(), lzma};
        };
    // The part has a SHA-256 of its own; CRC32 is what every reader must know.
    return new XZOutputStream(out, filters, XZ.CHECK_CRC32);
  }

  /** Bytes that the compressor takes while it works. */
  static long memory(long size) {
    try {
      return lzma(size).getEncoderMemoryUsage() * 1024L;
    } catch (UnsupportedOptionsException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LZMA2Options lzma(long size) throws UnsupportedOptionsException {
    var options = new LZMA2Options(6);
    options.setDictSize((int) Math.clamp(size, LZMA2Options.DICT_SIZE_MIN, DICTIONARY));
    return options;
  }
}
