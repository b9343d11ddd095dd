package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How files are fetched.
 *
 * @param outstanding requests at the same time; empty: 8, and more where answers take long to come
 * @param retry what is done when the network fails
 * @param tls keys and trust
 * @param headers sent with each request
 * @param userAgent how this program introduces itself
 * @param cookies a cookie jar in Netscape's form
 * @param proxy all requests go through it; empty: as the environment says
 * @param http2 whether HTTP/2 is offered to servers that speak TLS
 * @param bandwidth bytes a second for all bodies together; 0: no limit
 */
public record FetchSettings(
    OptionalInt outstanding,
    Retry retry,
    Tls tls,
    List<Header> headers,
    String userAgent,
    Optional<Path> cookies,
    Optional<URI> proxy,
    boolean http2,
    long bandwidth) {
  /** How this program introduces itself. */
  public static final String USER_AGENT = "coppice/0.1 (compatible; libostree/2026.4)";

  /** The settings of ostree. Source: {@code ostree-fetcher-util.h}, {@code OPT_LOWSPEEDLIMIT}. */
  public static final FetchSettings DEFAULTS =
      new FetchSettings(
          OptionalInt.empty(),
          new Retry(5, 1000, Duration.ofSeconds(30)),
          new Tls(Optional.empty(), Optional.empty(), Optional.empty(), false),
          List.of(),
          USER_AGENT,
          Optional.empty(),
          Optional.empty(),
          true,
          0);

  /**
   * What is done when the network fails.
   *
   * @param times that each request is repeated
   * @param slowBytes bytes a second; a transfer that stays below is broken off and resumed
   * @param slowTime for how long it may stay below
   */
  public record Retry(int times, int slowBytes, Duration slowTime) {}

  /**
   * Keys and trust.
   *
   * @param ca certificates that servers' are checked against, PEM; empty: those of the system
   * @param certificate of this client, PEM
   * @param key of it, PEM
   * @param permissive accept any server
   */
  public record Tls(
      Optional<Path> ca, Optional<Path> certificate, Optional<Path> key, boolean permissive) {}

  /** A header that is sent; its value is one line of text. */
  public record Header(String name, String value) {
    /** Each connection has them of its own. */
    private static final Set<String> OWN =
        Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "transfer-encoding",
            "upgrade");

    /** Refuses what would become another header, or break the connection. */
    public Header {
      boolean text = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f));
      if (!text
          || !name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
          || OWN.contains(name.toLowerCase(Locale.ROOT))) {
        throw new Failure(
            ErrorCode.INPUT_INVALID,
            "Invalid HTTP header '" + name.replaceAll("\\p{Cntrl}", "?") + "'",
            "A header is a NAME of letters, digits and dashes, and a VALUE on one line without"
                + " control characters; those that each connection has of its own cannot be set.");
      }
    }

    /** Reads {@code NAME=VALUE}. */
    public static Header parse(String text) {
      int equals = text.indexOf('=');
      if (equals < 0) {
        throw new Failure(
            ErrorCode.USAGE, "Missing '=' in --http-header", "Write it as NAME=VALUE.");
      }
      return new Header(text.substring(0, equals), text.substring(equals + 1));
    }
  }

  /** Copies the list. */
  public FetchSettings {
    headers = List.copyOf(headers);
  }

  /** The same with a number of requests at the same time. */
  public FetchSettings withOutstanding(int count) {
    return new FetchSettings(
        OptionalInt.of(count), retry, tls, headers, userAgent, cookies, proxy, http2, bandwidth);
  }

  /** The same with other retries. */
  public FetchSettings withRetry(Retry other) {
    return new FetchSettings(
        outstanding, other, tls, headers, userAgent, cookies, proxy, http2, bandwidth);
  }

  /** The same with keys and trust. */
  public FetchSettings withTls(Tls other) {
    return new FetchSettings(
        outstanding, retry, other, headers, userAgent, cookies, proxy, http2, bandwidth);
  }

  /** The same with more headers. */
  public FetchSettings withHeaders(List<Header> more) {
    var all = new ArrayList<Header>(headers);
    all.addAll(more);
    return new FetchSettings(
        outstanding, retry, tls, all, userAgent, cookies, proxy, http2, bandwidth);
  }

  /** The same with something behind the name of this program. */
  public FetchSettings withUserAgentAppended(String more) {
    String agent = new Header("User-Agent", userAgent + " " + more).value();
    return new FetchSettings(
        outstanding, retry, tls, headers, agent, cookies, proxy, http2, bandwidth);
  }

  /** The same with a cookie jar. */
  public FetchSettings withCookies(Path jar) {
    return new FetchSettings(
        outstanding, retry, tls, headers, userAgent, Optional.of(jar), proxy, http2, bandwidth);
  }

  /** The same through a proxy. */
  public FetchSettings withProxy(URI through) {
    return new FetchSettings(
        outstanding,
        retry,
        tls,
        headers,
        userAgent,
        cookies,
        Optional.of(through),
        http2,
        bandwidth);
  }

  /** The same with HTTP/2 or without. */
  public FetchSettings withHttp2(boolean offered) {
    return new FetchSettings(
        outstanding, retry, tls, headers, userAgent, cookies, proxy, offered, bandwidth);
  }

  /** The same with a limit in bytes a second. */
  public FetchSettings withBandwidth(long bytesPerSecond) {
    return new FetchSettings(
        outstanding, retry, tls, headers, userAgent, cookies, proxy, http2, bytesPerSecond);
  }
}
