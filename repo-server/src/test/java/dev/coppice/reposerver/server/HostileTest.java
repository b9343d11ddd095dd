package dev.coppice.reposerver.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for what must not be seen, in a repository full of secrets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTest {
  private static final String SECRET = "very-secret-text";

  private TestRepo repo;
  private URI server;

  @BeforeAll
  void start() throws IOException {
    repo = TestRepo.create();
    for (String name :
        new String[] {
          "state/x.commitpartial",
          "tmp/cache/summaries/r",
          "extensions/key",
          ".htpasswd",
          "r.trustedkeys.gpg",
          "r.cookies.txt",
          "key.pem",
          "objects/.hidden",
          "refs/heads/.hidden",
          "refs/heads/odd",
          "refs/remotes/r/x",
          "summary.bak",
          "-/health",
          "../outside"
        }) {
      secret(repo.path.resolve(name));
    }
    Files.writeString(
        repo.path.resolve("config"),
        "\n# " + SECRET + "\n[remote \"r\"]\nurl=https://u:" + SECRET + "@h/\n",
        StandardOpenOption.APPEND);
    secret(repo.path.resolve(".lock"));
    link("summary.idx", "config");
    link("refs/heads/to-config", "../../config");
    link("refs/heads/to-outside", "../../../outside");
    link("refs/heads/to-absolute", repo.path.resolve("refs/heads/os").toString());
    link("refs/heads/up", "../../..");
    link(object("aa"), "../../config");
    link(object("bb"), "/proc/self/root" + repo.path.resolve("config"));
    link("deltas", "..");
    Files.createDirectories(repo.path.resolve(object("cc")));
    // Too large to be read into memory, which must not mean that it is sent unread.
    secret(repo.path.resolve("refs/heads/large"), (SECRET + "\n").repeat(100_000));
    server = repo.serve();
  }

  @AfterAll
  void stop() throws IOException {
    if (repo != null) {
      repo.close();
    }
  }

  private static String object(String start) {
    return "objects/" + start + "/" + start.repeat(31) + ".filez";
  }

  private static void secret(Path file) throws IOException {
    secret(file, SECRET);
  }

  private static void secret(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void link(String name, String target) throws IOException {
    Path link = repo.path.resolve(name);
    Files.createDirectories(link.getParent());
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of(target));
  }

  private String ask(String request) throws IOException {
    try (var client = new RawClient(server)) {
      return new String(client.send(request).readAll(), ISO_8859_1);
    }
  }

  private String get(String path) throws IOException {
    return ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/state/x.commitpartial",
        "/tmp/cache/summaries/r",
        "/extensions/key",
        "/.htpasswd",
        "/.lock",
        "/r.trustedkeys.gpg",
        "/r.cookies.txt",
        "/key.pem",
        "/objects/.hidden",
        "/objects/",
        "/objects",
        "/refs/",
        "/refs/heads/.hidden",
        "/refs/heads/odd",
        "/refs/heads/large",
        "/refs/heads/to-config",
        "/refs/heads/to-outside",
        "/refs/heads/to-absolute",
        "/refs/heads/up/outside",
        "/refs/heads/up",
        "/refs/remotes/r/x",
        "/summary.idx",
        "/summary.bak",
        "/objects/aa/" + "AA" + ".filez",
        "/objects/bb/" + "BB" + ".filez",
        "/objects/cc/" + "CC" + ".filez",
        "/deltas/outside",
        "/config/",
        "/config/.",
        "/config/x",
        "//config",
        "/./config",
        "/x/../config",
        "/../config",
        "/../outside",
        "/../../../../../../etc/passwd",
        "/objects/../config",
        "/objects/..%2f..%2foutside",
        "/objects/%2e%2e/%2e%2e/outside",
        "/objects/..%5c..%5coutside",
        "/objects/..\\..\\outside",
        "/objects/..;/config",
        "/config;x",
        "/config%00",
        "/config%00.filez",
        "/config%20",
        "/config%0d%0aX: y",
        "/%c0%ae%c0%ae/outside",
        "/%uff0e%uff0e/outside",
        "/..%c1%9coutside",
        "/%2e%2e%2foutside",
        "/%252e%252e%252foutside",
        "/file:///etc/passwd",
        "/proc/self/environ",
        "/%70roc/self/environ",
        "/-/../config",
        "/-/%2e%2e/outside",
        "outside",
        "*",
        "http://localhost/../outside",
        "file:///etc/passwd"
      })
  void nothingIsSeen(String path) throws IOException {
    String full =
        path.replace("AA", "aa".repeat(31))
            .replace("BB", "bb".repeat(31))
            .replace("CC", "cc".repeat(31));
    String answer = get(full);
    assertThat(answer).matches("(?s)HTTP/1\\.1 (400|404) .*");
    assertThat(answer).doesNotContain(SECRET, "root:", "remote \"r\"");
  }

  @Test
  void configurationHasNoSecrets() throws IOException {
    assertThat(get("/config")).contains("[core]").doesNotContain(SECRET, "remote");
    assertThat(get("http://localhost/config")).startsWith("HTTP/1.1 200").doesNotContain(SECRET);
  }

  @Test
  void aConfigurationThatIsTooLargeIsNotSentAtAll() throws IOException {
    Path config = repo.path.resolve("config");
    byte[] before = Files.readAllBytes(config);
    try {
      Files.writeString(config, "[core]\nmode=archive-z2\n" + ("#" + SECRET + "\n").repeat(80_000));
      assertThat(get("/config")).startsWith("HTTP/1.1 404").doesNotContain(SECRET);
      Files.writeString(config, "no key file: " + SECRET);
      assertThat(get("/config")).startsWith("HTTP/1.1 500").doesNotContain(SECRET);
    } finally {
      Files.write(config, before);
    }
  }

  @Test
  void anAliasOfARefIsServed() throws IOException {
    link("refs/heads/alias", "os");
    link("refs/heads/deep/alias", "../os");
    assertThat(get("/refs/heads/alias")).endsWith("\r\n\r\n" + repo.head() + "\n");
    assertThat(get("/refs/heads/deep/alias")).endsWith("\r\n\r\n" + repo.head() + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET /config\r\n\r\n",
        "GET /config HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET /config HTTP/1.1\r\n\r\n",
        "GET /config HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /config HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "GET /config HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET /con\u0000fig HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /\u0001 HTTP/1.1\r\nHost: x\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"
      })
  void whatIsNoRequestEndsTheConnectionAndNotTheServer(String bytes) throws IOException {
    try (var client = new RawClient(server)) {
      client.send(bytes).send("x".repeat(64)).shutdownOutput();
      assertThat(new String(client.readAll(), ISO_8859_1)).doesNotContain("[core]", SECRET);
    }
    assertThat(get("/-/health")).startsWith("HTTP/1.1 200");
  }

  @Test
  void headersThatAreTooLongAreRefused() throws IOException {
    assertThat(get("/" + "a".repeat(100_000))).startsWith("HTTP/1.1 414");
    assertThat(
            ask(
                "GET /config HTTP/1.1\r\nHost: x\r\nX: "
                    + "a".repeat(100_000)
                    + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
  }
}
