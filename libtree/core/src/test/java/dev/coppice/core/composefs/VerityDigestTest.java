package dev.coppice.core.composefs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected digests are those of {@code composefs-info measure-file} (composefs 1.0.8). */
class VerityDigestTest {
  /** Bytes that differ from block to block: the number of the byte, as a few letters of it. */
  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i + i / 4096);
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({
    "1, b803429503d95915829b29fdbc8bbad142f3abfd11b1cadf5526582e685c0551",
    "4095, c91eabf17d32ede8864edf3412c084d8ff485ac932f7ccbf91a2c7f0efccb85e",
    "4096, 15a0095100272ab90a2209e97f8a2c54dff6f84d2b29524f95d92fe23b6ef25b",
    "4097, 4a9eb50b85c6758d29ba6fb9c851354dafce42cd5fd589f749ffeb752a48fc9f",
    "8192, 4a7bb4b08410886f728360ee978032031726cbfa9e3b5f8e9c653e4aeaebf30e",
    "524288, a79596c147cf1b10532bdffc4dea0fccf2fb46fd0ca36375e5cfec85fc5a00ad",
    "524289, b74f52eddf816218111665865e0710086767bac021c7c3c833db162e930455d9",
    "528384, e86097a207a7373edee9c32c7468825bb58cc7bd73ae1a001adc383347cb9235",
    "67108864, 3d567a7a0898751b842180838eba8f5bb218e8884ef0613b95f0a8b58dfc0ba3",
    "67108865, f63f27db556b67ce938d188201b50fce6877ce66a892e7d15f20afeb29de5ab5"
  })
  void isThatOfTheRealTool(int size, String expected) throws IOException {
    byte[] content = content(size);
    assertThat(VerityDigest.of(new ByteArrayInputStream(content)).hex()).isEqualTo(expected);
  }

  /** The kernel's rule; libcomposefs never asks. */
  @Test
  void noContentHasARootOfZeros() {
    assertThat(new VerityDigest().finish().hex())
        .isEqualTo("3d248ca542a24fc62d1c43b916eae5016878e2533c88238480b26128a1f1af95");
  }

  @Test
  void doesNotDependOnThePieces() throws IOException {
    byte[] content = content(700_001);
    var random = new SplittableRandom(7);
    for (int round = 0; round < 20; round++) {
      var digest = new VerityDigest();
      int most = 1 + random.nextInt(20_000);
      for (int at = 0; at < content.length; ) {
        int part = Math.min(random.nextInt(most + 1), content.length - at);
        digest.update(content, at, part);
        at += part;
      }
      assertThat(digest.finish()).isEqualTo(VerityDigest.of(new ByteArrayInputStream(content)));
    }
  }
}
