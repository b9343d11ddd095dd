package dev.coppice.transfer.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.http.Fault;
import dev.coppice.testdata.http.FaultServer;
import dev.coppice.testdata.http.ReceivedRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each fault of a server: it is got over, or ends in its own error. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FetcherTest {
  private static final FetchSettings QUICK =
      FetchSettings.DEFAULTS.withRetry(new FetchSettings.Retry(2, 1000, Duration.ofSeconds(1)));

  private final byte[] small = bytes(3000);
  private final byte[] large = bytes(400_000);
  private TempTree temp;
  private FaultServer server;

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void setUp() throws IOException {
    temp = TempTree.create();
    Files.write(temp.path("small"), small);
    Files.write(temp.path("large"), large);
    server = FaultServer.start(temp.root());
  }

  @AfterEach
  void tearDown() throws IOException {
    server.close();
    temp.close();
  }

  private FetchRequest request(String path) {
    return new FetchRequest(List.of(server.uri()), path, 0);
  }

  private Optional<byte[]> fetch(FetchRequest request) throws IOException {
    try (Fetcher fetcher = Fetcher.open(QUICK)) {
      return fetcher.fetchBytes(request);
    }
  }

  private Failure failure(FetchRequest request) {
    Failure failure = catchThrowableOfType(Failure.class, () -> fetch(request));
    assertThat(failure).as("it should fail").isNotNull();
    return failure;
  }

  @Test
  void whole() throws IOException {
    assertThat(fetch(request("small"))).hasValue(small);
    assertThat(fetch(request("large"))).hasValue(large);
  }

  @Test
  void notThere() throws IOException {
    assertThat(fetch(request("nothing"))).isEmpty();
    server.queue("/small", new Fault.Status(403), new Fault.Status(410));
    assertThat(fetch(request("small"))).isEmpty();
    assertThat(fetch(request("small"))).isEmpty();
  }

  @Test
  void burstOfErrors() throws IOException {
    server.queue("/small", new Fault.Status(500), new Fault.Status(503));
    assertThat(fetch(request("small"))).hasValue(small);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void errorsWithoutEnd() {
    server.always(new Fault.Status(502));
    Failure failure = failure(request("small"));
    assertThat(failure.code()).isEqualTo(ErrorCode.HTTP_STATUS);
    assertThat(failure).hasMessageContaining("Server returned HTTP 502");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void otherStatusIsFinal() {
    server.always(new Fault.Status(418));
    assertThat(failure(request("small"))).hasMessageContaining("Server returned HTTP 418");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void waitsAsLongAsTheServerWants() throws IOException {
    server.queue("/small", new Fault.Status(503, Map.of("Retry-After", "1")));
    long start = System.nanoTime();
    assertThat(fetch(request("small"))).hasValue(small);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
  }

  @Test
  void goesOnAfterReset() throws IOException {
    server.queue("/large", new Fault.Truncate(150_000), new Fault.Reset(100_000));
    assertThat(fetch(request("large"))).hasValue(large);
    List<ReceivedRequest> requests = server.requests();
    assertThat(requests).hasSize(3);
    assertThat(requests.get(1).header("range")).hasValue("bytes=150000-");
    assertThat(requests.get(1).header("if-range")).isPresent();
  }

  @Test
  void truncatedSmallBody() throws IOException {
    server.queue("/small", new Fault.Truncate(10), new Fault.Reset(2000));
    assertThat(fetch(request("small"))).hasValue(small);
  }

  @Test
  void rangeRefused() throws IOException {
    server.queue("/large", new Fault.Truncate(150_000), new Fault.NoRange());
    assertThat(fetch(request("large"))).hasValue(large);
  }

  @Test
  void rangeNotSatisfiable() throws IOException {
    server.queue("/large", new Fault.Truncate(150_000), new Fault.Status(416));
    assertThat(fetch(request("large"))).hasValue(large);
  }

  @Test
  void replacedMeanwhile() throws IOException {
    server.queue("/large", new Fault.Truncate(150_000), new Fault.OtherTag("\"new\""));
    assertThat(fetch(request("large"))).hasValue(large);
    assertThat(server.requests().getLast().header("range")).isEmpty();
  }

  @Test
  void stalledLargeBody() throws IOException {
    server.queue("/large", new Fault.Stall(150_000));
    assertThat(fetch(request("large"))).hasValue(large);
  }

  @Test
  void stalledSmallBody() throws IOException {
    server.queue("/small", new Fault.Stall(10));
    assertThat(fetch(request("small"))).hasValue(small);
  }

  @Test
  void stalledForEver() {
    server.always(new Fault.Stall(10));
    assertThat(failure(request("small")).code()).isEqualTo(ErrorCode.NETWORK_STALLED);
  }

  @Test
  void drippingTooSlowly() {
    server.always(new Fault.Drip(10, Duration.ofMillis(200)));
    assertThat(failure(request("small")).code()).isEqualTo(ErrorCode.NETWORK_STALLED);
  }

  @Test
  void lateAnswer() throws IOException {
    server.always(new Fault.Delay(Duration.ofMillis(300)));
    assertThat(fetch(request("small"))).hasValue(small);
  }

  @Test
  void chunked() throws IOException {
    server.always(new Fault.Chunked());
    assertThat(fetch(request("large"))).hasValue(large);
  }

  @Test
  void endless() {
    server.always(new Fault.Endless());
    Failure failure = failure(new FetchRequest(List.of(server.uri()), "small", 100_000));
    assertThat(failure.code()).isEqualTo(ErrorCode.RESPONSE_TOO_LARGE);
    assertThat(failure).hasMessageContaining("exceeded maximum size of 100000 bytes");
  }

  @Test
  void announcedTooLarge() {
    assertThat(failure(new FetchRequest(List.of(server.uri()), "large", 10)).code())
        .isEqualTo(ErrorCode.RESPONSE_TOO_LARGE);
  }

  @Test
  void announcedMoreThanCame() throws IOException {
    server.queue("/small", new Fault.WrongLength(5000));
    assertThat(fetch(request("small"))).hasValue(small);
  }

  @Test
  void redirects() throws IOException {
    server.queue("/moved", Fault.redirect("/small"));
    assertThat(fetch(request("moved"))).hasValue(small);
    server.queue("/moved", Fault.redirect("file:///etc/passwd"));
    assertThat(failure(request("moved")).code()).isEqualTo(ErrorCode.REDIRECT_REFUSED);
    server.always(Fault.redirect("/again"));
    assertThat(failure(request("again")).code()).isEqualTo(ErrorCode.REDIRECT_REFUSED);
  }

  @Test
  void nobodyListens() throws IOException {
    URI gone = server.uri();
    server.close();
    assertThat(failure(new FetchRequest(List.of(gone), "small", 0)).code())
        .isEqualTo(ErrorCode.NETWORK_UNREACHABLE);
  }

  @Test
  void passwordIsSentAndNotShown() throws IOException {
    server.requireBasic("ann", "secret");
    assertThat(failure(request("small"))).hasMessageContaining("Server returned HTTP 401");
    URI with = URI.create(server.uri().toString().replace("://", "://ann:secret@"));
    assertThat(fetch(new FetchRequest(List.of(with), "small", 0))).hasValue(small);
    server.always(new Fault.Status(500));
    assertThat(failure(new FetchRequest(List.of(with), "small", 0)).getMessage())
        .doesNotContain("secret");
  }

  @Test
  void unchanged() throws IOException {
    try (Fetcher fetcher = Fetcher.open(QUICK)) {
      Conditional first = fetcher.fetchIfChanged(request("small"), Optional.empty());
      assertThat(first).isInstanceOf(Conditional.Fresh.class);
      Optional<Validators> known = Optional.of(((Conditional.Fresh) first).validators());
      assertThat(fetcher.fetchIfChanged(request("small"), known))
          .isEqualTo(new Conditional.NotModified());
      assertThat(fetcher.fetchIfChanged(request("nothing"), known))
          .isEqualTo(new Conditional.Missing());
    }
  }

  @Test
  void headersAndCookies() throws IOException {
    Files.writeString(
        temp.path("jar"),
        "localhost\tFALSE\t/\tFALSE\t0\ttoken\tabc\nother\tFALSE\t/\tFALSE\t0\tno\tno\n");
    FetchSettings settings =
        QUICK
            .withCookies(temp.path("jar"))
            .withHeaders(List.of(new FetchSettings.Header("X-Site", "one")))
            .withUserAgentAppended("site/2");
    try (Fetcher fetcher = Fetcher.open(settings)) {
      assertThat(fetcher.fetchBytes(request("small"))).hasValue(small);
    }
    ReceivedRequest received = server.requests().getFirst();
    assertThat(received.header("cookie")).hasValue("token=abc");
    assertThat(received.header("x-site")).hasValue("one");
    assertThat(received.header("user-agent").orElseThrow()).endsWith("site/2");
  }

  @Test
  void headerWithLineBreakIsRefused() {
    assertThat(
            catchThrowableOfType(
                    Failure.class, () -> FetchSettings.Header.parse("X=a\r\nCookie: b"))
                .code())
        .isEqualTo(ErrorCode.INPUT_INVALID);
  }

  @Test
  void headersThatCannotBeSentAreRefused() {
    for (String text : List.of("X=a\u0001b", "Host=elsewhere", "Transfer-Encoding=chunked")) {
      assertThat(catchThrowableOfType(Failure.class, () -> FetchSettings.Header.parse(text)).code())
          .isEqualTo(ErrorCode.INPUT_INVALID);
    }
  }

  @Test
  void throughProxy() throws IOException {
    try (Fetcher fetcher = Fetcher.open(QUICK.withProxy(server.uri()))) {
      var elsewhere = new FetchRequest(List.of(URI.create("http://repo.invalid")), "small", 0);
      assertThat(fetcher.fetchBytes(elsewhere)).hasValue(small);
    }
    assertThat(server.requests().getFirst().header("host")).hasValue("repo.invalid");
  }

  @Test
  void fileOfThisMachine() throws IOException {
    URI base = temp.root().toUri();
    assertThat(fetch(new FetchRequest(List.of(base), "large", 0))).hasValue(large);
    assertThat(fetch(new FetchRequest(List.of(base), "nothing", 0))).isEmpty();
  }

  @Test
  void otherMirrorHelps() throws IOException {
    try (FaultServer bad = FaultServer.start(temp.root())) {
      bad.always(new Fault.Status(500));
      var request = new FetchRequest(List.of(bad.uri(), server.uri()), "small", 0);
      assertThat(fetch(request)).hasValue(small);
    }
  }

  @Test
  void oneMirrorLacksItTheOtherIsBroken() throws IOException {
    try (FaultServer empty = FaultServer.start(temp.path("none"))) {
      server.always(new Fault.Status(500));
      var request = new FetchRequest(List.of(empty.uri(), server.uri()), "small", 0);
      assertThat(failure(request).code()).isEqualTo(ErrorCode.HTTP_STATUS);
    }
  }

  @Test
  void manyFailuresBySeed() throws IOException {
    server.randomly(7, 100, new Fault.Status(503), new Fault.Truncate(100), new Fault.Reset(50));
    try (Fetcher fetcher = Fetcher.open(QUICK)) {
      for (int i = 0; i < 100; i++) {
        assertThat(fetcher.fetchBytes(request("small"))).hasValue(small);
      }
      assertThat(fetcher.stats().retries()).isPositive();
      assertThat(fetcher.stats().requests()).isEqualTo(server.requests().size());
    }
  }
}
