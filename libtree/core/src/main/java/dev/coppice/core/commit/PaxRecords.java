package dev.coppice.core.commit;

import dev.coppice.core.object.Xattrs;
import dev.coppice.core.object.Xattrs.Xattr;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The extended header of one archive entry, values as bytes. Source: POSIX pax, "pax Extended
 * Header"; attributes as libarchive reads them.
 */
final class PaxRecords {
  private static final int BLOCK = 512;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE_AT = 156;
  private static final String SCHILY = "SCHILY.xattr.";
  private static final String LIBARCHIVE = "LIBARCHIVE.xattr.";
  private static final String SELINUX = "RHT.security.selinux";

  private final Map<String, byte[]> values = new LinkedHashMap<>();

  private PaxRecords() {}

  /**
   * Reads the blocks that stood before the content of an entry.
   *
   * @param blocks what was read since the end of the previous content
   * @param start where they began in the archive: headers stand at multiples of a block
   */
  static PaxRecords read(byte[] blocks, long start) {
    var records = new PaxRecords();
    int at = (int) Math.floorMod(-start, (long) BLOCK);
    while (at + BLOCK <= blocks.length) {
      byte type = blocks[at + TYPE_AT];
      if (type == 'x' || type == 'L' || type == 'K' || type == 'g') {
        long size = octal(blocks, at + SIZE_AT);
        int body = at + BLOCK;
        if (size < 0 || size > blocks.length - body) {
          break; // commons-compress has complained about it, or will
        }
        if (type == 'x') {
          records.parse(blocks, body, body + (int) size);
        }
        at = body + (int) ((size + BLOCK - 1) / BLOCK * BLOCK);
      } else if (blocks[at] == 0) {
        at += BLOCK;
      } else {
        break;
      }
    }
    return records;
  }

  private static long octal(byte[] block, int at) {
    long value = 0;
    for (int i = at; i < at + SIZE_LENGTH; i++) {
      if (block[i] >= '0' && block[i] <= '7') {
        value = value * 8 + block[i] - '0';
      }
    }
    return value;
  }

  /** Records are {@code LENGTH KEY=VALUE\n}, the length counting all of it. */
  private void parse(byte[] in, int from, int end) {
    int at = from;
    while (at < end) {
      int digit = at;
      long length = 0;
      while (digit < end && in[digit] >= '0' && in[digit] <= '9' && length <= end) {
        length = length * 10 + in[digit++] - '0';
      }
      int stop = (int) Math.min(at + length, Integer.MAX_VALUE);
      if (digit == at || digit >= end || in[digit] != ' ' || stop > end || stop <= digit + 1) {
        return;
      }
      int equals = digit + 1;
      while (equals < stop && in[equals] != '=') {
        equals++;
      }
      if (equals < stop) {
        String key = new String(in, digit + 1, equals - digit - 1, StandardCharsets.UTF_8);
        values.put(key, Arrays.copyOfRange(in, equals + 1, stop - 1));
      }
      at = stop;
    }
  }

  /** The value of a key as bytes, or null. */
  byte @Nullable [] get(String key) {
    return values.get(key);
  }

  /** The extended attributes. */
  Xattrs xattrs() {
    List<Xattr> found = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(SCHILY)) {
            add(found, key.substring(SCHILY.length()), value);
          }
        });
    values.forEach(
        (key, value) -> {
          if (key.startsWith(LIBARCHIVE)) {
            add(found, percentDecoded(key.substring(LIBARCHIVE.length())), base64(value));
          } else if (key.equals(SELINUX)) {
            add(found, "security.selinux", value);
          }
        });
    return Xattrs.of(found);
  }

  /** Archives have the same attribute in several spellings. */
  private static void add(List<Xattr> found, String name, byte @Nullable [] value) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    boolean known = found.stream().anyMatch(other -> Arrays.equals(other.name(), bytes));
    if (value != null && !known && !name.isEmpty()) {
      found.add(new Xattr(bytes, value));
    }
  }

  private static byte @Nullable [] base64(byte[] value) {
    try {
      return Base64.getDecoder().decode(value);
    } catch (IllegalArgumentException e) {
      return null; // libarchive drops such an attribute as well
    }
  }

  private static String percentDecoded(String text) {
    var out = new ByteArrayOutputStream();
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < in.length; i++) {
      int high = i + 2 < in.length && in[i] == '%' ? Character.digit(in[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
      if (low >= 0) {
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(in[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
