package dev.coppice.core.gvariant;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a {@code v} hold.
 *
 * @param type type of the value
 * @param length size of the value in bytes; it starts where the box does
 */
record Box(VariantType type, int length) {

  /** Finds the value in a box {@code depth} levels down; null if the box is broken. */
  static @Nullable Box find(byte[] data, int offset, int length, int depth) {
    int nul = length - 1;
    while (nul >= 0 && data[offset + nul] != 0) {
      nul--;
    }
    if (nul < 0) {
      return null;
    }
    VariantType type = typeAt(data, offset + nul + 1, length - nul - 1);
    if (type == null
        || (type.isFixedSize() && type.fixedSize() != nul)
        || depth + type.depth() >= TypeScanner.MAX_DEPTH) {
      return null;
    }
    return new Box(type, nul);
  }

  private static @Nullable VariantType typeAt(byte[] data, int offset, int length) {
    return length == 1
        ? VariantType.basic((char) (data[offset] & 0xff))
        : VariantType.parse(new String(data, offset, length, StandardCharsets.ISO_8859_1));
  }
}
