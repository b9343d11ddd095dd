package dev.coppice.core.export;

import dev.coppice.core.object.Xattrs.Xattr;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What does not fit into a header block, as records {@code LENGTH KEY=VALUE\n} whose length counts
 * itself. Source: POSIX, pax, "pax Extended Header".
 */
final class PaxRecords {
  private static final long MAX_OWNER = (1L << 21) - 1;
  private static final long MAX_SIZE = (1L << 33) - 1;

  private PaxRecords() {}

  /** The records of an entry; empty when its header says everything. */
  static byte[] of(TarEntry entry, byte[] path, byte[] target, boolean xattrs) {
    var out = new ByteArrayOutputStream();
    if (!fits(path)) {
      add(out, "path".getBytes(StandardCharsets.UTF_8), path);
    }
    if (!fits(target)) {
      add(out, "linkpath".getBytes(StandardCharsets.UTF_8), target);
    }
    number(out, "uid", Integer.toUnsignedLong(entry.attributes().uid()), MAX_OWNER);
    number(out, "gid", Integer.toUnsignedLong(entry.attributes().gid()), MAX_OWNER);
    number(out, "size", entry.size(), MAX_SIZE);
    if (xattrs && entry.kind() != TarEntry.Kind.HARD_LINK) {
      for (Xattr xattr : entry.attributes().xattrs().entries()) {
        var key = new ByteArrayOutputStream();
        key.writeBytes("SCHILY.xattr.".getBytes(StandardCharsets.UTF_8));
        key.writeBytes(xattr.name());
        add(out, key.toByteArray(), xattr.value());
      }
    }
    return out.toByteArray();
  }

  private static boolean fits(byte[] name) {
    if (name.length > TarHeader.NAME) {
      return false;
    }
    for (byte b : name) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static void number(ByteArrayOutputStream out, String key, long value, long most) {
    if (value > most) {
      add(
          out,
          key.getBytes(StandardCharsets.UTF_8),
          Long.toString(value).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void add(ByteArrayOutputStream out, byte[] key, byte[] value) {
    int body = key.length + value.length + 3;
    int length = body + Integer.toString(body).length();
    // The digits of the length may make the length one digit longer.
    length = body + Integer.toString(length).length();
    out.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(key);
    out.write('=');
    out.writeBytes(value);
    out.write('\n');
  }
}
