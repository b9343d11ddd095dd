package dev.coppice.transfer.delta.generate;

import dev.coppice.transfer.delta.lzma.XzOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.tukaani.xz.ARM64Options;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.FinishableOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.X86Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/**
 * How the payload of a part is compressed: as .xz, by an encoder that suits what is in it. All
 * settings were chosen by measuring; those of xz's own presets take twice the time for the same
 * size.
 */
enum PartCompression {
  /** Differences, text, metadata. */
  PLAIN,
  /** Whole executables for x86: addresses of calls are made absolute, and so alike, first. */
  X86,
  /** The same for ARM64; clients need liblzma 5.4 or newer. */
  ARM64,
  /** What is compressed already, and yet a little smaller afterwards. */
  COMPRESSED,
  /** What that would not make smaller: the form of xz around plain bytes. */
  STORED;

  /** In compressed content nothing is found anyway: what does not leave the cache is faster. */
  private static final int SMALL_DICTIONARY = 1 << 20;

  /**
   * With these two, chains of hashes find what trees find with preset 6, in half the time: long
   * strings are taken at once, and only the nearest matches are tried.
   */
  private static final int NICE_LENGTH = 160;

  private static final int DEPTH = 12;

  /** Whether this is for files that are compressed already: nothing is found in them. */
  boolean isForCompressed() {
    return this == COMPRESSED || this == STORED;
  }

  /**
   * A stream that compresses; finishing it ends the .xz file.
   *
   * @param size bytes that will be written
   */
  FinishableOutputStream on(OutputStream out, long size) throws IOException {
    return switch (this) {
      case PLAIN -> new XzOutput(out, size);
      case X86 -> xz(out, new X86Options(), thorough(size));
      case ARM64 -> xz(out, new ARM64Options(), thorough(size));
      case COMPRESSED -> xz(out, quick(size));
      case STORED -> xz(out, stored(size));
    };
  }

  /** The part has a SHA-256 of its own; CRC32 is what every reader must know. */
  private static XZOutputStream xz(OutputStream out, FilterOptions... filters) throws IOException {
    return new XZOutputStream(out, filters, XZ.CHECK_CRC32);
  }

  private static LZMA2Options thorough(long size) throws UnsupportedOptionsException {
    var options = new LZMA2Options();
    options.setDictSize(dictionary(size, XzOutput.DICTIONARY));
    options.setMode(LZMA2Options.MODE_NORMAL);
    options.setMatchFinder(LZMA2Options.MF_HC4);
    options.setNiceLen(NICE_LENGTH);
    options.setDepthLimit(DEPTH);
    return options;
  }

  private static LZMA2Options quick(long size) throws UnsupportedOptionsException {
    var options = new LZMA2Options();
    options.setDictSize(dictionary(size, SMALL_DICTIONARY));
    options.setMode(LZMA2Options.MODE_FAST);
    options.setMatchFinder(LZMA2Options.MF_HC4);
    options.setNiceLen(32);
    options.setDepthLimit(4);
    // Literals by the whole byte before: compressed bytes are aligned to nothing.
    options.setLcLp(LZMA2Options.LC_LP_MAX, 0);
    options.setPb(0);
    return options;
  }

  private static LZMA2Options stored(long size) throws UnsupportedOptionsException {
    var options = new LZMA2Options();
    options.setDictSize(dictionary(size, SMALL_DICTIONARY));
    options.setMode(LZMA2Options.MODE_UNCOMPRESSED);
    return options;
  }

  private static int dictionary(long size, int most) {
    return Math.clamp(size, LZMA2Options.DICT_SIZE_MIN, most);
  }
}
