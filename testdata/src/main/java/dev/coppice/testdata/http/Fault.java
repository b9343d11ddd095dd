package dev.coppice.testdata.http;

import java.time.Duration;
import java.util.Map;

/** What goes wrong with one answer. Positions count bytes of the body that is answered. */
public sealed interface Fault {
  /** Nothing does. */
  record None() implements Fault {}

  /** A status instead of the file, with more headers. */
  record Status(int code, Map<String, String> headers) implements Fault {
    /** Without more headers. */
    public Status(int code) {
      this(code, Map.of());
    }
  }

  /** The connection is reset. */
  record Reset(int after) implements Fault {}

  /** The connection ends in good order, but early. */
  record Truncate(int after) implements Fault {}

  /** Nothing comes any more, while the connection stays open. */
  record Stall(int after) implements Fault {}

  /** A few bytes at a time. */
  record Drip(int bytes, Duration pause) implements Fault {}

  /** The answer comes late. */
  record Delay(Duration time) implements Fault {}

  /** One byte of the body is another. */
  record WrongByte(int at) implements Fault {}

  /** {@code Content-Length} says another number of bytes than come; then the connection ends. */
  record WrongLength(int announced) implements Fault {}

  /** The body comes in chunks, without its length. */
  record Chunked() implements Fault {}

  /** A body in chunks that never ends. */
  record Endless() implements Fault {}

  /** The whole file, whatever range was asked for. */
  record NoRange() implements Fault {}

  /** The file is given another tag, as if it had been replaced. */
  record OtherTag(String tag) implements Fault {}

  /** Elsewhere. */
  static Fault redirect(String location) {
    return new Status(302, Map.of("Location", location));
  }
}
