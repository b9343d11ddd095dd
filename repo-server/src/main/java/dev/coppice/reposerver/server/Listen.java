package dev.coppice.reposerver.server;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen.
 *
 * @param host a name or address, IPv6 without brackets; empty for all
 * @param port 0 for any that is free
 */
public record Listen(boolean secure, String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:(https?)://)?(\\[[0-9a-fA-F:.%a-z]+]|[^:\\[\\]/]*):([0-9]{1,5})/?");

  private static final int HIGHEST = 65_535;

  /**
   * Reads {@code HOST:PORT}, {@code [ADDRESS]:PORT} or {@code :PORT}, with or without a scheme.
   *
   * @param secure without a scheme
   * @throws Failure when it is none of these
   */
  public static Listen parse(String text, boolean secure) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(3)) > HIGHEST) {
      throw new Failure(
          ErrorCode.USAGE,
          "'" + text + "' is not an address to listen on",
          "Write HOST:PORT, for example 127.0.0.1:8080, [::1]:8080 or :8080 for all addresses.");
    }
    String host = form.group(2);
    boolean bracketed = host.startsWith("[");
    return new Listen(
        form.group(1) == null ? secure : form.group(1).equals("https"),
        bracketed ? host.substring(1, host.length() - 1) : host,
        Integer.parseInt(form.group(3)));
  }

  /** As a URL that leads there, with the port that the system gave. */
  String url(int actualPort) {
    String name = host.isEmpty() ? "localhost" : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return (secure ? "https://" : "http://") + name + ":" + actualPort + "/";
  }

  @Override
  public String toString() {
    return host.isEmpty() ? ":" + port : url(port);
  }
}
