package dev.coppice.core.gvariant;

/**
 * Decides whether serialised bytes are in normal form: the one form that GLib writes for a value.
 *
 * <p>Recursion is bounded by the depth limit of types and of nested values.
 */
final class Normality {
  private final byte[] data;

  Normality(byte[] data) {
    this.data = data;
  }

  /** Whether the slice is the normal form of a value of the type, {@code depth} levels down. */
  boolean isNormal(VariantType type, int offset, int length, int depth) {
    if (depth >= TypeScanner.MAX_DEPTH || (type.isFixedSize() && length != type.fixedSize())) {
      return false;
    }
    return switch (type.kind()) {
      case 'b' -> data[offset] == 0 || data[offset] == 1;
      case 's', 'o', 'g' -> VariantStrings.isValid(type.kind(), data, offset, length);
      case 'v' -> isNormalBox(offset, length, depth);
      case 'm' -> isNormalMaybe(type.element(), offset, length, depth);
      case 'a' -> isNormalArray(type.element(), offset, length, depth);
      case '(', '{' -> isNormalTuple(type, offset, length, depth);
      default -> true;
    };
  }

  private boolean isNormalBox(int offset, int length, int depth) {
    Box box = Box.find(data, offset, length, depth);
    return box != null && isNormal(box.type(), offset, box.length(), depth + 1);
  }

  private boolean isNormalMaybe(VariantType element, int offset, int length, int depth) {
    if (length == 0) {
      return true;
    }
    if (element.isFixedSize()) {
      return isNormal(element, offset, length, depth + 1);
    }
    return data[offset + length - 1] == 0 && isNormal(element, offset, length - 1, depth + 1);
  }

  private boolean isNormalArray(VariantType element, int offset, int length, int depth) {
    if (element.isFixedSize()) {
      return isNormalFixedArray(element, offset, length, depth);
    }
    var framing = new ArrayFraming(element, data).at(offset, length);
    int count = framing.count();
    if (count == 0) {
      return length == 0;
    }
    if (!framing.minimalOffsets()) {
      return false;
    }
    long position = 0;
    for (int i = 0; i < count; i++) {
      long end = framing.endOf(i);
      long start = Framing.align(position, element.alignment());
      if (end < position || end > framing.bodySize()) {
        return false;
      }
      if (start > position && (start > end || !isZero(offset + position, offset + start))) {
        return false;
      }
      if (!isNormal(element, offset + (int) start, (int) (end - start), depth + 1)) {
        return false;
      }
      position = end;
    }
    return true;
  }

  private boolean isNormalFixedArray(VariantType element, int offset, int length, int depth) {
    int size = element.fixedSize();
    if (length % size != 0) {
      return false;
    }
    if (element.isBasic() && element.kind() != 'b') {
      return true; // every bit pattern of a number is a value
    }
    for (int i = 0; i < length; i += size) {
      if (!isNormal(element, offset + i, size, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean isNormalTuple(VariantType type, int offset, int length, int depth) {
    int offsetSize = Framing.offsetSize(length);
    int table = length;
    long position = 0;
    TupleLayout layout = type.layout();
    for (int i = 0; i < type.memberCount(); i++) {
      VariantType member = type.member(i);
      long start = Framing.align(position, member.alignment());
      if (start > length || !isZero(offset + position, offset + start)) {
        return false;
      }
      long end;
      switch (layout.ending(i)) {
        case TupleLayout.FIXED -> end = start + member.fixedSize();
        case TupleLayout.LAST -> end = table;
        default -> {
          table -= offsetSize;
          if (table < start) {
            return false;
          }
          end = Framing.readOffset(data, offset + table, offsetSize);
        }
      }
      if (end < start
          || end > table
          || !isNormal(member, offset + (int) start, (int) (end - start), depth + 1)) {
        return false;
      }
      position = end;
    }
    if (type.isFixedSize()) {
      return isZero(offset + position, offset + length);
    }
    int stored = storedOffsets(type);
    return position == table
        && (stored == 0 || length == 0 || Framing.offsetSize(position, stored) == offsetSize);
  }

  private static int storedOffsets(VariantType tuple) {
    int last = tuple.memberCount() - 1;
    int before = tuple.layout().offsetsBefore(last);
    return tuple.layout().ending(last) == TupleLayout.OFFSET ? before + 1 : before;
  }

  private boolean isZero(long from, long to) {
    for (long i = from; i < to; i++) {
      if (data[(int) i] != 0) {
        return false;
      }
    }
    return true;
  }
}
