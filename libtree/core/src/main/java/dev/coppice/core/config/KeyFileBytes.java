package dev.coppice.core.config;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a key file as text and back without loss: a byte that is not part of valid UTF-8, for
 * example in a Latin-1 comment, becomes a lone surrogate U+DC80 to U+DCFF, as file names do.
 */
final class KeyFileBytes {
  private static final char ESCAPE = 0xDC00;

  private KeyFileBytes() {}

  static String decode(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (ESCAPE + (in.get() & 0xff)));
      }
      result = decoder.decode(in, out, true);
    }
    return out.flip().toString();
  }

  static byte[] encode(String text) {
    var out = new ByteArrayOutputStream(text.length() + 16);
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char ch = text.charAt(i);
      boolean pairedWithHigh = i > start && Character.isHighSurrogate(text.charAt(i - 1));
      if (ch >= 0xDC80 && ch <= 0xDCFF && !pairedWithHigh) {
        out.writeBytes(text.substring(start, i).getBytes(StandardCharsets.UTF_8));
        out.write(ch - ESCAPE);
        start = i + 1;
      }
    }
    out.writeBytes(text.substring(start).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
