package dev.coppice.core.commit;

/**
 * Numbers as C's {@code strtod} in the C locale finds them at the start of a text, cut to 32 bits
 * as x86-64 and the real tool do.
 */
final class CNumber {
  private final String text;
  private int at;

  private CNumber(String text) {
    this.text = text;
  }

  /** The number at the start of the text; 0 when there is none. */
  static int toInt(String text) {
    double value = new CNumber(text).read();
    // What the conversion instruction gives for everything that does not fit, NaN included.
    boolean fits = value > -2147483649.0 && value < 2147483648.0;
    return fits ? (int) value : Integer.MIN_VALUE;
  }

  private double read() {
    while (at < text.length() && " \t\n\013\f\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (negative || (at < text.length() && text.charAt(at) == '+')) {
      at++;
    }
    double value = magnitude();
    return negative ? -value : value;
  }

  private double magnitude() {
    if (text.regionMatches(true, at, "inf", 0, 3)) {
      return Double.POSITIVE_INFINITY;
    }
    if (text.regionMatches(true, at, "nan", 0, 3)) {
      return Double.NaN;
    }
    if (text.regionMatches(true, at, "0x", 0, 2)) {
      String hex = number(at + 2, 16);
      return hex.isEmpty()
          ? 0
          : Double.parseDouble("0x" + (hex.indexOf('p') < 0 ? hex + "p0" : hex));
    }
    String decimal = number(at, 10);
    return decimal.isEmpty() ? 0 : Double.parseDouble(decimal);
  }

  /** The longest number at {@code start}: digits, point, digits, exponent; empty when no digit. */
  private String number(int start, int radix) {
    int end = digits(start, radix);
    int count = end - start;
    if (end < text.length() && text.charAt(end) == '.') {
      int fraction = digits(end + 1, radix);
      count += fraction - end - 1;
      end = count > 0 ? fraction : end;
    }
    if (count == 0) {
      return "";
    }
    String mantissa = text.substring(start, end);
    if (radix == 16 && mantissa.endsWith(".")) {
      mantissa += "0";
    }
    char mark = radix == 16 ? 'p' : 'e';
    if (end < text.length() && Character.toLowerCase(text.charAt(end)) == mark) {
      int exponent = end + 1;
      if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
        exponent++;
      }
      int stop = digits(exponent, 10);
      if (stop > exponent) {
        return mantissa + mark + text.substring(end + 1, stop);
      }
    }
    return mantissa;
  }

  private int digits(int start, int radix) {
    int end = start;
    while (end < text.length()
        && text.charAt(end) < 128
        && Character.digit(text.charAt(end), radix) >= 0) {
      end++;
    }
    return end;
  }
}
