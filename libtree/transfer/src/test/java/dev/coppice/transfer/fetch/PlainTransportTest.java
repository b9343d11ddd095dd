package dev.coppice.transfer.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of every form, and what is none, from a server that says exactly what it is told. */
class PlainTransportTest {
  /** One answer of the server, and whether it ends the connection then. */
  private record Answer(String text, boolean close) {}

  private final List<Answer> answers = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private int connections;
  private ServerSocket listener;
  private PlainTransport transport;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    transport = new PlainTransport(FetchSettings.DEFAULTS);
    Thread.ofPlatform().daemon().start(this::serve);
  }

  @AfterEach
  void close() throws IOException {
    transport.close();
    listener.close();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        synchronized (this) {
          connections++;
        }
        while (answerOne(socket)) {
          // The same connection goes on.
        }
      } catch (IOException e) {
        // The test is over, or the client went away.
      }
    }
  }

  private boolean answerOne(Socket socket) throws IOException {
    var head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        return false;
      }
      head.append((char) c);
    }
    Answer answer;
    synchronized (this) {
      requests.add(head.toString());
      answer = answers.removeFirst();
    }
    socket.getOutputStream().write(answer.text.getBytes(StandardCharsets.ISO_8859_1));
    return !answer.close;
  }

  private synchronized void next(String text) {
    answers.add(new Answer(text, false));
  }

  private synchronized void last(String text) {
    answers.add(new Answer(text, true));
  }

  private Transport.Reply ask(boolean head) throws IOException {
    URI uri = URI.create("http://localhost:" + listener.getLocalPort() + "/a%20b?c=d");
    var headers = List.of(new FetchSettings.Header("X-Test", "yes"));
    return transport.send(new Transport.Call(uri, head, headers, Duration.ofSeconds(5)));
  }

  private String get() throws IOException {
    Transport.Reply reply = ask(false);
    try (InputStream body = reply.body()) {
      return reply.status() + " " + new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void requestsSayWhatIsWanted() throws IOException {
    next("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \"x\"\r\n\r\nhi");
    Transport.Reply reply = ask(false);
    assertThat(reply.fields().first("etag")).hasValue("\"x\"");
    assertThat(reply.fields().number("content-length")).hasValue(2);
    assertThat(requests.getFirst())
        .isEqualTo(
            "GET /a%20b?c=d HTTP/1.1\r\nHost: localhost:"
                + listener.getLocalPort()
                + "\r\nX-Test: yes\r\n\r\n");
  }

  @Test
  void oneConnectionServesManyRequests() throws IOException {
    next("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    next("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    next(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n1\r\nd\r\n0\r\nT: 1\r\n\r\n");
    next("HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\n\r\n");
    next("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\nContent-Length: 1\n\nz");
    assertThat(List.of(get(), get(), get(), get(), get()))
        .containsExactly("200 hi", "404 ", "200 abcd", "304 ", "200 z");
    assertThat(connections).isEqualTo(1);
  }

  @Test
  void connectionsThatEndAreForgotten() throws IOException {
    last("HTTP/1.1 200 OK\r\n\r\nall there is");
    last("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nthe whole");
    last("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nnot read");
    assertThat(List.of(get(), get())).containsExactly("200 all there is", "200 the whole");
    ask(false).body().close();
    assertThat(transport.connections()).isZero();
  }

  @Test
  void headHasNoBody() throws IOException {
    next("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    next("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
    assertThat(ask(true).fields().number("content-length")).hasValue(1000);
    assertThat(get()).isEqualTo("200 a");
    assertThat(connections).isEqualTo(1);
  }

  @Test
  void aBodyMayEndWithTheConnection() throws IOException {
    last("HTTP/1.0 200 OK\r\n\r\nall of it");
    next("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
    assertThat(get()).isEqualTo("200 all of it");
    assertThat(get()).isEqualTo("200 a");
    assertThat(connections).isEqualTo(2);
  }

  @Test
  void aConnectionThatTheServerGaveUpIsReplaced() throws IOException {
    last("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
    next("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb");
    assertThat(get()).isEqualTo("200 a");
    assertThat(get()).isEqualTo("200 b");
    assertThat(connections).isEqualTo(2);
  }

  @Test
  void aServerThatWantsToCloseIsLeft() throws IOException {
    next("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\na");
    next("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb");
    assertThat(get()).isEqualTo("200 a");
    assertThat(get()).isEqualTo("200 b");
    assertThat(connections).isEqualTo(2);
  }

  @Test
  void aBodyThatIsNotReadCostsItsConnection() throws IOException {
    next("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde");
    next("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb");
    ask(false).body().close();
    assertThat(get()).isEqualTo("200 b");
    assertThat(connections).isEqualTo(2);
  }

  @Test
  void bytesThatNobodyAskedForAreNoAnswerToTheNextRequest() throws IOException {
    next(
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
    next("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb");
    assertThat(get()).isEqualTo("200 a");
    assertThat(get()).isEqualTo("200 b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2p1\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Le"
      })
  void whatIsNoAnswerIsRefused(String text) {
    last(text);
    IOException refused = catchThrowableOfType(IOException.class, () -> ask(false));
    assertThat(refused).isInstanceOf(NetworkException.class);
    assertThat(refused.getMessage()).contains("Not understood");
  }

  @Test
  void headersWithoutEndAreRefused() {
    last("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(20_000));
    IOException refused = catchThrowableOfType(IOException.class, () -> ask(false));
    assertThat(refused.getMessage()).contains("have no end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 9\r\n\r\nshort",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n"
      })
  void bodiesThatAreNotWholeFail(String text) {
    last("HTTP/1.1 200 OK\r\n" + text);
    assertThat(catchThrowableOfType(IOException.class, this::get)).isNotNull();
  }

  @Test
  void silenceIsNotWaitedForWithoutEnd() throws IOException {
    transport.close();
    transport =
        new PlainTransport(
            FetchSettings.DEFAULTS.withRetry(
                new FetchSettings.Retry(0, 1000, Duration.ofMillis(300))));
    next("");
    IOException stalled = catchThrowableOfType(IOException.class, () -> ask(false));
    assertThat(stalled.getMessage()).contains("no answer within");
  }

  @Test
  void waitingEndsWithAnInterrupt() throws Exception {
    next("");
    var started = new CountDownLatch(1);
    var failure = new ArrayList<Throwable>();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  started.countDown();
                  try {
                    ask(false);
                  } catch (IOException | UncheckedIOException e) {
                    failure.add(e);
                  }
                });
    started.await();
    Thread.sleep(100);
    waiting.interrupt();
    waiting.join(Duration.ofSeconds(20));
    assertThat(waiting.isAlive()).isFalse();
    assertThat(failure).hasSize(1);
  }

  @Test
  void serversAreNotToldOfInterfaces() {
    assertThat(PlainTransport.host("[fe80::1%2]:8080")).isEqualTo("[fe80::1]:8080");
    assertThat(PlainTransport.host("[2001:db8::1]")).isEqualTo("[2001:db8::1]");
    assertThat(PlainTransport.host("localhost:80")).isEqualTo("localhost:80");
  }
}
