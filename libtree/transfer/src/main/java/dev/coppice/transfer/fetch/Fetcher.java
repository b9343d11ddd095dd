package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.transfer.fetch.FetchSettings.Header;
import dev.coppice.transfer.fetch.Transport.Call;
import dev.coppice.transfer.fetch.Transport.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Fetches files from servers. Calls block, and are made from virtual threads; as many run at the
 * same time as its gate lets through. Safe for several threads.
 *
 * <p>A request that fails is repeated, at the next mirror where there are several; a body that
 * breaks off goes on where it was; a redirect is followed, but never to a file of this machine, and
 * never from TLS to none.
 */
public final class Fetcher implements AutoCloseable {
  private static final int NOT_MODIFIED = 304;
  private static final int PARTIAL = 206;
  private static final int TOO_MANY = 429;
  private static final int TIMEOUT = 408;
  private static final int OK = 200;

  private final FetchSettings settings;
  private final Exchange exchange;
  private final Gate gate;
  private final Mirrors mirrors = new Mirrors();
  private final ResumingBody.Shared shared;

  private Fetcher(FetchSettings settings, Exchange exchange) {
    this.settings = settings;
    this.exchange = exchange;
    this.gate = new Gate(settings.outstanding());
    this.shared =
        new ResumingBody.Shared(
            settings.retry(),
            new Pace(settings.retry().times()),
            new StallWatch(settings.retry().slowTime()),
            new Throttle(settings.bandwidth()),
            new ResumingBody.Counters());
  }

  /** A fetcher; connections are made when they are needed. */
  public static Fetcher open(FetchSettings settings) throws IOException {
    return new Fetcher(settings, new Exchange(settings));
  }

  /**
   * Fetches a file.
   *
   * @return what the reader made of it; empty when no mirror has it
   * @throws Failure when it could not be fetched
   */
  public <T> Optional<T> fetch(FetchRequest request, BodyReader<T> reader) throws IOException {
    return attempt(
        request,
        (_, uri) -> {
          Reply reply = exchange.send(call(uri, List.of()), shared.counters());
          return body(uri, request, reply, reader);
        });
  }

  private <T> Optional<T> body(URI uri, FetchRequest request, Reply reply, BodyReader<T> reader)
      throws IOException {
    if (!isThere(uri, reply)) {
      return Optional.empty();
    }
    OptionalLong length = reply.fields().number("content-length");
    long most = request.maxBytes();
    if (most > 0 && length.isPresent() && length.getAsLong() > most) {
      reply.body().close();
      throw ResumingBody.tooLarge(uri, most);
    }
    try (var body =
        new ResumingBody(uri, reply, most, shared, (position, etag) -> rest(uri, position, etag))) {
      return Optional.of(reader.read(new Body(body, body.length())));
    }
  }

  /** The rest of a body, if the server goes on where it broke off. */
  private Optional<ResumingBody.Part> rest(URI uri, long position, String etag) throws IOException {
    var headers =
        position == 0
            ? List.<Header>of()
            : List.of(new Header("Range", "bytes=" + position + "-"), new Header("If-Range", etag));
    Reply reply = exchange.send(call(uri, headers), shared.counters());
    boolean whole = reply.status() == OK && position == 0;
    boolean goesOn =
        reply.status() == PARTIAL
            && reply
                .fields()
                .first("content-range")
                .filter(range -> range.startsWith("bytes " + position + "-"))
                .isPresent();
    if (whole || goesOn) {
      return Optional.of(new ResumingBody.Part(reply.body(), 0));
    }
    if (reply.status() == OK && reply.fields().first("etag").filter(etag::equals).isPresent()) {
      // It knows no ranges, but it is the same file: what is known is read once more.
      return Optional.of(new ResumingBody.Part(reply.body(), position));
    }
    reply.body().close();
    return Optional.empty();
  }

  /** Fetches a file into memory; empty when no mirror has it. */
  public Optional<byte[]> fetchBytes(FetchRequest request) throws IOException {
    return fetch(request, Fetcher::all);
  }

  private static byte[] all(Body body) throws IOException {
    return body.content().readAllBytes();
  }

