package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.transfer.fetch.FetchSettings.Header;
import dev.coppice.transfer.fetch.Transport.Call;
import dev.coppice.transfer.fetch.Transport.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A question and its answer, over whatever redirects and transports it takes. */
final class Exchange implements AutoCloseable {
  private static final int MOST_REDIRECTS = 10;

  /** Headers that are meant for one server. */
  private static final Set<String> SECRET = Set.of("authorization", "cookie");

  private final FetchSettings settings;
  private final CookieJar cookies;
  private final Proxies proxies;

  /** What nearly every question has. */
  private final List<Header> usual;

  private final Transport files = new FileTransport();
  private @Nullable Transport http;
  private @Nullable Transport plain;
  private final ThreadLocal<Long> waited = ThreadLocal.withInitial(() -> 0L);

  Exchange(FetchSettings settings) throws IOException {
    this.settings = settings;
    this.proxies = Proxies.of(settings);
    this.cookies =
        settings.cookies().isPresent() ? CookieJar.read(settings.cookies().get()) : CookieJar.EMPTY;
    this.usual = Stream.concat(Stream.of(agent()), settings.headers().stream()).toList();
  }

  /** How long the last answer of this thread took to come, in nanoseconds. */
  long lastWait() {
    return waited.get();
  }

  /** Asks, and follows redirects. */
  Reply send(Call call, ResumingBody.Counters counters) throws IOException {
    URI uri = call.uri();
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      counters.requests().increment();
      long start = System.nanoTime();
      Reply reply = transport(uri).send(at(uri, call));
      waited.set(System.nanoTime() - start);
      if (!isRedirect(reply.status())) {
        return reply;
      }
      Optional<String> location = reply.fields().first("location");
      reply.body().close();
      uri = target(uri, location);
    }
    throw refused(call.uri(), "more than " + MOST_REDIRECTS + " redirects");
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static URI target(URI from, Optional<String> location) {
    URI to;
    try {
      to = from.resolve(new URI(location.orElse("")));
    } catch (URISyntaxException e) {
      throw refused(from, "a redirect to what is no URL");
    }
    if (location.isEmpty() || !Urls.isHttp(to) || to.getHost() == null) {
      throw refused(from, "a redirect to " + Urls.masked(to));
    }
    if (Urls.scheme(from).equals("https") && Urls.scheme(to).equals("http")) {
      throw refused(from, "a redirect from https to " + Urls.masked(to));
    }
    return to;
  }

  private static Failure refused(URI from, String what) {
    return new Failure(
        ErrorCode.REDIRECT_REFUSED,
        "While fetching " + Urls.masked(from) + ": the server answered with " + what,
        "Check the URL of the remote; the server, or somebody between, sends its clients"
            + " elsewhere.");
  }

  /** The question as it is put to one server: what is secret goes only where it was meant for. */
  private Call at(URI uri, Call call) {
    boolean first = uri.equals(call.uri()) && uri.getRawUserInfo() == null;
    if (first && call.headers().equals(settings.headers()) && cookies.cookies().isEmpty()) {
      return new Call(uri, call.head(), usual, call.patience());
    }
    List<Header> headers = new ArrayList<>();
    headers.add(agent());
    boolean home =
        Urls.scheme(uri).equals(Urls.scheme(call.uri()))
            && Objects.equals(uri.getHost(), call.uri().getHost())
            && uri.getPort() == call.uri().getPort();
    for (Header header : call.headers()) {
      if (home || !SECRET.contains(header.name().toLowerCase(Locale.ROOT))) {
        headers.add(header);
      }
    }
    if (home) {
      Urls.basicAuth(call.uri()).ifPresent(auth -> headers.add(new Header("Authorization", auth)));
    }
    cookies.header(uri).ifPresent(value -> headers.add(new Header("Cookie", value)));
    return new Call(Urls.withoutUser(uri), call.head(), headers, call.patience());
  }

  private Header agent() {
    return new Header("User-Agent", settings.userAgent());
  }

  private Transport transport(URI uri) throws IOException {
    if (!Urls.isHttp(uri)) {
      return files;
    }
    return Urls.scheme(uri).equals("http") && proxies.isDirect(uri) ? plain() : http();
  }

  private synchronized Transport plain() {
    Transport made = plain;
    if (made == null) {
      made = new PlainTransport(settings);
      plain = made;
    }
    return made;
  }

  /** Made when it is needed: a pull from a file needs no TLS. */
  private synchronized Transport http() throws IOException {
    Transport made = http;
    if (made == null) {
      made = new JdkTransport(settings);
      http = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (http != null) {
      http.close();
    }
    if (plain != null) {
      plain.close();
    }
  }
}
