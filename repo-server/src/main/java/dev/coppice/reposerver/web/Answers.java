package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.reposerver.WebBody;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.html.Address;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes pages of what is to be sent, with the headers that keep browsers from doing more. */
final class Answers {
  private static final String HTML = "text/html; charset=utf-8";

  /** Pages load a style and an icon from here and nothing else from anywhere. */
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  /** Files of trees may not do anything at all, even where a browser opens one. */
  private static final String FILE_POLICY = "default-src 'none'; sandbox";

  private static final int TAG_DIGITS = 32;

  private Answers() {}

  static WebPage html(int status, String document, Caching caching) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    Optional<String> tag = status == 200 ? Optional.of(tag(bytes)) : Optional.empty();
    return new WebPage(
        status, HTML, WebBody.of(bytes), tag, headers(caching, PAGE_POLICY, Map.of()));
  }

  /** A document for programs. */
  static WebPage json(int status, String document, Caching caching) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    Optional<String> tag = status == 200 ? Optional.of(tag(bytes)) : Optional.empty();
    return new WebPage(
        status,
        "application/json",
        WebBody.of(bytes),
        tag,
        headers(caching, FILE_POLICY, Map.of()));
  }

  /** A file of this program. */
  static WebPage asset(String contentType, byte[] bytes) {
    return new WebPage(
        200,
        contentType,
        WebBody.of(bytes),
        Optional.of(tag(bytes)),
        headers(Caching.FOREVER, FILE_POLICY, Map.of()));
  }

  /** A file of a tree, to be saved and not to be shown. */
  static WebPage download(WebBody body, Checksum tag, String disposition) {
    return new WebPage(
        200,
        "application/octet-stream",
        body,
        Optional.of(tag.hex()),
        headers(Caching.FOREVER, FILE_POLICY, Map.of("Content-Disposition", disposition)));
  }

  /** Another page to go to. */
  static WebPage redirect(Address address) {
    return new WebPage(
        303,
        "text/plain; charset=utf-8",
        WebBody.of(("See " + address + "\n").getBytes(StandardCharsets.UTF_8)),
        Optional.empty(),
        headers(Caching.ASK, PAGE_POLICY, Map.of("Location", address.toString())));
  }

  private static Map<String, String> headers(
      Caching caching, String policy, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Cache-Control", caching.header());
    headers.put("Content-Security-Policy", policy);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    return headers;
  }

  private static String tag(byte[] bytes) {
    return Checksum.sha256(bytes).hex().substring(0, TAG_DIGITS);
  }
}
