package dev.coppice.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiblzmaTest {
  /** Of {@code yes content | head -c 300000 | xz --check=crc32 -0}, xz 5.4.1. */
  private static final byte[] STREAM =
      HexFormat.of()
          .parseHex(
              "fd377a585a0000016922de36020021010c0000008f98419ce493df00785d00319bca19da"
                  + "eda4e9aa520f7cf973dc67b4a05f0dbc12fd23363c485ac2838332ae9664f607ede454e3"
                  + "a04389297522ef7b556ab1235e5905c4a76543b82c3eafe1b681c217102497389b0ab5ba"
                  + "904139db91eb9cec1f90ef27f8835efbc3b57f32311a9fb78d316e709ea7235fec28cb85"
                  + "d1957f266bbe0000d3df858500019001e0a712002091ef913e300d8b020000000001595a");

  private static final long MEMORY = 4L << 20;

  private Liblzma library;

  @BeforeEach
  void load() {
    assumeTrue(Liblzma.load().isPresent(), "needs the library liblzma");
    library = Liblzma.load().orElseThrow();
  }

  private static byte[] content() {
    byte[] bytes = new byte[300_000];
    byte[] line = "content\n".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = line[i % line.length];
    }
    return bytes;
  }

  private byte[] decode(byte[] bytes, long memory) throws IOException {
    try (InputStream in = library.decode(new ByteArrayInputStream(bytes), memory)) {
      return in.readAllBytes();
    }
  }

  @Test
  void decodes() throws IOException {
    assertThat(decode(STREAM, MEMORY)).isEqualTo(content());
    byte[] more = Arrays.copyOf(STREAM, STREAM.length + 10);
    assertThat(decode(more, MEMORY)).isEqualTo(content());
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> decode(Arrays.copyOf(STREAM, STREAM.length - 20), MEMORY))
        .isInstanceOf(LzmaException.class)
        .hasMessage("it is cut off");
    assertThatThrownBy(() -> decode(new byte[0], MEMORY)).isInstanceOf(LzmaException.class);
    assertThatThrownBy(() -> decode("no such format".getBytes(StandardCharsets.US_ASCII), MEMORY))
        .hasMessage("it is not in the .xz format");
    byte[] damaged = STREAM.clone();
    damaged[40] ^= 0x10;
    assertThatThrownBy(() -> decode(damaged, MEMORY)).isInstanceOf(LzmaException.class);
    assertThatThrownBy(() -> decode(STREAM, 1000))
        .isInstanceOfSatisfying(LzmaException.class, e -> assertThat(e.needsMemory()).isTrue());
  }

  @Test
  void isClosedOnce() throws IOException {
    InputStream in = library.decode(new ByteArrayInputStream(STREAM), MEMORY);
    assertThat(in.read()).isEqualTo('c');
    in.close();
    in.close();
  }
}
