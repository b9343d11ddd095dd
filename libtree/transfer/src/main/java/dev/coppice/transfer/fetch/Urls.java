package dev.coppice.transfer.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Addresses of files and directories on servers. */
public final class Urls {
  private static final String UNRESERVED = "-._~!$&'()*+,;=:@";

  private Urls() {}

  /**
   * Reads an address.
   *
   * @throws Failure with {@link ErrorCode#URL_INVALID} when it is none, or of a scheme that is not
   *     {@code http}, {@code https} or {@code file}
   */
  public static URI parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new Failure(
          ErrorCode.URL_INVALID,
          "Invalid URL " + masked(text) + ": " + e.getReason(),
          "Write it as scheme://host/path.",
          e);
    }
    String scheme = scheme(uri);
    boolean remote = isHttp(uri) && uri.getHost() != null;
    if (!remote && !(scheme.equals("file") && uri.getPath() != null)) {
      throw new Failure(
          ErrorCode.URL_INVALID,
          "Unsupported URL " + masked(text),
          "Use http://, https:// or file://.");
    }
    if (!remote) {
      file(uri);
    }
    return uri;
  }

  /**
   * The file of this machine that a {@code file} address names. What follows {@code %} is a byte of
   * its name.
   *
   * @throws Failure with {@link ErrorCode#URL_INVALID} when no file can have that name, or only one
   *     that is not UTF-8, and when the address names another machine
   */
  public static Path file(URI uri) {
    String host = uri.getRawAuthority();
    if (host != null && !host.equals("localhost")) {
      throw new Failure(
          ErrorCode.URL_INVALID,
          "The URL " + masked(uri) + " names the host '" + host + "', not a file of this one",
          "Write file:///PATH, with three slashes.");
    }
    String path = uri.getRawPath();
    try {
      return Path.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded(path))).toString());
    } catch (CharacterCodingException | InvalidPathException e) {
      throw new Failure(
          ErrorCode.URL_INVALID,
          "No file can have the path of the URL " + masked(uri) + ": it is not UTF-8 without NUL",
          "Correct it; a directory whose name is not UTF-8 can be reached by a symbolic link.",
          e);
    }
  }

  private static byte[] decoded(String rawPath) {
    byte[] raw = rawPath.getBytes(UTF_8);
    var bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        // Two digits follow: URI has seen to that.
        bytes.write(16 * HexFormat.fromHexDigit(raw[i + 1]) + HexFormat.fromHexDigit(raw[i + 2]));
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    return bytes.toByteArray();
  }

  /** The scheme in lower case. */
  static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  /** Whether an address is served over HTTP. */
  static boolean isHttp(URI uri) {
    return scheme(uri).equals("http") || scheme(uri).equals("https");
  }

  /** A file below a directory; its path is encoded here. */
  static URI below(URI base, String path) {
    var text = new StringBuilder(base.getRawPath() == null ? "" : base.getRawPath());
    while (!text.isEmpty() && text.charAt(text.length() - 1) == '/') {
      text.setLength(text.length() - 1);
    }
    for (byte each : ("/" + path).getBytes(UTF_8)) {
      char c = (char) (each & 0xff);
      if (c == '/' || (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0))) {
        text.append(c);
      } else {
        text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
    String authority = base.getRawAuthority() == null ? "" : base.getRawAuthority();
    return URI.create(base.getScheme() + "://" + authority + text + query);
  }

  /** An address as it may be shown: without the password in it. */
  public static String masked(URI uri) {
    return masked(uri.toString());
  }

  private static String masked(String text) {
    return text.replaceFirst("://[^/]*@", "://***@");
  }

  /** The address without user and password, as it is sent. */
  static URI withoutUser(URI uri) {
    if (uri.getRawUserInfo() == null) {
      return uri;
    }
    return URI.create(uri.toString().replaceFirst("://[^/@]*@", "://"));
  }

  /** What a server is told about the user in an address, for {@code Authorization}. */
  static Optional<String> basicAuth(URI uri) {
    return Optional.ofNullable(uri.getUserInfo())
        .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
  }
}
