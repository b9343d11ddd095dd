package dev.coppice.transfer.delta.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.XZInputStream;

class PackingTrialTest {
  private static final int SIZE = 5_000_000;

  private static byte[] random() {
    byte[] bytes = new byte[SIZE];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  /** What a file comes to of which so many bytes of each thousand are zero. */
  private static long perMille(int zeros) throws IOException {
    byte[] bytes = random();
    for (int i = 0; i < SIZE; i += 1000) {
      Arrays.fill(bytes, i, i + zeros, (byte) 0);
    }
    var content = new ByteArrayInputStream(bytes);
    return PackingTrial.perMille(PartCompression.COMPRESSED, content, SIZE);
  }

  @Test
  void saysWhatPackingSaves() throws IOException {
    assertThat(perMille(0)).isBetween(1000L, 1002L);
    assertThat(perMille(100)).isBetween(895L, 925L);
    InputStream nothing = InputStream.nullInputStream();
    assertThat(PackingTrial.perMille(PartCompression.COMPRESSED, nothing, 0)).isZero();
  }

  @Test
  void whatIsStoredIsAnXzFileOfTheSameSize() throws IOException {
    byte[] bytes = random();
    var file = new ByteArrayOutputStream();
    try (var xz = PartCompression.STORED.on(file, SIZE)) {
      xz.write(bytes);
    }
    assertThat(file.size()).isBetween(SIZE, SIZE + SIZE / 1000);
    assertThat(new XZInputStream(new ByteArrayInputStream(file.toByteArray())).readAllBytes())
        .isEqualTo(bytes);
  }
}
