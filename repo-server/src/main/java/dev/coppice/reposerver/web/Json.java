package dev.coppice.reposerver.web;

import dev.coppice.reposerver.observe.JsonText;
import java.time.Instant;
import java.util.Optional;

/** Writes a document of JSON. What is opened is closed by {@link #end}, the innermost first. */
final class Json {
  private static final long LAST_SECOND = 253_402_300_799L; // of the year 9999

  private final StringBuilder out = new StringBuilder(4096);
  private final StringBuilder closers = new StringBuilder();
  private boolean first = true;

  private Json() {}

  /** A document that is an object. */
  static Json object() {
    return new Json().open("{", '}');
  }

  private Json open(String opener, char closer) {
    out.append(opener);
    closers.append(closer);
    first = true;
    return this;
  }

  private void next() {
    if (!first) {
      out.append(',');
    }
    first = false;
  }

  private void key(String name) {
    next();
    JsonText.quote(out, name);
    out.append(':');
  }

  Json object(String name) {
    key(name);
    return open("{", '}');
  }

  Json array(String name) {
    key(name);
    return open("[", ']');
  }

  /** An object in an array. */
  Json item() {
    next();
    return open("{", '}');
  }

  /** A text in an array. */
  Json item(String text) {
    next();
    JsonText.quote(out, text);
    return this;
  }

  Json text(String name, String text) {
    key(name);
    JsonText.quote(out, text);
    return this;
  }

  /** A text, or nothing at all. */
  Json text(String name, Optional<String> text) {
    text.ifPresent(each -> text(name, each));
    return this;
  }

  Json number(String name, long number) {
    key(name);
    out.append(number);
    return this;
  }

  Json flag(String name, boolean flag) {
    key(name);
    out.append(flag);
    return this;
  }

  /** A time in UTC, or, where no calendar has it, nothing. */
  Json time(String name, long seconds) {
    if (seconds >= 0 && seconds <= LAST_SECOND) {
      text(name, Instant.ofEpochSecond(seconds).toString());
    }
    return this;
  }

  Json end() {
    int last = closers.length() - 1;
    out.append(closers.charAt(last));
    closers.setLength(last);
    first = false;
    return this;
  }

  /** The document, with all that is open closed. */
  String document() {
    while (!closers.isEmpty()) {
      end();
    }
    return out.append('\n').toString();
  }
}
