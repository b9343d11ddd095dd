package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
    return uri;
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
    for (byte each : ("/" + path).getBytes(StandardCharsets.UTF_8)) {
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
        .map(
            user ->
                "Basic "
                    + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
  }
}
