package dev.coppice.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static byte[] printed(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var output = new Output(bytes);
    output.print(text);
    output.flush();
    return bytes.toByteArray();
  }

  @Property(tries = 300)
  void textComesOutAsUtf8(@ForAll int[] codePoints) throws IOException {
    var text = new StringBuilder();
    for (int point : codePoints) {
      int valid = Math.floorMod(point, Character.MAX_CODE_POINT + 1);
      text.appendCodePoint(valid >= 0xD800 && valid <= 0xDFFF ? 'x' : valid);
    }
    assertThat(printed(text.toString()))
        .isEqualTo(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void loneSurrogatesAreTheBytesOfFileNames() throws IOException {
    assertThat(printed("a\uDCFF\uDC80b\uD800"))
        .isEqualTo(new byte[] {'a', (byte) 0xFF, (byte) 0x80, 'b', '?'});
  }

  @Test
  void largeAndSmallWritesKeepTheirOrder() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var output = new Output(bytes);
    output.print("head ");
    output.write("x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    output.println(" tail");
    output.flush();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("head " + "x".repeat(100_000) + " tail\n");
  }
}
