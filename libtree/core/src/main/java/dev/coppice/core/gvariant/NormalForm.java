package dev.coppice.core.gvariant;

import java.nio.ByteOrder;

/** Rewrites a value in normal form and in a given byte order. */
final class NormalForm {
  /**
   * Normal form larger than this and than twice the input is refused: a few hostile bytes can stand
   * for many default values of a large fixed-size type.
   */
  private static final int LIMIT = 64 << 20;

  private NormalForm() {}

  /** The value in normal form, rewritten from its parts even if it is normal already. */
  static Variant of(Variant value, ByteOrder order) {
    long limit = Math.min(Integer.MAX_VALUE - 16, LIMIT + 2L * value.size());
    var writer = new VariantWriter(value.type(), value.size() + 16, order, (int) limit);
    rewrite(value, writer);
    return writer.toVariant();
  }

  /** Puts the value where the writer stands; the types must be known to agree. */
  static void append(Variant value, VariantWriter writer) {
    if ((value.type().alignment() == 1 || sameOrder(value, writer)) && value.isNormal()) {
      value.appendSerialised(writer);
    } else {
      rewrite(value, writer);
    }
  }

  private static void rewrite(Variant value, VariantWriter writer) {
    if (value.isMissing()) {
      writer.putZeros();
      return;
    }
    switch (value.type().kind()) {
      case 'b' -> writer.putBoolean(value.asBoolean());
      case 'y' -> writer.putByte(value.asByte());
      case 'n' -> writer.putInt16(value.asInt16());
      case 'q' -> writer.putInt16(value.asUint16());
      case 'i', 'h' -> writer.putInt32(value.asInt32());
      case 'u' -> writer.putInt32((int) value.asUint32());
      case 'x' -> writer.putInt64(value.asInt64());
      case 't' -> writer.putInt64(value.asUint64());
      case 'd' -> writer.putDouble(value.asDouble());
      case 's', 'o', 'g' -> writer.putString(value.asString());
      case 'a' -> rewriteArray(value, writer);
      case 'm' -> children(value, writer.beginMaybe());
      case 'v' -> children(value, writer.beginVariant(value.unbox().type()));
      case '{' -> children(value, writer.beginDictEntry());
      default -> children(value, writer.beginTuple());
    }
  }

  private static void rewriteArray(Variant value, VariantWriter writer) {
    VariantType element = value.type().element();
    boolean numbers = element.isBasic() && element.isFixedSize() && element.kind() != 'b';
    boolean asIs = numbers && (element.fixedSize() == 1 || sameOrder(value, writer));
    if (asIs && value.childCount() > 0) {
      value.appendSerialised(writer); // every bit pattern of a number is normal
    } else {
      children(value, writer.beginArray());
    }
  }

  private static void children(Variant value, VariantWriter writer) {
    for (Variant child : value.children()) {
      rewrite(child, writer);
    }
    writer.end();
  }

  private static boolean sameOrder(Variant value, VariantWriter writer) {
    return (value.order() == ByteOrder.BIG_ENDIAN) == writer.bigEndian();
  }
}
