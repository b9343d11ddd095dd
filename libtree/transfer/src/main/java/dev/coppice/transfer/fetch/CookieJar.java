package dev.coppice.transfer.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Cookies in Netscape's form: a line each of seven fields with tabs between them - domain, whether
 * hosts below it get it, path, whether only over TLS, expiry in seconds since 1970 (0: never),
 * name, value. Lines that start with {@code #} are comments, but for {@code #HttpOnly_}. Texts have
 * a character for each byte of the file, as headers have: what is in it is sent as it is.
 *
 * @param cookies in the order of the file
 */
public record CookieJar(List<Cookie> cookies) {
  /** No cookies. */
  public static final CookieJar EMPTY = new CookieJar(List.of());

  private static final int FIELDS = 7;
  private static final String HTTP_ONLY = "#HttpOnly_";

  /**
   * A cookie.
   *
   * @param domain without a dot in front
   * @param below whether hosts below the domain get it
   * @param path that the path of an address must start with
   * @param secure whether only servers with TLS get it
   * @param expires seconds since 1970; 0: never
   */
  public record Cookie(
      String domain,
      boolean below,
      String path,
      boolean secure,
      long expires,
      String name,
      String value) {
    boolean fits(URI uri, long now) {
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      boolean here = host.equals(domain) || (below && host.endsWith("." + domain));
      String at = uri.getPath() == null || uri.getPath().isEmpty() ? "/" : uri.getPath();
      boolean inside =
          at.equals(path)
              || (at.startsWith(path) && (path.endsWith("/") || at.charAt(path.length()) == '/'));
      boolean safe = !secure || Urls.scheme(uri).equals("https");
      return here && inside && safe && (expires == 0 || expires > now);
    }
  }

  /** Copies the list. */
  public CookieJar {
    cookies = List.copyOf(cookies);
  }

  /** Reads a jar; one that is not there is empty. */
  public static CookieJar read(Path file) throws IOException {
    try {
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      return EMPTY;
    }
  }

  /** Reads the text of a jar; lines that are none are left out, as by curl. */
  public static CookieJar parse(String text) {
    var cookies = new ArrayList<Cookie>();
    for (String line : text.lines().toList()) {
      String fields = line.startsWith(HTTP_ONLY) ? line.substring(HTTP_ONLY.length()) : line;
      if (!fields.startsWith("#")) {
        cookie(List.of(fields.split("\t", FIELDS))).ifPresent(cookies::add);
      }
    }
    return new CookieJar(cookies);
  }

  private static Optional<Cookie> cookie(List<String> fields) {
    if (fields.size() != FIELDS || !fields.get(4).matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    String domain = fields.get(0).toLowerCase(Locale.ROOT);
    boolean dotted = domain.startsWith(".");
    return Optional.of(
        new Cookie(
            dotted ? domain.substring(1) : domain,
            dotted || fields.get(1).equalsIgnoreCase("TRUE"),
            fields.get(2),
            fields.get(3).equalsIgnoreCase("TRUE"),
            Long.parseLong(fields.get(4)),
            fields.get(5),
            fields.get(6)));
  }

  /** What an address is sent, the value of {@code Cookie}. */
  Optional<String> header(URI uri) {
    if (cookies.isEmpty()) {
      return Optional.empty();
    }
    long now = Instant.now().getEpochSecond();
    String value =
        cookies.stream()
            .filter(cookie -> cookie.fits(uri, now))
            .map(cookie -> cookie.name() + "=" + cookie.value())
            .collect(Collectors.joining("; "));
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
