package dev.coppice.transfer.delta.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateTest {
  private final Estimate estimate = new Estimate();

  @AfterEach
  void close() {
    estimate.close();
  }

  private static byte[] random(int size) {
    var bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] text(int size) {
    var text = new StringBuilder();
    var random = new Random(1);
    while (text.length() < size) {
      text.append("line ").append(random.nextInt(1000)).append(" of a log\n");
    }
    return Arrays.copyOf(text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), size);
  }

  private static long deflated(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var deflate = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, true))) {
      deflate.write(bytes);
    }
    return out.size();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 16_384, 16_385, 1_000_000})
  void isTheSizeThatDeflateComesTo(int size) throws IOException {
    for (byte[] bytes : new byte[][] {new byte[size], random(size), text(size)}) {
      assertThat(estimate.compressed(bytes)).isEqualTo(deflated(bytes));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4096, 1_000_000})
  void isTheSameInWhateverPiecesBytesAreWritten(int piece) throws IOException {
    byte[] bytes = text(60_000);
    long whole = estimate.compressed(bytes);
    long written =
        estimate.compressed(
            out -> {
              for (int i = 0; i < bytes.length; i += piece) {
                if (piece == 1) {
                  out.write(bytes[i]);
                } else {
                  out.write(bytes, i, Math.min(piece, bytes.length - i));
                }
              }
            });
    assertThat(written).isEqualTo(whole);
  }

  @Test
  void nothingIsLeftOfTheOneBefore() throws IOException {
    long first = estimate.compressed(text(50_000));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                estimate.compressed(
                    out -> {
                      out.write(random(30_000));
                      throw new IOException("the file went away");
                    }));
    assertThat(estimate.compressed(random(50_000))).isGreaterThanOrEqualTo(50_000);
    assertThat(estimate.compressed(text(50_000))).isEqualTo(first);
    assertThat(estimate.compressed(out -> {})).isEqualTo(estimate.compressed(new byte[0]));
  }

  /** What it is for: the order in which encodings of the same file stand. */
  @Test
  void ordersContentByWhatItComesTo() {
    assertThat(estimate.compressed(new byte[100_000]))
        .isLessThan(estimate.compressed(text(100_000)));
    assertThat(estimate.compressed(text(100_000))).isLessThan(estimate.compressed(random(100_000)));
  }
}
