package dev.coppice.reposerver.observe;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The forms of the access log. */
public enum LogFormat {
  /** The Common Log Format. */
  COMMON {
    @Override
    String line(Served served) {
      return common(served).toString();
    }
  },
  /** The same, with referer and client behind. */
  COMBINED {
    @Override
    String line(Served served) {
      StringBuilder line = common(served);
      quote(line.append(' '), served.referer());
      quote(line.append(' '), served.agent());
      return line.toString();
    }
  },
  /** An object of JSON for each request. */
  JSON {
    @Override
    String line(Served served) {
      return JsonLine.of(served);
    }
  };

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  /** A request as a line without its end. */
  abstract String line(Served served);

  /** The form of this name, such as {@code json}. */
  public static Optional<LogFormat> of(String name) {
    for (LogFormat format : values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  private static StringBuilder common(Served served) {
    var line = new StringBuilder(200);
    line.append(served.remote()).append(" - ").append(served.user().orElse("-")).append(" [");
    DATE.formatTo(Instant.ofEpochMilli(served.millis()), line);
    line.append("] ");
    quote(line, served.method() + " " + served.path() + " " + served.protocol());
    return line.append(' ').append(served.status()).append(' ').append(served.bytes());
  }

  /** A client chooses these texts: it must not be able to end the quotes or the line. */
  private static void quote(StringBuilder line, @Nullable String text) {
    line.append('"');
    if (text == null) {
      line.append('-');
    } else {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c < ' ' || c == '"' || c == '\\' || c == 0x7f) {
          line.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
        } else {
          line.append(c);
        }
      }
    }
    line.append('"');
  }
}
