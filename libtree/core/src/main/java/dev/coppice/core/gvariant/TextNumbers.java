package dev.coppice.core.gvariant;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers in text form, as C's {@code strtoull}, {@code strtod} and {@code %.17g} take them. */
final class TextNumbers {
  private static final int DIGITS = 17;
  private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_EVEN);
  private static final long NEGATIVE_NAN = 0xfff8000000000000L;

  private TextNumbers() {}

  /** As {@code g_variant_print}: 17 significant digits, always recognisable as a double. */
  static String print(double value) {
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    if (Double.isNaN(value)) {
      return sign + "nan";
    }
    if (Double.isInfinite(value)) {
      return sign + "inf";
    }
    if (value == 0) {
      return sign + "0.0";
    }
    BigDecimal rounded = new BigDecimal(Math.abs(value)).round(ROUNDING).stripTrailingZeros();
    String digits = rounded.unscaledValue().toString();
    int exponent = digits.length() - 1 - rounded.scale();
    if (exponent < -4 || exponent >= DIGITS) {
      return sign + scientific(digits, exponent);
    }
    String plain = rounded.toPlainString();
    return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    int size = Math.abs(exponent);
    return mantissa + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
  }

  /** Whether a number without a declared type is a double. */
  static boolean looksFloating(String token) {
    return token.contains(".")
        || (token.contains("e") && !token.startsWith("0x"))
        || token.contains("inf")
        || token.contains("nan");
  }

  /**
   * The value of an integer: decimal, octal after 0, hexadecimal after 0x.
   *
   * @param bits bits of its magnitude
   * @return the value; for 64 unsigned bits, to be read as such
   */
  static long parseInteger(TextNode.Numeral number, char kind, int bits, boolean signed) {
    boolean negative = number.token().startsWith("-");
    long magnitude = requireInteger(number);
    negative &= magnitude != 0;
    long checked = negative ? magnitude - 1 : magnitude; // the lowest value is one further off
    boolean fits = bits == 64 || checked >>> bits == 0;
    if (!fits || (negative && !signed)) {
      throw number.span().error("number out of range for type '" + kind + "'");
    }
    return negative ? -magnitude : magnitude;
  }

  /** The magnitude of an integer of any type, to be read as unsigned. */
  static long requireInteger(TextNode.Numeral number) {
    String token = number.token();
    var digits = new Digits(token, token.startsWith("-") ? 1 : 0);
    if (digits.tooBig) {
      throw number.span().error("integer too big for any type");
    }
    if (digits.end != token.length()) {
      throw invalidCharacter(number, digits.end);
    }
    return digits.value;
  }

  /** An unsigned number of 64 bits after an optional sign, as {@code strtoull} reads it. */
  private static final class Digits {
    long value;
    boolean tooBig;
    int end;

    Digits(String token, int from) {
      int i = from;
      char first = at(token, i);
      i += first == '-' || first == '+' ? 1 : 0;
      int radix = at(token, i) == '0' ? 8 : 10;
      if (radix == 8 && (at(token, i + 1) | 0x20) == 'x' && digit(token, i + 2, 16) >= 0) {
        radix = 16;
        i += 2;
      }
      end = from; // until there is a digit, nothing is read
      for (int digit = digit(token, i, radix); digit >= 0; digit = digit(token, i, radix)) {
        tooBig |= Long.compareUnsigned(value, Long.divideUnsigned(-1 - digit, radix)) > 0;
        value = value * radix + digit;
        end = ++i;
      }
      value = first == '-' ? -value : value;
    }
  }

  /**
   * The value of a double. Unlike GLib this takes numbers too small for full precision, since
   * {@code g_variant_print} writes them.
   */
  static double parseDouble(TextNode.Numeral number) {
    String token = number.token();
    int end = endOfDouble(token);
    double value = end == 0 ? 0 : valueOf(token.substring(0, end));
    if (Double.isInfinite(value) && token.indexOf('n') < 0 && token.indexOf('N') < 0) {
      throw number.span().error("number too big for any type");
    }
    if (end != token.length()) {
      throw invalidCharacter(number, end);
    }
    return value;
  }

  /** The value of what {@code strtod} would read. */
  private static double valueOf(String token) {
    boolean negative = token.startsWith("-");
    int sign = negative || token.startsWith("+") ? 1 : 0;
    char first = (char) (at(token, sign) | 0x20);
    if (first == 'n') {
      return negative ? Double.longBitsToDouble(NEGATIVE_NAN) : Double.NaN;
    }
    if (first == 'i') {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    boolean hex = isHex(token, sign);
    boolean lacksExponent = hex && token.indexOf('p') < 0 && token.indexOf('P') < 0;
    return Double.parseDouble(lacksExponent ? token + "p0" : token);
  }

  /** How far {@code strtod} would read; 0 if it finds no number. */
  private static int endOfDouble(String token) {
    char first = at(token, 0);
    int i = first == '-' || first == '+' ? 1 : 0;
    for (String word : new String[] {"infinity", "inf", "nan"}) {
      if (token.regionMatches(true, i, word, 0, word.length())) {
        return i + word.length();
      }
    }
    boolean hex = isHex(token, i);
    int radix = hex ? 16 : 10;
    i += hex ? 2 : 0;
    int start = i;
    i = skipDigits(token, i, radix);
    int digits = i - start;
    if (at(token, i) == '.') {
      int fraction = i + 1;
      i = skipDigits(token, fraction, radix);
      digits += i - fraction;
    }
    if (digits == 0) {
      return 0;
    }
    if ((at(token, i) | 0x20) == (hex ? 'p' : 'e')) {
      char sign = at(token, i + 1);
      int exponent = i + (sign == '-' || sign == '+' ? 2 : 1);
      int end = skipDigits(token, exponent, 10);
      i = end > exponent ? end : i;
    }
    return i;
  }

  private static boolean isHex(String token, int at) {
    return at(token, at) == '0'
        && (at(token, at + 1) | 0x20) == 'x'
        && (digit(token, at + 2, 16) >= 0
            || (at(token, at + 2) == '.' && digit(token, at + 3, 16) >= 0));
  }

  private static int skipDigits(String token, int from, int radix) {
    int i = from;
    while (digit(token, i, radix) >= 0) {
      i++;
    }
    return i;
  }

  private static int digit(String token, int index, int radix) {
    return Character.digit(at(token, index), radix);
  }

  private static char at(String token, int index) {
    return index < token.length() ? token.charAt(index) : 0;
  }

  private static VariantParseException invalidCharacter(TextNode.Numeral number, int index) {
    int at = number.span().start() + index;
    return new VariantParseException(at, at + 1, "invalid character in number");
  }
}
