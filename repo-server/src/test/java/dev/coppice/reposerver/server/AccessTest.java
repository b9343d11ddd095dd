package dev.coppice.reposerver.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.object.Checksum;
import dev.coppice.reposerver.access.AddressList;
import dev.coppice.reposerver.access.AddressRange;
import dev.coppice.reposerver.observe.LogFormat;
import dev.coppice.testdata.RealOstree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens and addresses, as clients meet them. */
class AccessTest {
  private static final AddressList NOBODY =
      new AddressList(List.of(AddressRange.parse("192.0.2.0/24")));

  private TestRepo repo;

  @BeforeEach
  void create() throws IOException {
    repo = TestRepo.create();
  }

  @AfterEach
  void close() throws IOException {
    repo.close();
  }

  private Path tokens(String... tokens) throws IOException {
    var lines = new StringBuilder();
    for (String token : tokens) {
      lines.append(Checksum.sha256(token.getBytes(UTF_8)).hex());
      lines.append(" name-of-").append(token).append('\n');
    }
    Path temporary = Files.writeString(repo.temp.path("tokens.new"), lines);
    return Files.move(temporary, repo.temp.path("tokens"), StandardCopyOption.REPLACE_EXISTING);
  }

  private URI serve(AccessSettings access) throws IOException {
    return repo.serve(settings -> TestRepo.with(settings, access)).getFirst();
  }

  @Test
  void withoutATokenThereIsNothing() throws IOException {
    Path file = tokens("good");
    Curl curl =
        Curl.of(
            serve(
                new AccessSettings(
                    AddressList.ALL, AddressList.LOCAL, AddressList.NONE, Optional.of(file))));
    for (String path : new String[] {"/config", "/summary", "/nothing", "/", "/-/x"}) {
      assertThat(curl.get(path).status()).as(path).isEqualTo(401);
      assertThat(curl.get(path, "-H", "Authorization: Bearer bad").status()).isEqualTo(401);
    }
    String challenge = curl.run("/config").ok().out();
    assertThat(challenge).contains("WWW-Authenticate: Bearer", "WWW-Authenticate: Basic");
    assertThat(curl.get("/config", "-H", "Authorization: Bearer good").status()).isEqualTo(200);
    assertThat(curl.get("/config", "-u", "anybody:good").status()).isEqualTo(200);
    assertThat(curl.get("/config", "-u", "good:bad").status()).isEqualTo(401);
    assertThat(curl.get("/-/health").status()).isEqualTo(200);
    assertThat(curl.get("/-/metrics").status()).isEqualTo(200);
  }

  @Test
  void whatIsInMemoryNeedsATokenAsWell() throws IOException {
    Path file = tokens("good");
    String path = repo.plant("object".getBytes(UTF_8));
    Curl curl =
        Curl.of(
            serve(
                new AccessSettings(
                    AddressList.ALL, AddressList.LOCAL, AddressList.NONE, Optional.of(file))));
    for (int i = 0; i < 3; i++) {
      assertThat(curl.get(path, "-u", ":good").text()).isEqualTo("object");
      assertThat(curl.get(path).status()).isEqualTo(401);
      assertThat(curl.get(path, "-H", "If-None-Match: *").status()).isEqualTo(401);
    }
  }

  @Test
  void tokensAreReadAgain() throws Exception {
    Path file = tokens("old");
    Curl curl =
        Curl.of(
            serve(
                new AccessSettings(
                    AddressList.ALL, AddressList.LOCAL, AddressList.NONE, Optional.of(file))));
    assertThat(curl.get("/config", "-u", ":old").status()).isEqualTo(200);
    tokens("new");
    assertThat(repo.awaitReport()).contains("read again").contains("tokens");
    assertThat(curl.get("/config", "-u", ":old").status()).isEqualTo(401);
    assertThat(curl.get("/config", "-u", ":new").status()).isEqualTo(200);
    repo.reports.clear();
    Files.writeString(file, "nonsense\n");
    assertThat(repo.awaitReport()).contains("tokens, line 1").contains("stays in force");
    assertThat(curl.get("/config", "-u", ":new").status()).isEqualTo(200);
  }

  @Test
  void ostreePullsWithATokenInTheUrl() throws IOException {
    Path file = tokens("good");
    URI server =
        serve(
            new AccessSettings(
                AddressList.ALL, AddressList.LOCAL, AddressList.NONE, Optional.of(file)));
    for (RealOstree ostree : RealOstree.requireAll()) {
      Path target = repo.temp.path("target-" + ostree.version());
      ostree.on(target, "init", "--mode=bare-user");
      String url = server.toString();
      ostree.on(target, "remote", "add", "--no-gpg-verify", "without", url);
      assertThat(ostree.run("--repo=" + target, "pull", "without", "os").exit()).isNotZero();
      String with = url.replace("http://", "http://any:good@");
      ostree.on(target, "remote", "add", "--no-gpg-verify", "with", with);
      ostree.on(target, "pull", "with", "os");
      assertThat(ostree.on(target, "rev-parse", "with:os")).isEqualTo(repo.head());
    }
  }

