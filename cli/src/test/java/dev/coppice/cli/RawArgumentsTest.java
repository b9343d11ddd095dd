package dev.coppice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawArgumentsTest {
  @Test
  void bytesThatAreNotUtf8BecomeLoneSurrogates() {
    byte[] line = "java\0é\0\0x?y\0".getBytes(StandardCharsets.UTF_8);
    line[line.length - 3] = (byte) 0xFF;
    assertThat(RawArguments.split(line)).containsExactly("java", "é", "", "x\uDCFFy");
  }

  @Test
  void validArgumentsArePassedAsTheyAre() {
    assertThat(RawArguments.of(new String[] {"a", "ü", ""})).containsExactly("a", "ü", "");
  }
}