  /** Fetches a file into memory, unless it is as it was. */
  public Conditional fetchIfChanged(FetchRequest request, Optional<Validators> cached)
      throws IOException {
    List<Header> headers = new ArrayList<>();
    cached
        .flatMap(Validators::etag)
        .ifPresent(etag -> headers.add(new Header("If-None-Match", etag)));
    if (cached.isPresent() && cached.get().lastModified().isPresent()) {
      Instant time = Instant.ofEpochSecond(cached.get().lastModified().getAsLong());
      headers.add(
          new Header(
              "If-Modified-Since",
              DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(ZoneOffset.UTC))));
    }
    return attempt(
            request,
            (_, uri) -> {
              Reply reply = exchange.send(call(uri, headers), shared.counters());
              if (reply.status() == NOT_MODIFIED && cached.isPresent()) {
                reply.body().close();
                return Optional.<Conditional>of(new Conditional.NotModified());
              }
              Validators validators = validators(reply);
              return body(uri, request, reply, Fetcher::all)
                  .map(bytes -> new Conditional.Fresh(bytes, validators));
            })
        .orElseGet(Conditional.Missing::new);
  }

  private static Validators validators(Reply reply) {
    OptionalLong time = OptionalLong.empty();
    Optional<String> text = reply.fields().first("last-modified");
    if (text.isPresent()) {
      try {
        time =
            OptionalLong.of(
                ZonedDateTime.parse(text.get(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toEpochSecond());
      } catch (DateTimeParseException e) {
        // A server that cannot tell the time has no time.
        time = OptionalLong.empty();
      }
    }
    return new Validators(reply.fields().first("etag"), time);
  }

  /**
   * Bytes of a file, without fetching it; empty when it is not there, or the server does not say.
   */
  public OptionalLong length(FetchRequest request) throws IOException {
    return attempt(
            request,
            (_, uri) -> {
              Reply reply =
                  exchange.send(
                      new Call(uri, true, settings.headers(), settings.retry().slowTime()),
                      shared.counters());
              reply.body().close();
              return isThere(uri, reply)
                  ? Optional.of(reply.fields().number("content-length"))
                  : Optional.<OptionalLong>empty();
            })
        .orElseGet(OptionalLong::empty);
  }

  /** Requests that pay at the same time. */
  public int parallelism() {
    return gate.most();
  }

  /** What it did so far. */
  public FetchStats stats() {
    ResumingBody.Counters counters = shared.counters();
    return new FetchStats(
        counters.bytes().sum(),
        counters.requests().sum(),
        counters.retries().sum(),
        counters.resumed().sum());
  }

  private Call call(URI uri, List<Header> more) {
    List<Header> headers = settings.headers();
    if (!more.isEmpty()) {
      headers = new ArrayList<>(headers);
      headers.addAll(more);
    }
    return new Call(uri, false, headers, settings.retry().slowTime());
  }

  private interface Try<T> {
    Optional<T> at(URI base, URI uri) throws IOException;
  }

  private <T> Optional<T> attempt(FetchRequest request, Try<T> what) throws IOException {
    gate.enter();
    try {
      // Those that may have it: a mirror that lacks it is not asked again, one that fails is last.
      var left = new ArrayDeque<URI>(mirrors.order(request.bases()));
      int mostCorrupt = Math.max(1, left.size() - 1);
      int failed = 0;
      int corrupt = 0;
      while (true) {
        URI base = left.remove();
        try {
          Optional<T> result = once(base, request, what);
          if (result.isPresent() || left.isEmpty()) {
            return result;
          }
        } catch (NetworkException e) {
          mirrors.failed(base);
          left.add(base);
          failed++;
          boolean others = failed < left.size();
          if (!others && !shared.pace().again(failed, e)) {
            throw e.asFailure();
          }
          shared.counters().retries().increment();
        } catch (TreeException e) {
          if (!isDamage(e)) {
            throw e;
          }
          mirrors.failed(base);
          left.add(base);
          // Once more from the only mirror there is: the line may have done it.
          if (++corrupt > mostCorrupt) {
            throw e;
          }
          shared.counters().retries().increment();
        }
      }
    } finally {
      gate.leave();
    }
  }

  /** Whether a body was not what it was announced to be, so that another try may get it right. */
  private static boolean isDamage(TreeException e) {
    return e instanceof CorruptObjectException || e.code() == ErrorCode.DELTA_CORRUPT;
  }

  private <T> Optional<T> once(URI base, FetchRequest request, Try<T> what) throws IOException {
    long start = System.nanoTime();
    mirrors.started(base);
    try {
      Optional<T> result = what.at(base, request.at(base));
      long took = System.nanoTime() - start;
      gate.answered(exchange.lastWait());
      mirrors.answered(base, took);
      shared.pace().succeeded();
      return result;
    } finally {
      mirrors.ended(base);
    }
  }

  /**
   * Whether an answer has the file.
   *
   * @throws NetworkException when the server has trouble that may be over soon
   */
  private static boolean isThere(URI uri, Reply reply) throws IOException {
    int status = reply.status();
    if (status == OK) {
      return true;
    }
    reply.body().close();
    String said = "Server returned HTTP " + status;
    return switch (status) {
      // What it does not show is not there. Source: http_status_code_to_io_error.
      case 403, 404, 410 -> false;
      case TIMEOUT, TOO_MANY, 500, 502, 503, 504 ->
          throw new NetworkException(
              ErrorCode.HTTP_STATUS,
              uri,
              said,
              "The server has trouble: try again later.",
              retryAfter(reply));
      case 401 ->
          throw new Failure(
              ErrorCode.HTTP_STATUS,
              "While fetching " + Urls.masked(uri) + ": " + said,
              "The server wants a password or token: put user and password into the URL of the"
                  + " remote, or name a header with --http-header.");
      default ->
          throw new Failure(
              ErrorCode.HTTP_STATUS,
              "While fetching " + Urls.masked(uri) + ": " + said,
              "Check the URL of the remote, and the server.");
    };
  }

  private static Duration retryAfter(Reply reply) {
    OptionalLong seconds = reply.fields().number("retry-after");
    return Duration.ofSeconds(Math.clamp(seconds.orElse(0), 0, 86_400));
  }

  @Override
  public void close() {
    shared.watch().close();
    exchange.close();
  }
}
