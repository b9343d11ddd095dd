package dev.coppice.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PosixNamesTest {
  /** Bytes that begin, continue or break sequences: random ones of these hit every branch. */
  private static final int[] INTERESTING = {
    'a', '/', 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0,
    0xF1, 0xF4, 0xF5, 0xFF, 0x8F, 0x90, 0xBD, 0xB2
  };

  @Test
  void everyByteStringSurvivesTheRoundTrip() {
    var random = new Random(20261125);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = randomBytes(random);
      var name = PosixNames.decode(bytes);
      assertThat(PosixNames.encode(name)).isEqualTo(bytes);
      assertThat(PosixNames.isValidUtf8(name))
          .isEqualTo(Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes));
    }
  }

  @Test
  void ordersLikeTheBytes() {
    var random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      byte[] left = randomBytes(random);
      byte[] right =
          random.nextInt(4) == 0 ? Arrays.copyOf(left, left.length) : randomBytes(random);
      if (random.nextBoolean() && left.length > 0 && right.length > 0) {
        right[0] = left[0];
      }
      int expected = Integer.signum(Arrays.compareUnsigned(left, right));
      int actual = PosixNames.BYTE_ORDER.compare(PosixNames.decode(left), PosixNames.decode(right));
      assertThat(Integer.signum(actual)).isEqualTo(expected);
    }
  }

  @Test
  void escapesAreThoseOfPython() {
    // bytes.decode("utf-8", "surrogateescape") of Python 3.11 gave these.
    assertThat(PosixNames.decode(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\uDCFFb");
    assertThat(PosixNames.decode(new byte[] {(byte) 0xED, (byte) 0xB2, (byte) 0x80}))
        .isEqualTo("\uDCED\uDCB2\uDC80");
    assertThat(PosixNames.decode(new byte[] {(byte) 0xE0, (byte) 0xA0, 'A'}))
        .isEqualTo("\uDCE0\uDCA0A");
    assertThat(PosixNames.decode("\uFFFD grün 🌲".getBytes(UTF_8))).isEqualTo("\uFFFD grün 🌲");
  }

  @Test
  void codePointsAboveTheBasicPlaneSortLast() {
    assertThat("\uFFFD".compareTo("🌲")).isPositive();
    assertThat(PosixNames.BYTE_ORDER.compare("\uFFFD", "🌲")).isNegative();
    assertThat(PosixNames.BYTE_ORDER.compare("🌲", "🌳")).isNegative();
    assertThat(PosixNames.BYTE_ORDER.compare("a", "ab")).isNegative();
    assertThat(PosixNames.BYTE_ORDER.compare("é", "\uDCC2")).isPositive();
    assertThat(PosixNames.BYTE_ORDER.compare("\uD800", "a")).isPositive();
  }

  @Test
  void refusesASurrogateThatStandsForNoByte() {
    for (var name : new String[] {"x\uD800", "\uDC7F", "\uDD00", "\uDC00y"}) {
      assertThat(PosixNames.isValidUtf8(name)).isFalse();
      assertThatThrownBy(() -> PosixNames.encode(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("stands for no byte");
    }
  }

  private static byte[] randomBytes(Random random) {
    var bytes = new byte[random.nextInt(9)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] =
          (byte)
              (random.nextInt(5) == 0
                  ? random.nextInt(256)
                  : INTERESTING[random.nextInt(INTERESTING.length)]);
    }
    return bytes;
  }
}
