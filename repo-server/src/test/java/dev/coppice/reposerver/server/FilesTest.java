package dev.coppice.reposerver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.reposerver.server.Curl.Answer;
import dev.coppice.testdata.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as curl gets them, over HTTP/1.1 and HTTP/2. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilesTest {
  private static final String[] PROTOCOLS = {"--http1.1", "--http2-prior-knowledge"};

  private final byte[] large = new byte[3_000_001];
  private final byte[] small = new byte[5_000];
  private TestRepo repo;
  private Curl curl;
  private String largePath;
  private String smallPath;

  @BeforeAll
  void start() throws IOException {
    repo = TestRepo.create();
    new Random(1).nextBytes(large);
    new Random(2).nextBytes(small);
    largePath = repo.plant(large);
    smallPath = repo.plant(small);
    curl = Curl.of(repo.serve());
  }

  @AfterAll
  void stop() throws IOException {
    if (repo != null) {
      repo.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http1.0", "--http2-prior-knowledge"})
  void sendsWholeFiles(String protocol) throws IOException {
    assertThat(curl.get(largePath, protocol).body()).isEqualTo(large);
    assertThat(curl.get(smallPath, protocol).body()).isEqualTo(small);
    assertThat(curl.get("/summary", protocol).body()).isEqualTo(repo.bytes("summary"));
    assertThat(curl.get("/refs/heads/os", protocol).text()).isEqualTo(repo.head() + "\n");
    assertThat(curl.get("/config", protocol).text()).startsWith("[core]\n").contains("archive-z2");
  }

  @Test
  void speaksBothProtocols() {
    assertThat(curl.get("/config", "--http1.1").protocol()).isEqualTo("HTTP/1.1");
    assertThat(curl.get("/config", "--http2-prior-knowledge").protocol()).isEqualTo("HTTP/2");
    Answer offered = curl.get("/config", "--http2");
    assertThat(offered.protocol()).as("an upgrade is not taken").isEqualTo("HTTP/1.1");
    assertThat(offered.status()).isEqualTo(200);
  }

  @Test
  void describesObjectsAsImmutable() throws IOException {
    String path = repo.plant(Arrays.copyOf(small, 4000));
    Path file = repo.path.resolve(path.substring(1));
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(784_111_777)));
    Answer answer = curl.get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/octet-stream");
    assertThat(answer.header("Content-Length")).contains("4000");
    assertThat(answer.header("Cache-Control")).contains("public, max-age=31536000, immutable");
    assertThat(answer.header("Last-Modified")).contains("Sun, 06 Nov 1994 08:49:37 GMT");
    assertThat(answer.header("Accept-Ranges")).contains("bytes");
    assertThat(answer.header("ETag").orElseThrow()).matches("\"[^\"]+\"");
    assertThat(answer.header("Date")).isPresent();
    assertThat(answer.header("Server")).as("nobody's business").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/summary", "/refs/heads/os", "/config"})
  void describesOtherFilesAsChanging(String path) {
    assertThat(curl.get(path).header("Cache-Control")).contains("no-cache");
  }

  @Test
  void theNameOfAMetadataObjectIsItsTag() throws IOException {
    String head = repo.head();
    String path = "/objects/" + head.substring(0, 2) + "/" + head.substring(2) + ".commit";
    Answer answer = curl.get(path);
    assertThat(answer.header("ETag")).contains("\"" + head.substring(2) + ".commit\"");
    assertThat(answer.header("Cache-Control").orElseThrow()).contains("immutable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "large", "summary"})
  void answersHeadLikeGetWithoutABody(String which) {
    String path = path(which);
    Answer get = curl.get(path);
    for (String protocol : PROTOCOLS) {
      Answer head = curl.get(path, "--head", protocol);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      for (String name : new String[] {"ETag", "Content-Length", "Content-Type"}) {
        assertThat(head.header(name)).isEqualTo(get.header(name));
      }
    }
    assertThat(curl.get(path).body()).as("the connection's next answer").isEqualTo(get.body());
  }

  private String path(String which) {
    return switch (which) {
      case "small" -> smallPath;
      case "large" -> largePath;
      default -> "/" + which;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "large"})
  void sendsRanges(String which) {
    byte[] whole = which.equals("small") ? small : large;
    int size = whole.length;
    String[][] table = {
      {"0-0", "0", "1"},
      {"100-299", "100", "300"},
      {"4000-", "4000", size + ""},
      {"-17", size - 17 + "", size + ""},
      {"4990-99999999", "4990", size + ""}
    };
    for (String protocol : PROTOCOLS) {
      for (String[] row : table) {
        int from = Integer.parseInt(row[1]);
        int to = Integer.parseInt(row[2]);
        Answer answer = curl.get(path(which), "-r", row[0], protocol);
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range"))
            .contains("bytes " + from + "-" + (to - 1) + "/" + size);
        assertThat(answer.header("Content-Length")).contains(to - from + "");
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(whole, from, to));
      }
    }
  }

  @Test
  void refusesRangesBehindTheEnd() {
    Answer answer = curl.get(smallPath, "-r", "5000-");
    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.header("Content-Range")).contains("bytes */5000");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void sendsEverythingForSeveralRanges() {
    Answer answer = curl.get(smallPath, "-r", "0-1,5-6");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(small);
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "large", "summary"})
  void answersConditions(String which) {
    String path = path(which);
    Answer first = curl.get(path);
    String etag = first.header("ETag").orElseThrow();
    String modified = first.header("Last-Modified").orElseThrow();
    for (String condition :
        new String[] {
          "If-None-Match: " + etag,
          "If-None-Match: \"x\", W/" + etag,
          "If-Modified-Since: " + modified
        }) {
      Answer answer = curl.get(path, "-H", condition);
      assertThat(answer.status()).as(condition).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("ETag")).contains(etag);
      assertThat(answer.header("Cache-Control")).isEqualTo(first.header("Cache-Control"));
    }
    assertThat(curl.get(path, "-H", "If-None-Match: \"x\"").status()).isEqualTo(200);
    assertThat(curl.get(path, "-H", "If-Match: \"x\"").status()).isEqualTo(412);
    assertThat(curl.get(path, "-H", "If-Match: " + etag).body()).isEqualTo(first.body());
  }

  @Test
  void resumesOnlyTheSameFile() {
    String etag = curl.get(largePath).header("ETag").orElseThrow();
    assertThat(curl.get(largePath, "-r", "10-", "-H", "If-Range: " + etag).status()).isEqualTo(206);
    Answer other = curl.get(largePath, "-r", "10-", "-H", "If-Range: \"x\"");
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.body()).isEqualTo(large);
  }

  @Test
  void curlResumesADownload() throws IOException {
    Path target = repo.temp.path("download");
    Files.write(target, Arrays.copyOf(large, 1_234_567));
    String url = repo.server().addresses().getFirst().resolve(largePath).toString();
    Programs.run("curl", "-sf", "-C", "-", "-o", target.toString(), url).ok();
    assertThat(Files.readAllBytes(target)).isEqualTo(large);
  }

  @Test
  void answersOnlyWhatReads() {
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"}) {
      Answer answer = curl.get("/config", "-X", method);
      assertThat(answer.status()).as(method).isEqualTo(405);
      assertThat(answer.header("Allow")).contains("GET, HEAD");
    }
    assertThat(curl.get("/config", "-d", "x".repeat(100_000)).status()).isEqualTo(405);
    assertThat(curl.get("/config").status()).isEqualTo(200);
  }

  @Test
  void decodesPathsOnce() {
    assertThat(curl.get("/%63onfig").status()).isEqualTo(200);
    assertThat(curl.get("/config?x=/../y").status()).isEqualTo(200);
    assertThat(curl.get("/%2563onfig").status()).isEqualTo(400);
  }

  @Test
  void anEmptyFileHasAnEmptyBody() throws IOException {
    Answer answer = curl.get(repo.plant(new byte[0]));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).contains("0");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void healthAndMetricsAreThere() {
    assertThat(curl.get("/-/health").text()).isEqualTo("ok\n");
    Answer metrics = curl.get("/-/metrics");
    assertThat(metrics.header("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(metrics.text())
        .containsPattern("requests_total\\{section=\"pages\",code=\"2xx\"} [1-9]")
        .containsPattern("coppice_connections [1-9]");
  }

  @Test
  void showsPages() {
    Answer page = curl.get("/-/hello?a=1&b=%C3%A9&a=2");
    assertThat(page.text()).startsWith(" /-/hello {a=1, b=é}\n").hasSize(21 * 1000);
    assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.header("Content-Security-Policy").orElseThrow()).contains("default-src 'self'");
    assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(curl.get("/", "-H", "If-None-Match: \"tag\"").status()).isEqualTo(304);
    assertThat(curl.get("/", "--head").body()).isEmpty();
    assertThat(curl.get("/-/missing").status()).isEqualTo(404);
    assertThat(curl.get("/-/moved").header("Location")).contains("/-/there");
  }

  @Test
  void pagesThatFailAreReportedAndTellNothing() {
    for (String path : new String[] {"/-/broken", "/-/defect"}) {
      Answer answer = curl.get(path);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text()).isEqualTo("Server Error\n");
      assertThat(repo.reports.toString()).contains("while answering " + path);
    }
  }
}
