package dev.coppice.core.gvariant;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Hostile bytes and text. The seeds are in {@code VariantFuzzTestInputs}; a test run replays them,
 * {@code JAZZER_FUZZ=1} searches for more.
 */
class VariantFuzzTest {
  private static final int BUDGET = 20_000;

  private int visited;

  /** The input is a type string, a NUL, and the bytes of a value. */
  @FuzzTest
  void anyBytesCanBeRead(byte[] input) {
    int nul = 0;
    while (nul < input.length && input[nul] != 0) {
      nul++;
    }
    VariantType type = VariantType.parse(new String(input, 0, nul, StandardCharsets.ISO_8859_1));
    if (type == null || nul == input.length) {
      return;
    }
    Variant value = Variant.of(type, Arrays.copyOfRange(input, nul + 1, input.length));
    visited = 0;
    walk(value);
    assertThat(value.toString()).hasSizeLessThan(300);
    try {
      Variant normal = value.toNormal();
      assertThat(Variant.of(type, normal.serialized()).isNormal()).isTrue();
      assertThat(normal.print(true)).isEqualTo(value.print(true));
      assertThat(value.byteswapped().byteswapped()).isEqualTo(normal);
    } catch (VariantSizeException tooLarge) {
      assertThat(value.isNormal()).isFalse();
    }
  }

  private void walk(Variant value) {
    if (visited++ > BUDGET) {
      return;
    }
    switch (value.type().kind()) {
      case 's', 'o', 'g' ->
          assertThat(value.asString().length()).isLessThanOrEqualTo(Math.max(1, value.size()));
      case 'y' -> assertThat(value.asByte()).isBetween(0, 255);
      default -> {
        int count = value.childCount();
        for (int i = 0; i < count && visited <= BUDGET; i += 1 + i / 64) {
          walk(value.child(i));
        }
      }
    }
  }

  @FuzzTest
  void anyTextIsAValueOrRefused(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Variant value;
    try {
      value = Variant.parseText(null, text);
    } catch (VariantParseException refused) {
      assertThat(refused.start()).isBetween(0, text.length());
      assertThat(refused.end()).isBetween(refused.start(), text.length());
      return;
    }
    assertThat(Variant.of(value.type(), value.serialized()).isNormal()).isTrue();
    // A NaN has no text for its payload, nor a maybe that is nested deeper than the parser goes.
    assertThat(Variant.parseText(null, value.print(true)).print(true)).isEqualTo(value.print(true));
  }
}
