package dev.coppice.reposerver.web.tree;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What the first bytes of a file say it is, for people; nothing is decided by it. */
public final class FileKind {
  /** Bytes that are enough to tell. */
  public static final int ENOUGH = 512;

  private static final int TAR_MAGIC = 257;

  /** A kind, and the bytes that tell it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Magic(int offset, byte[] bytes, String name) {
    static Magic of(String hex, String name) {
      return new Magic(0, HexFormat.of().parseHex(hex), name);
    }

    boolean fits(byte[] start) {
      if (start.length < offset + bytes.length) {
        return false;
      }
      for (int i = 0; i < bytes.length; i++) {
        if (start[offset + i] != bytes[i]) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Magic> MAGICS =
      List.of(
          Magic.of("7f454c46", "ELF program or library"),
          Magic.of("4d5a", "EFI or Windows program"),
          Magic.of("1f8b", "gzip data"),
          Magic.of("fd377a585a00", "xz data"),
          Magic.of("28b52ffd", "Zstandard data"),
          Magic.of("425a68", "bzip2 data"),
          Magic.of("504b0304", "ZIP archive"),
          Magic.of("cafebabe", "Java class or Mach-O program"),
          Magic.of("89504e470d0a1a0a", "PNG image"),
          Magic.of("ffd8ff", "JPEG image"),
          Magic.of("47494638", "GIF image"),
          Magic.of("25504446", "PDF document"),
          Magic.of("53514c69746520666f726d6174203300", "SQLite database"),
          Magic.of("303730373031", "cpio archive"),
          Magic.of("213c617263683e0a", "ar archive"),
          Magic.of("d00dfeed", "device tree"),
          Magic.of("de120495", "message catalogue"),
          Magic.of("950412de", "message catalogue"),
          Magic.of("00010000", "TrueType font"),
          Magic.of("4f54544f", "OpenType font"),
          Magic.of("edabeedb", "RPM package"),
          new Magic(TAR_MAGIC, "ustar".getBytes(StandardCharsets.US_ASCII), "tar archive"));

  private FileKind() {}

  /** The kind of a file by its first {@link #ENOUGH} bytes. */
  public static String of(byte[] start) {
    return MAGICS.stream()
        .filter(magic -> magic.fits(start))
        .map(Magic::name)
        .findFirst()
        .orElse("binary data");
  }

  /** The text that these bytes are; empty when they are not text in UTF-8. */
  public static Optional<String> text(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return Optional.empty();
      }
    }
    try {
      // A new decoder reports malformed input instead of replacing it.
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
