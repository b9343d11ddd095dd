package dev.coppice.reposerver.observe;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request as a line of JSON. */
final class JsonLine {
  private final StringBuilder line = new StringBuilder(256);

  private JsonLine() {}

  static String of(Served served) {
    var json = new JsonLine();
    json.text("time", Instant.ofEpochMilli(served.millis()).toString());
    json.text("remote", served.remote());
    json.text("user", served.user().orElse(null));
    json.text("method", served.method());
    json.text("path", served.path());
    json.text("protocol", served.protocol());
    json.number("status", Integer.toString(served.status()));
    json.number("bytes", Long.toString(served.bytes()));
    json.number("seconds", String.format(Locale.ROOT, "%.6f", served.nanos() / 1e9));
    json.text("referer", served.referer());
    json.text("agent", served.agent());
    return json.line.append('}').toString();
  }

  private void key(String name) {
    line.append(line.isEmpty() ? '{' : ',').append('"').append(name).append("\":");
  }

  private void number(String name, String digits) {
    key(name);
    line.append(digits);
  }

  private void text(String name, @Nullable String value) {
    if (value == null) {
      return;
    }
    key(name);
    JsonText.quote(line, value);
  }
}
