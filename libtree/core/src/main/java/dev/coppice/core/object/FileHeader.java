package dev.coppice.core.object;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a file object says beside its content: owner, mode, link target, extended attributes.
 *
 * <p>The checksum of a file object is the SHA-256 over {@link #checksumPrefix()} and the content;
 * the prefix is a big-endian length, four zero bytes and the GVariant {@code (uuuusa(ayay))} of
 * uid, gid, mode, a device number that is always 0, link target and attributes, numbers big-endian.
 * Archive repositories store {@link #archivePrefix(long)}, which has the size in front: {@code
 * (tuuuusa(ayay))}. Source: {@code _ostree_file_header_new}, {@code _ostree_zlib_file_header_new}.
 *
 * @param uid owner
 * @param gid group
 * @param mode type and permissions; a regular file or a symbolic link
 * @param target of a symbolic link; empty for a regular file
 * @param xattrs extended attributes
 */
public record FileHeader(int uid, int gid, int mode, String target, Xattrs xattrs) {
  /** Bytes of length and padding in front of the header. */
  public static final int FRAME = 8;

  /** No header may be larger: the same bound as for metadata objects in old clients, 10 MiB. */
  public static final int MAX_SIZE = 10 << 20;

  private static final int PLAIN_FIXED = 16;
  private static final int ARCHIVE_FIXED = 24;

  /** Checks that this is a regular file without a target or a symbolic link with one. */
  public FileHeader {
    FileMode.check(mode);
    if (!FileMode.isRegular(mode) && !FileMode.isSymlink(mode)) {
      throw new MalformedObjectException(
          "Invalid file metadata mode "
              + Integer.toUnsignedString(mode)
              + "; not a valid file type");
    }
  }

  /** The header of a regular file. */
  public static FileHeader regular(int uid, int gid, int permissions, Xattrs xattrs) {
    return new FileHeader(
        uid, gid, FileMode.REGULAR | (permissions & FileMode.PERMISSIONS), "", xattrs);
  }

  /** The header of a symbolic link, whose mode is always 0777 on Linux. */
  public static FileHeader symlink(int uid, int gid, String target, Xattrs xattrs) {
    return new FileHeader(uid, gid, FileMode.SYMLINK | 0777, target, xattrs);
  }

  /** Whether this is a symbolic link. */
  public boolean isSymlink() {
    return FileMode.isSymlink(mode);
  }

  /** What is hashed before the content. */
  public byte[] checksumPrefix() {
    return encode(PLAIN_FIXED, 0);
  }

  /** What stands before the compressed content in an archive repository. */
  public byte[] archivePrefix(long size) {
    return encode(ARCHIVE_FIXED, size);
  }

  /** The checksum of a symbolic link, or of an empty file. */
  public Checksum checksumWithoutContent() {
    return Checksum.sha256(checksumPrefix());
  }

  private byte[] encode(int fixed, long size) {
    byte[] link = target.getBytes(StandardCharsets.UTF_8);
    int linkEnd = fixed + link.length + 1;
    int body = linkEnd + xattrs.encodedSize();
    int width = Framing.width(body, 1);
    byte[] out = new byte[FRAME + body + width];
    Framing.putBigEndian(out, 0, body + width);
    // GVariant offsets count from the start of the header, which is FRAME bytes into the array.
    int at = FRAME;
    if (fixed == ARCHIVE_FIXED) {
      Framing.putBigEndian(out, at, (int) (size >>> 32));
      Framing.putBigEndian(out, at + 4, (int) size);
      at += 8;
    }
    Framing.putBigEndian(out, at, uid);
    Framing.putBigEndian(out, at + 4, gid);
    Framing.putBigEndian(out, at + 8, mode);
    at += PLAIN_FIXED;
    System.arraycopy(link, 0, out, at, link.length);
    xattrs.encode(out, FRAME + linkEnd);
    Framing.put(out, FRAME + body, width, linkEnd);
    return out;
  }

  /** A header of an archive repository's file with the size of its content. */
  public record Archived(long size, FileHeader header) {}

  /**
   * Reads the GVariant {@code (tuuuusa(ayay))}, without the frame in front.
   *
   * @throws MalformedObjectException when it is not in normal form or has impossible values
   */
  public static Archived decodeArchive(byte[] in) {
    if (in.length < ARCHIVE_FIXED + 2) {
      throw new MalformedObjectException("header of " + in.length + " bytes is too short");
    }
    long size =
        (Framing.getBigEndian(in, 0) & 0xffffffffL) << 32
            | (Framing.getBigEndian(in, 4) & 0xffffffffL);
    if (size < 0) {
      throw new MalformedObjectException("impossible size " + Long.toUnsignedString(size));
    }
    FileHeader header = decodeAfter(in, 8);
    checkNormal(in, header.archivePrefix(size));
    return new Archived(size, header);
  }

  /**
   * Reads the GVariant {@code (uuuusa(ayay))}, without the frame in front.
   *
   * @throws MalformedObjectException when it is not in normal form or has impossible values
   */
  public static FileHeader decode(byte[] in) {
    if (in.length < PLAIN_FIXED + 2) {
      throw new MalformedObjectException("header of " + in.length + " bytes is too short");
    }
    FileHeader header = decodeAfter(in, 0);
    checkNormal(in, header.checksumPrefix());
    return header;
  }

  private static FileHeader decodeAfter(byte[] in, int at) {
    int width = Framing.widthIn(in.length);
    int link = at + PLAIN_FIXED;
    int end = in.length - width;
    int linkEnd = Framing.get(in, end, width);
    if (linkEnd <= link || linkEnd > end) {
      throw new MalformedObjectException("Not normal form: file header");
    }
    String target = new String(in, link, linkEnd - 1 - link, StandardCharsets.UTF_8);
    return new FileHeader(
        Framing.getBigEndian(in, at),
        Framing.getBigEndian(in, at + 4),
        Framing.getBigEndian(in, at + 8),
        target,
        Xattrs.decode(in, linkEnd, end - linkEnd));
  }

  private static void checkNormal(byte[] in, byte[] framed) {
    if (!Arrays.equals(in, 0, in.length, framed, FRAME, framed.length)) {
      throw new MalformedObjectException("Not normal form: file header");
    }
  }
}
