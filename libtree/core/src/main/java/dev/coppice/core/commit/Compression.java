package dev.coppice.core.commit;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.z.ZCompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * How an archive is compressed, by its first bytes.
 *
 * <p>All of these read streams that were made by joining several, as the programs that make them
 * do. None needs more memory than the archive's header announces, and none gets more than {@link
 * #memoryLimit}: zstd has a limit of its own, windows of 128 MiB, which is that of the real tool.
 *
 * <p>The magic numbers are those of the formats' descriptions: RFC 1952 (gzip), RFC 8878 (zstd),
 * xz-file-format.txt, lzma-file-format.txt, lz4_Frame_format.md.
 */
enum Compression {
  GZIP("1f8b") {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new GZIPInputStream(in, BUFFER);
    }
  },
  BZIP2("425a68") {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new BZip2CompressorInputStream(in, true);
    }
  },
  COMPRESS("1f9d") {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new ZCompressorInputStream(in, memoryLimit());
    }
  },
  XZ("fd377a585a00") {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new XZInputStream(in, memoryLimit());
    }
  },
  /**
   * The form before xz. It has no magic number: these are the properties that all its writers use
   * and the lower half of the dictionary's size, whole units of 64 KiB.
   */
  LZMA("5d0000") {
    @Override
    boolean begins(String start) {
      // A tar archive whose first entry is called ] goes on with zeros.
      return super.begins(start) && !start.startsWith("5d00000000");
    }

    @Override
    InputStream open(InputStream in) throws IOException {
      return new LZMAInputStream(in, memoryLimit());
    }
  },
  ZSTD("28b52ffd") {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new ZstdInputStreamNoFinalizer(in);
    }
  },
  LZ4("04224d18") {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new Lz4Input(in);
    }
  },
  /** The form of LZ4 before there were frames. */
  LZ4_LEGACY("02214c18") {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new Lz4Input(in);
    }
  };

  /** Bytes that are enough to tell them apart. */
  static final int MAGIC_LENGTH = 6;

  private static final int BUFFER = 256 << 10;

  private final String magic;

  Compression(String magic) {
    this.magic = magic;
  }

  /** The one that a stream beginning so is in; none: it is not compressed. */
  static Optional<Compression> of(byte[] start) {
    String hex = HexFormat.of().formatHex(start);
    return Stream.of(values()).filter(c -> c.begins(hex)).findFirst();
  }

  /** Whether these may be the first bytes, in hexadecimal. */
  boolean begins(String start) {
    return start.startsWith(magic);
  }

  /**
   * What is inside.
   *
   * @param in at the magic number; read no further than the reader of the result demands, but for
   *     buffers
   * @throws org.tukaani.xz.MemoryLimitException here or while reading: more memory is needed
   * @throws LinkageError the library behind it has no code for this machine
   */
  abstract InputStream open(InputStream in) throws IOException;

  /** The memory that dictionaries may take, in KiB: half of all there is. */
  static int memoryLimit() {
    return (int) Math.min(Runtime.getRuntime().maxMemory() / 2 / 1024, 1 << 20);
  }
}
