package dev.coppice.core.gvariant;

import java.util.Arrays;
import java.util.Random;

/** Random types, values of them, and ways to break their bytes; the seed decides all. */
final class RandomVariants {
  private static final String BASIC = "bynqiuxthdsog";
  private static final String[] LETTERS = {
    "a", "Z", "'", "\"", "\\", "\n", "\u0007", "\u007f", "ü", "€", "😀", "\u2028", " "
  };

  private final Random random;

  RandomVariants(long seed) {
    this.random = new Random(seed);
  }

  VariantType type() {
    return VariantType.of(typeText(random.nextInt(4)));
  }

  private String typeText(int depth) {
    if (depth == 0) {
      return pick("bynqiuxthdsogv");
    }
    String kind = pick("ynqiutxdsvaaaaaam(((({{");
    return switch (kind) {
      case "a", "m" -> kind + typeText(depth - 1);
      case "{" -> (random.nextBoolean() ? "a" : "") + "{" + pick(BASIC) + typeText(depth - 1) + "}";
      case "(" -> {
        var text = new StringBuilder("(");
        for (int i = random.nextInt(5); i > 0; i--) {
          text.append(typeText(depth - 1));
        }
        yield text.append(')').toString();
      }
      default -> kind;
    };
  }

  Variant value(VariantType type) {
    var writer = new VariantWriter(type, 16);
    write(type, writer);
    return writer.toVariant();
  }

  private void write(VariantType type, VariantWriter writer) {
    switch (type.kind()) {
      case 'b' -> writer.putBoolean(random.nextBoolean());
      case 'y' -> writer.putByte(random.nextInt());
      case 'n', 'q' -> writer.putInt16((int) number());
      case 'i', 'u', 'h' -> writer.putInt32((int) number());
      case 'x', 't' -> writer.putInt64(number());
      case 'd' -> writer.putDouble(Double.longBitsToDouble(doubleBits()));
      case 's' -> writer.putString(text());
      case 'o' -> writer.putString(random.nextBoolean() ? "/" : "/org/example/Foo_1");
      case 'g' -> writer.putString(random.nextBoolean() ? "" : "a{sv}(ii)");
      case 'v' -> {
        VariantType boxed = VariantType.of(typeText(random.nextInt(2)));
        writer.beginVariant(boxed);
        write(boxed, writer);
        writer.end();
      }
      case 'm' -> {
        writer.beginMaybe();
        repeat(random.nextInt(2), type.element(), writer);
      }
      case 'a' -> {
        writer.beginArray();
        repeat(random.nextInt(random.nextInt(20) == 0 ? 300 : 5), type.element(), writer);
      }
      default -> {
        if (type.isTuple()) {
          writer.beginTuple();
        } else {
          writer.beginDictEntry();
        }
        for (int i = 0; i < type.memberCount(); i++) {
          write(type.member(i), writer);
        }
        writer.end();
      }
    }
  }

  private void repeat(int times, VariantType element, VariantWriter writer) {
    for (int i = 0; i < times; i++) {
      write(element, writer);
    }
    writer.end();
  }

  private long number() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(10);
      case 1 -> -1L << random.nextInt(64);
      default -> random.nextLong();
    };
  }

  /** Any double but NaNs with a payload, which have no text, and those too small for GLib's. */
  private long doubleBits() {
    double value =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(1000) / 8.0;
          case 1 ->
              new double[] {0, -0.0, Double.NaN, 1 / 0.0, -1 / 0.0, 1e16, 1e17}[random.nextInt(7)];
          default -> Double.longBitsToDouble(random.nextLong());
        };
    return Double.doubleToLongBits(Math.abs(value) < Double.MIN_NORMAL ? 0 : value);
  }

  private String text() {
    var text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  private String pick(String letters) {
    int at = random.nextInt(letters.length());
    return letters.substring(at, at + 1);
  }

  /** The bytes with one to three changes. */
  byte[] broken(byte[] bytes) {
    byte[] data = bytes;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      data = brokenOnce(data);
    }
    return data;
  }

  private byte[] brokenOnce(byte[] data) {
    int way = random.nextInt(5);
    int at = random.nextInt(data.length + 1);
    if (way == 0 || data.length == 0) {
      byte[] longer = Arrays.copyOf(data, data.length + 1);
      System.arraycopy(data, at, longer, at + 1, data.length - at);
      longer[at] = (byte) random.nextInt();
      return longer;
    }
    byte[] copy = data.clone();
    switch (way) {
      case 1 -> {
        return Arrays.copyOf(data, at);
      }
      case 2 -> { // the offsets are at the end
        int back = 1 + random.nextInt(Math.min(3, data.length));
        copy[data.length - back] = (byte) random.nextInt(data.length + 4);
      }
      case 3 -> copy[at % data.length] = (byte) random.nextInt();
      default -> copy[at % data.length] = new byte[] {0, 1, 2, 'A', 127, -128, -1}[at % 7];
    }
    return copy;
  }
}