  @Test
  void otherAddressesAreTurnedAway() throws IOException {
    Curl curl =
        Curl.of(
            serve(
                new AccessSettings(NOBODY, AddressList.LOCAL, AddressList.NONE, Optional.empty())));
    assertThat(curl.get("/config").status()).isEqualTo(403);
    assertThat(curl.get("/-/metrics").status()).isEqualTo(404);
    assertThat(curl.get("/-/health").status()).isEqualTo(200);
  }

  @Test
  void callersAreTakenFromTrustedProxiesOnly() throws IOException {
    Path log = repo.temp.path("log");
    AddressList some = new AddressList(List.of(AddressRange.parse("192.0.2.0/24")));
    Curl proxy =
        Curl.of(
            repo.serve(
                    settings ->
                        new ServerSettings(
                            settings.repos(),
                            settings.listen(),
                            settings.tls(),
                            new AccessSettings(some, some, AddressList.LOCAL, Optional.empty()),
                            Optional.of(new LogSettings(Optional.of(log), LogFormat.COMMON)),
                            settings.jobs(),
                            settings.limits()))
                .getFirst());
    String header = "X-Forwarded-For: ";
    assertThat(proxy.get("/config").status()).isEqualTo(403);
    assertThat(proxy.get("/config", "-H", header + "192.0.2.1").status()).isEqualTo(200);
    assertThat(proxy.get("/-/metrics", "-H", header + "192.0.2.1").status()).isEqualTo(200);
    assertThat(proxy.get("/config", "-H", header + "192.0.2.1, 198.51.100.1").status())
        .as("what the client wrote itself")
        .isEqualTo(403);
    repo.server().close();
    assertThat(Files.readString(log))
        .contains("127.0.0.1 - - ")
        .contains("192.0.2.1 - - ")
        .contains("198.51.100.1 - - ");
  }

  @Test
  void metricsAreForThoseWhoMaySeeThem() throws IOException {
    Curl curl =
        Curl.of(
            serve(new AccessSettings(AddressList.ALL, NOBODY, AddressList.NONE, Optional.empty())));
    assertThat(curl.get("/config").status()).isEqualTo(200);
    assertThat(curl.get("/-/metrics").status()).isEqualTo(404);
  }

  @Test
  void theLogHasTheNameOfTheToken() throws Exception {
    Path file = tokens("good");
    Path log = repo.temp.path("log");
    URI server =
        repo.serve(
                settings ->
                    new ServerSettings(
                        settings.repos(),
                        settings.listen(),
                        settings.tls(),
                        new AccessSettings(
                            AddressList.ALL,
                            AddressList.LOCAL,
                            AddressList.NONE,
                            Optional.of(file)),
                        Optional.of(new LogSettings(Optional.of(log), LogFormat.COMBINED)),
                        settings.jobs(),
                        settings.limits()))
            .getFirst();
    Curl curl = Curl.of(server, "-A", "\"quoted\" agent", "-e", "http://from/");
    int length = curl.get("/config?a=b", "-u", ":good").body().length;
    curl.get("/summary", "--http2-prior-knowledge");
    curl.get("/nothing", "--head", "-u", ":good");
    repo.server().close();
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .startsWith("127.0.0.1 - name-of-good [")
        .endsWith(
            "\"GET /config?a=b HTTP/1.1\" 200 "
                + length
                + " \"http://from/\" \"\\x22quoted\\x22 agent\"");
    assertThat(lines.get(1))
        .startsWith("127.0.0.1 - - [")
        .contains("\"GET /summary HTTP/2.0\" 401");
    assertThat(lines.get(2)).contains("\"HEAD /nothing HTTP/1.1\" 404 0 ");
  }

  @Test
  void severalRepositoriesHaveTheirNames() throws IOException {
    Path other = repo.temp.path("other");
    repo.ostree.on(other, "init", "--mode=archive");
    URI server =
        repo.serve(
                settings ->
                    new ServerSettings(
                        List.of(
                            new ServedRepo("first", repo.path), new ServedRepo("second", other)),
                        settings.listen(),
                        settings.tls(),
                        settings.access(),
                        settings.log(),
                        settings.jobs(),
                        settings.limits()))
            .getFirst();
    Curl curl = Curl.of(server);
    String object = repo.plant("object".getBytes(UTF_8));
    for (int i = 0; i < 2; i++) {
      assertThat(curl.get("/first" + object).text()).isEqualTo("object");
      assertThat(curl.get("/second" + object).status()).isEqualTo(404);
      assertThat(curl.get(object).status()).isEqualTo(404);
    }
    assertThat(curl.get("/").text()).isEqualTo("/first/\n/second/\n");
    assertThat(curl.get("/first/-/x").text()).startsWith("/first /-/x {}");
    assertThat(curl.get("/firstconfig").status()).isEqualTo(404);
    assertThat(curl.get("/first/../second/config").status()).isEqualTo(404);
    assertThat(curl.get("/-/metrics").text())
        .contains("coppice_http_requests_total{section=\"objects\",code=\"2xx\"} 2");
    assertThat(repo.ostree.run("--repo=" + other, "remote", "add", "r", server + "first").exit())
        .isZero();
  }
}
