package dev.coppice.core.export;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A block that describes an entry. Fields that nobody sets stay zero, device numbers among them.
 * Source: the GNU tar manual, "Basic Tar Format", and archives of libarchive.
 */
final class TarHeader {
  /** Bytes of a block. */
  static final int BLOCK = 512;

  /** Bytes of a name that fit without a further header. */
  static final int NAME = 100;

  static final byte[] GNU_MAGIC = "ustar  \0".getBytes(StandardCharsets.US_ASCII);
  static final byte[] POSIX_MAGIC = "ustar\00000".getBytes(StandardCharsets.US_ASCII);

  private static final int MODE_AT = 100;
  private static final int UID_AT = 108;
  private static final int GID_AT = 116;
  private static final int SIZE_AT = 124;
  private static final int MTIME_AT = 136;
  private static final int CHECKSUM_AT = 148;
  private static final int FLAG_AT = 156;
  private static final int LINK_AT = 157;
  private static final int MAGIC_AT = 257;
  private static final int USER_AT = 265;
  private static final int GROUP_AT = 297;
  private static final int SHORT = 8;
  private static final int LONG = 12;

  private final byte[] block = new byte[BLOCK];

  TarHeader(char flag, byte[] magic) {
    block[FLAG_AT] = (byte) flag;
    put(MAGIC_AT, magic, magic.length);
  }

  TarHeader name(byte[] name) {
    put(0, name, NAME);
    return this;
  }

  TarHeader link(byte[] target) {
    put(LINK_AT, target, NAME);
    return this;
  }

  TarHeader mode(int permissions) {
    number(MODE_AT, SHORT, permissions);
    return this;
  }

  TarHeader owner(int uid, int gid) {
    number(UID_AT, SHORT, Integer.toUnsignedLong(uid));
    number(GID_AT, SHORT, Integer.toUnsignedLong(gid));
    return this;
  }

  TarHeader ownerNames(String user, String group) {
    put(USER_AT, user.getBytes(StandardCharsets.US_ASCII), user.length());
    put(GROUP_AT, group.getBytes(StandardCharsets.US_ASCII), group.length());
    return this;
  }

  TarHeader size(long bytes) {
    number(SIZE_AT, LONG, bytes);
    return this;
  }

  /** Seconds since 1970; times that do not fit are cut, not wrapped. */
  TarHeader modified(long seconds) {
    number(MTIME_AT, LONG, Math.clamp(seconds, 0, (1L << 33) - 1));
    return this;
  }

  /** The block with its checksum. */
  byte[] bytes() {
    Arrays.fill(block, CHECKSUM_AT, CHECKSUM_AT + SHORT, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    octal(CHECKSUM_AT, SHORT - 2, sum);
    block[CHECKSUM_AT + SHORT - 2] = 0;
    return block;
  }

  private void put(int at, byte[] bytes, int room) {
    System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, room));
  }

  /** Octal digits and a NUL; GNU's base 256 where those do not suffice. */
  private void number(int at, int width, long value) {
    int digits = width - 1;
    if (value < 1L << 3 * digits) {
      octal(at, digits, value);
      return;
    }
    long left = value;
    for (int i = width - 1; i >= 0; i--) {
      block[at + i] = (byte) left;
      left >>>= 8;
    }
    block[at] |= (byte) 0x80;
  }

  private void octal(int at, int digits, long value) {
    long left = value;
    for (int i = digits - 1; i >= 0; i--) {
      block[at + i] = (byte) ('0' + (left & 7));
      left >>>= 3;
    }
  }
}
