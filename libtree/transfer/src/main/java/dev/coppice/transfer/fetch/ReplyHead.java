package dev.coppice.transfer.fetch;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/1 reply. Source: RFC 9112, sections 4 to 6.
 *
 * @param status its number
 * @param persistent whether the connection serves more requests after the body
 * @param fields the headers by name in lower case; of several with one name the first
 */
record ReplyHead(int status, boolean persistent, Map<String, String> fields) {
  /** A longer head is none that a server of files sends. */
  static final int MAX_BYTES = 64 << 10;

  private static final String VERSION = "HTTP/1.";
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int STATUS_DIGITS = 3;

  /** How the end of a body is found. */
  sealed interface Framing {
    /** There are so many bytes. */
    record Length(long bytes) implements Framing {}

    /** The body says it itself. */
    record Chunked() implements Framing {}

    /** The connection ends with it. */
    record UntilClose() implements Framing {}
  }

  /**
   * Reads a head.
   *
   * @param bytes the head, from {@code from} to {@code to}; it may end with the empty line
   * @throws ProtocolException when it is none
   */
  static ReplyHead parse(byte[] bytes, int from, int to) throws ProtocolException {
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    int end = lineEnd(text, 0);
    String first = text.substring(0, end);
    if (!first.startsWith(VERSION) || first.length() < STATUS_AT + STATUS_DIGITS) {
      throw new ProtocolException("the answer is not HTTP");
    }
    int status = status(first);
    boolean persistent = first.charAt(VERSION.length()) != '0';
    var fields = new HashMap<String, String>();
    for (int at = next(text, end); at < text.length(); at = next(text, end)) {
      end = lineEnd(text, at);
      if (end == at) {
        break; // the empty line
      }
      field(text, at, end, fields);
    }
    String connection = fields.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    persistent = persistent ? !connection.contains("close") : connection.contains("keep-alive");
    return new ReplyHead(status, persistent, fields);
  }

  private static int status(String line) throws ProtocolException {
    int status = 0;
    for (int i = STATUS_AT; i < STATUS_AT + STATUS_DIGITS; i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new ProtocolException("the answer has no status");
      }
      status = status * 10 + digit;
    }
    return status;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    end = end < 0 ? text.length() : end;
    return end > from && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private static int next(String text, int end) {
    int at = text.indexOf('\n', end);
    return at < 0 ? text.length() : at + 1;
  }

  private static void field(String text, int from, int to, Map<String, String> fields)
      throws ProtocolException {
    int colon = text.indexOf(':', from);
    if (colon <= from || colon >= to || text.charAt(from) <= ' ') {
      throw new ProtocolException("the answer has a header that is none");
    }
    String name = text.substring(from, colon).toLowerCase(Locale.ROOT);
    String value = text.substring(colon + 1, to).strip();
    @Nullable String before = fields.putIfAbsent(name, value);
    if (before != null && !before.equals(value) && name.equals("content-length")) {
      throw new ProtocolException("the answer has two lengths");
    }
  }

  /**
   * How the end of the body is found.
   *
   * @param head whether only the head was asked for
   * @throws ProtocolException when the head contradicts itself, or says what is not known here
   */
  Framing framing(boolean head) throws ProtocolException {
    if (head || status / 100 == 1 || status == 204 || status == 304) {
      return new Framing.Length(0);
    }
    @Nullable String coding = fields.get("transfer-encoding");
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked") || fields.containsKey("content-length")) {
        throw new ProtocolException("the answer is in transfer coding " + coding);
      }
      return new Framing.Chunked();
    }
    if (!fields.containsKey("content-length")) {
      return new Framing.UntilClose();
    }
    OptionalLong length = asFields().number("content-length");
    if (length.isEmpty()) {
      throw new ProtocolException("the answer has a length that is no number");
    }
    return new Framing.Length(length.getAsLong());
  }

  /** The headers, for whoever asked. */
  Transport.Fields asFields() {
    return name -> Optional.ofNullable(fields.get(name));
  }
}
