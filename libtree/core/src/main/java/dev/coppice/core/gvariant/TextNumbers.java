package dev.coppice.core.gvariant;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Doubles in text form: 17 significant digits, as C's {@code %.17g}. */
final class TextNumbers {
  private static final int DIGITS = 17;
  private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

  private TextNumbers() {}

  /** As {@code g_variant_print}: always recognisable as a double. */
  static String print(double value) {
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    String sign = negative ? "-" : "";
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
}
