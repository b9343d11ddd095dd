package dev.coppice.core.object;

import java.util.Arrays;

/**
 * Owner, mode and extended attributes of a directory.
 *
 * <p>Serialized as GVariant {@code (uuua(ayay))}, numbers big-endian. Source: {@code
 * OSTREE_DIRMETA_GVARIANT_STRING}. The extended attribute {@code user.ostreemeta} of bare-user
 * repositories has the same form, see {@link #encodeOf}.
 *
 * @param mode with the directory bit
 */
public record DirMeta(int uid, int gid, int mode, Xattrs xattrs) {
  private static final int FIXED = 12;

  /** Checks that the mode is a directory's. */
  public DirMeta {
    if (!FileMode.isDirectory(mode)) {
      throw new MalformedObjectException(
          "Invalid directory metadata mode "
              + Integer.toUnsignedString(mode)
              + "; not a directory");
    }
    FileMode.check(mode);
  }

  /** The bytes of the object. */
  public byte[] encode() {
    return encodeOf(uid, gid, mode, xattrs);
  }

  /**
   * Reads an object.
   *
   * @throws MalformedObjectException when it is not in normal form or not a directory
   */
  public static DirMeta decode(byte[] in) {
    Raw raw = decodeRaw(in);
    return new DirMeta(raw.uid(), raw.gid(), raw.mode(), raw.xattrs());
  }

  /** Owner, mode and attributes of any kind of file. */
  public record Raw(int uid, int gid, int mode, Xattrs xattrs) {}

  /** The bytes for any kind of file, as in {@code user.ostreemeta}. */
  public static byte[] encodeOf(int uid, int gid, int mode, Xattrs xattrs) {
    byte[] out = new byte[FIXED + xattrs.encodedSize()];
    Framing.putBigEndian(out, 0, uid);
    Framing.putBigEndian(out, 4, gid);
    Framing.putBigEndian(out, 8, mode);
    xattrs.encode(out, FIXED);
    return out;
  }

  /**
   * Reads what {@link #encodeOf} writes.
   *
   * @throws MalformedObjectException when it is not in normal form
   */
  public static Raw decodeRaw(byte[] in) {
    if (in.length < FIXED) {
      throw new MalformedObjectException("metadata of " + in.length + " bytes is too short");
    }
    var raw =
        new Raw(
            Framing.getBigEndian(in, 0),
            Framing.getBigEndian(in, 4),
            Framing.getBigEndian(in, 8),
            Xattrs.decode(in, FIXED, in.length - FIXED));
    if (!Arrays.equals(in, encodeOf(raw.uid(), raw.gid(), raw.mode(), raw.xattrs()))) {
      throw new MalformedObjectException("Not normal form: metadata");
    }
    return raw;
  }
}
