package dev.coppice.reposerver.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.coppice.reposerver.Pages;
import dev.coppice.reposerver.WebBody;
import dev.coppice.reposerver.WebPage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** Answers with pages, and with short texts. */
final class PageAnswers {
  /**
   * What every page gets that does not say otherwise: it may show what a repository holds, which
   * may be hostile, so it runs and loads nothing from elsewhere.
   */
  private static final HttpField[] SAFETY = {
    new PreEncodedHttpField(
        "Content-Security-Policy",
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
    new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
    new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-cache")
  };

  private static final HttpField PLAIN =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");

  private static final HttpField METRICS =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

  private PageAnswers() {}

  /**
   * Answers with the page of a path, if there is one; blocks.
   *
   * @return false when there is none
   */
  static boolean send(
      Pages pages, String path, Request request, Response response, Callback callback)
      throws IOException {
    Optional<WebPage> found = pages.page(path, query(request));
    if (found.isEmpty()) {
      return false;
    }
    WebPage page = found.get();
    HttpFields.Mutable headers = response.getHeaders();
    Entity.add(headers, SAFETY);
    page.headers().forEach(headers::put);
    Optional<String> etag = page.etag().map(tag -> '"' + tag + '"');
    etag.ifPresent(tag -> headers.put(HttpHeader.ETAG, tag));
    if (page.status() == HttpStatus.OK_200
        && etag.isPresent()
        && Conditions.of(request.getHeaders(), etag.get(), Long.MAX_VALUE)
            == Conditions.Verdict.NOT_MODIFIED) {
      response.setStatus(HttpStatus.NOT_MODIFIED_304);
      response.write(true, null, callback);
      return true;
    }
    response.setStatus(page.status());
    headers.put(HttpHeader.CONTENT_TYPE, page.contentType());
    body(page.body(), request, response, callback);
    return true;
  }

  /** Answers with a line of text. */
  static void text(int status, String text, Request request, Response response, Callback callback) {
    response.setStatus(status);
    text(PLAIN, text + "\n", request, response, callback);
  }

  /** Answers with metrics in the text format of Prometheus. */
  static void metrics(String text, Request request, Response response, Callback callback) {
    text(METRICS, text, request, response, callback);
  }

  private static void text(
      HttpField type, String text, Request request, Response response, Callback callback) {
    byte[] bytes = text.getBytes(UTF_8);
    response.getHeaders().add(type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    boolean head = HttpMethod.HEAD.is(request.getMethod());
    response.write(true, head ? null : ByteBuffer.wrap(bytes), callback);
  }

  private static void body(WebBody body, Request request, Response response, Callback callback)
      throws IOException {
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.size());
    if (HttpMethod.HEAD.is(request.getMethod())) {
      response.write(true, null, callback);
      return;
    }
    try (OutputStream out = Response.asBufferedOutputStream(request, response)) {
      body.writeTo(out);
    }
    callback.succeeded();
  }

  private static Map<String, String> query(Request request) {
    var first = new LinkedHashMap<String, String>();
    for (Fields.Field field : Request.extractQueryParameters(request)) {
      first.put(field.getName(), field.getValue());
    }
    return first;
  }
}
