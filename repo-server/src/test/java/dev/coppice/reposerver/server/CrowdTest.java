package dev.coppice.reposerver.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many clients, slow clients, and files that change while they are read. */
class CrowdTest {
  private static final int LARGE = 20_000_000;

  private TestRepo repo;

  @BeforeEach
  void create() throws IOException {
    repo = TestRepo.create();
  }

  @AfterEach
  void close() throws IOException {
    repo.close();
  }

  private static byte[] random(int size, long seed) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static HttpResponse<byte[]> get(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
  }

  private static void all(List<Callable<Void>> tasks) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> each : threads.invokeAll(tasks)) {
        each.get();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void manyAtOnceGetTheirOwnBytes(HttpClient.Version version) throws Exception {
    if (version.name().contains("3")) {
      return; // not spoken by this server
    }
    var bodies = new ArrayList<byte[]>();
    var paths = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      byte[] body = random(i % 4 == 0 ? 200_000 + i : 100 * i, i);
      bodies.add(body);
      paths.add(repo.plant(body));
    }
    URI server = repo.serve();
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      var tasks = new ArrayList<Callable<Void>>();
      for (int worker = 0; worker < 24; worker++) {
        int start = worker;
        tasks.add(
            () -> {
              for (int i = 0; i < 80; i++) {
                int which = (start * 7 + i) % bodies.size();
                assertThat(get(client, server.resolve(paths.get(which))).body())
                    .isEqualTo(bodies.get(which));
              }
              return null;
            });
      }
      all(tasks);
    }
  }

  @Test
  void aSummaryThatIsReplacedIsAlwaysWhole() throws Exception {
    var versions = new ArrayList<byte[]>();
    for (int i = 0; i < 5; i++) {
      versions.add(random(300_000 + 1000 * i, i)); // in memory
      versions.add(random(2_000_000 + 1000 * i, i)); // from disk
    }
    Path summary = repo.path.resolve("summary");
    Files.write(summary, versions.getFirst());
    URI uri = repo.serve().resolve("/summary");
    try (HttpClient client = HttpClient.newHttpClient();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          threads.submit(
              () -> {
                for (int i = 0; i < 200; i++) {
                  Path temporary = repo.path.resolve("tmp/summary-" + i);
                  Files.write(temporary, versions.get(i % versions.size()));
                  Files.move(temporary, summary, StandardCopyOption.ATOMIC_MOVE);
                }
                return null;
              });
      var tasks = new ArrayList<Callable<Void>>();
      for (int i = 0; i < 4; i++) {
        tasks.add(
            () -> {
              do {
                HttpResponse<byte[]> answer = get(client, uri);
                assertThat(versions.stream().anyMatch(v -> Arrays.equals(v, answer.body())))
                    .as(answer.headers().map().toString())
                    .isTrue();
              } while (!writer.isDone());
              return null;
            });
      }
      all(tasks);
      writer.get();
      assertThat(get(client, uri).body()).isEqualTo(Files.readAllBytes(summary));
    }
  }

  @Test
  void aFileThatIsReplacedAndDeletedIsReadToItsEnd() throws Exception {
    byte[] old = random(LARGE, 1);
    String path = repo.plant(old);
    Path file = repo.path.resolve(path.substring(1));
    try (var client = new RawClient(repo.serve(), 8 * 1024)) {
      client.ask(path).readHeaders();
      byte[] first = client.read(1000);
      Path other = Files.write(repo.path.resolve("tmp/other"), random(100, 2));
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(file);
      byte[] rest = client.readAll();
      assertThat(rest).hasSize(LARGE - 1000).isEqualTo(Arrays.copyOfRange(old, 1000, LARGE));
      assertThat(first).isEqualTo(Arrays.copyOf(old, 1000));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsCutShortEndsTheConnectionAndNotTheServer(Way way) throws Exception {
    byte[] whole = random(LARGE, 1);
    String path = repo.plant(whole);
    TlsFiles tls = TestTls.in(repo.temp.path("tls")).server("server");
    List<URI> addresses = repo.serve(settings -> TestRepo.with(settings, tls));
    URI server = addresses.get(way == Way.TLS ? 0 : 1);
    Path target = repo.temp.path("target");
    var curl =
        new ProcessBuilder(
                "curl",
                "-sk",
                "--limit-rate",
                "2M",
                "--max-time",
                "20",
                way == Way.HTTP_2 ? "--http2-prior-knowledge" : "--http1.1",
                "-o",
                target.toString(),
                server.resolve(path).toString())
            .start();
    while (!Files.exists(target) || Files.size(target) < 100_000) {
      assertThat(curl.isAlive()).isTrue();
      Thread.sleep(5);
    }
    try (FileChannel file =
        FileChannel.open(repo.path.resolve(path.substring(1)), StandardOpenOption.WRITE)) {
      file.truncate(5000);
    }
    assertThat(curl.waitFor()).as("curl notices").isNotZero();
    assertThat(Files.size(target)).isLessThan(LARGE);
    Curl again = Curl.of(server, "-k");
    assertThat(again.get("/-/health").text()).isEqualTo("ok\n");
    byte[] left = again.get(path).body();
    assertThat(left).isEqualTo(Arrays.copyOf(whole, 5000));
  }

  /** How a file travels. */
  enum Way {
    HTTP_1,
    HTTP_2,
    TLS
  }

  @Test
  void clientsThatDoNotReadTakeNothingFromOthers() throws Exception {
    byte[] large = random(LARGE, 1);
    String path = repo.plant(large);
    URI server = repo.serve();
    var stuck = new ArrayList<RawClient>();
    try {
      // More than the server has threads.
      for (int i = 0; i < 90; i++) {
        stuck.add(new RawClient(server, 4 * 1024).ask(path));
      }
      for (RawClient client : stuck) {
        client.readHeaders();
      }
      Curl curl = Curl.of(server);
      for (int i = 0; i < 5; i++) {
        assertThat(curl.get(path).body()).isEqualTo(large);
        assertThat(curl.get("/refs/heads/os").status()).isEqualTo(200);
      }
      assertThat(stuck.getFirst().readAll()).isEqualTo(large);
    } finally {
      for (RawClient client : stuck) {
        client.close();
      }
    }
    assertThat(Curl.of(server).get(path).body()).isEqualTo(large);
  }

  @Test
  void slowRequestsWaitForTheirEndWithoutAThread() throws Exception {
    URI server = repo.serve();
    var slow = new ArrayList<RawClient>();
    try {
      for (int i = 0; i < 90; i++) {
        slow.add(new RawClient(server).send("GET /config HTTP/1.1\r\nHost: local"));
      }
      assertThat(Curl.of(server).get("/config").status()).isEqualTo(200);
      for (RawClient client : slow) {
        client.send("host\r\nConnection: close\r\n\r\n");
      }
      for (RawClient client : slow) {
        assertThat(new String(client.readAll(), UTF_8)).startsWith("HTTP/1.1 200").contains("core");
      }
    } finally {
      for (RawClient client : slow) {
        client.close();
      }
    }
  }

  @Test
  void clientsThatGoAwayLeaveNoFilesOpen() throws Exception {
    String path = repo.plant(random(LARGE, 1));
    URI server = repo.serve();
    for (int i = 0; i < 20; i++) {
      try (var client = new RawClient(server, 4 * 1024)) {
        client.ask(path).readHeaders();
      }
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    for (int i = 0; i < 1000 && isOpenOrMapped(name); i++) {
      Thread.sleep(10);
    }
    assertThat(isOpenOrMapped(name)).isFalse();
  }

  private static boolean isOpenOrMapped(String name) throws IOException {
    if (Files.readString(Path.of("/proc/self/maps")).contains(name)) {
      return true;
    }
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path each : open.toList()) {
        try {
          if (Files.readSymbolicLink(each).toString().contains(name)) {
            return true;
          }
        } catch (IOException e) {
          // closed meanwhile
        }
      }
    }
    return false;
  }

  @Test
  void stopsWhenRequestsUnderWayHaveEnded() throws Exception {
    byte[] large = random(LARGE, 1);
    String path = repo.plant(large);
    URI server = repo.serve();
    try (var client = new RawClient(server, 16 * 1024);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      client.ask(path).readHeaders();
      Future<?> closing =
          threads.submit(
              () -> {
                repo.server().close();
                return null;
              });
      assertThatThrownBy(
              () -> {
                while (true) {
                  // The system may still take a connection that nobody looks at any more. It may
                  // not be waited for as long as the other client may stand still: a second.
                  try (var late = new RawClient(server).patience(300)) {
                    late.ask("/-/health").readHeaders();
                  }
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(client.readAll()).isEqualTo(large);
      closing.get();
    }
  }
}
