package dev.coppice.reposerver.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

/** Writes answers about files: whole, in part, not modified. */
final class Answers {
  private static final HttpField LENGTH_ZERO =
      new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, 0);

  private Answers() {}

  /** Opens the file of an entity without a body. Called at most once, and not for HEAD. */
  interface Source {
    /** A channel that the answer closes. */
    FileChannel open() throws IOException;
  }

  /** Answers a GET or HEAD for a file. */
  static void send(
      Entity entity, Source source, Request request, Response response, Callback callback)
      throws IOException {
    HttpFields asked = request.getHeaders();
    HttpFields.Mutable headers = response.getHeaders();
    switch (Conditions.of(asked, entity.etag(), entity.modified())) {
      case NOT_MODIFIED -> {
        Entity.add(headers, entity.validators());
        empty(HttpStatus.NOT_MODIFIED_304, response, callback);
        return;
      }
      case FAILED -> {
        headers.add(LENGTH_ZERO);
        empty(HttpStatus.PRECONDITION_FAILED_412, response, callback);
        return;
      }
      case SEND -> Entity.add(headers, entity.validators());
    }
    Optional<ByteRange> range = range(asked, entity, request);
    if (range.isEmpty()) {
      Entity.add(headers, entity.description());
      body(new ByteRange(0, entity.length()), entity, source, request, response, callback);
    } else {
      part(range.get(), entity, source, request, response, callback);
    }
  }

  private static Optional<ByteRange> range(HttpFields asked, Entity entity, Request request) {
    String header = asked.get(HttpHeader.RANGE);
    if (header == null || isHead(request)) {
      return Optional.empty(); // ranges are defined for GET only
    }
    long now = System.currentTimeMillis() / 1000;
    return Conditions.rangeHolds(asked, entity.etag(), entity.modified(), now)
        ? ByteRange.parse(header, entity.length())
        : Optional.empty();
  }

  private static void part(
      ByteRange range,
      Entity entity,
      Source source,
      Request request,
      Response response,
      Callback callback)
      throws IOException {
    HttpFields.Mutable headers = response.getHeaders();
    if (range.equals(ByteRange.UNSATISFIABLE)) {
      headers.add(HttpHeader.CONTENT_RANGE, "bytes */" + entity.length());
      headers.add(LENGTH_ZERO);
      empty(HttpStatus.RANGE_NOT_SATISFIABLE_416, response, callback);
      return;
    }
    response.setStatus(HttpStatus.PARTIAL_CONTENT_206);
    Entity.add(headers, entity.description());
    headers.put(HttpHeader.CONTENT_LENGTH, range.length());
    headers.add(
        HttpHeader.CONTENT_RANGE,
        "bytes "
            + range.start()
            + "-"
            + (range.start() + range.length() - 1)
            + "/"
            + entity.length());
    body(range, entity, source, request, response, callback);
  }

  private static void body(
      ByteRange range,
      Entity entity,
      Source source,
      Request request,
      Response response,
      Callback callback)
      throws IOException {
    byte[] bytes = entity.body();
    if (isHead(request) || range.length() == 0) {
      response.write(true, null, callback);
    } else if (bytes != null) {
      response.write(
          true, ByteBuffer.wrap(bytes, (int) range.start(), (int) range.length()), callback);
    } else {
      new FileSending(request, response, source.open(), range, callback).iterate();
    }
  }

  private static void empty(int status, Response response, Callback callback) {
    response.setStatus(status);
    response.write(true, null, callback);
  }

  private static boolean isHead(Request request) {
    return HttpMethod.HEAD.is(request.getMethod());
  }
}
