package dev.coppice.reposerver;

import java.util.Map;
import java.util.Optional;

/**
 * A page as the server sends it.
 *
 * @param status of HTTP, for example 200, 303 or 404
 * @param contentType with its charset, for example {@code text/html; charset=utf-8}
 * @param etag an opaque tag without quotes that changes whenever the body does; empty when unknown
 * @param headers further ones, such as {@code Content-Security-Policy}, {@code Cache-Control} and
 *     {@code Location}; they are sent as they are, with a 304 as well
 */
public record WebPage(
    int status,
    String contentType,
    WebBody body,
    Optional<String> etag,
    Map<String, String> headers) {
  /** Copies the headers. */
  public WebPage {
    headers = Map.copyOf(headers);
  }

  /** A page in memory without further headers; the array belongs to it from now on. */
  public WebPage(int status, String contentType, byte[] body, Optional<String> etag) {
    this(status, contentType, WebBody.of(body), etag, Map.of());
  }
}
