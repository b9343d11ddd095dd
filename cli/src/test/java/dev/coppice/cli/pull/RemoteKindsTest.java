package dev.coppice.cli.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.http.Fault;
import dev.coppice.testdata.http.FaultServer;
import dev.coppice.testdata.http.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a remote can say where it is, and how it is to be talked to. */
class RemoteKindsTest {
  private ServedRepo served;
  private CliRunner runner;

  @BeforeEach
  void make() throws IOException {
    served = new ServedRepo(RealOstree.require());
    runner = CliRunner.in(served.temp.path(""));
    assertThat(runner.ostree("init", "--repo=c", "--mode=bare-user").code()).isZero();
  }

  @AfterEach
  void remove() throws IOException {
    served.close();
  }

  private void remote(String url, String... settings) {
    var line = new ArrayList<String>();
    line.addAll(List.of("remote", "add", "--repo=c", "--force", "--no-gpg-verify"));
    for (String setting : settings) {
      line.add("--set=" + setting);
    }
    line.addAll(List.of("up", url));
    CliRunner.Result added = runner.ostree(line.toArray(String[]::new));
    assertThat(added.err()).isEmpty();
  }

  private CliRunner.Result pull(String... more) {
    var line = new ArrayList<>(List.of("pull", "--repo=c"));
    line.addAll(List.of(more));
    line.addAll(List.of("--network-retries=0", "up", "os/x"));
    return runner.ostree(line.toArray(String[]::new));
  }

  private void pulls(String... more) {
    CliRunner.Result result = pull(more);
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(served.real.run("fsck", "--repo=" + served.temp.path("c")).exit()).isZero();
  }

  private void fails(String part) {
    CliRunner.Result result = pull("--disable-fsync");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: ").contains(part).doesNotContain("Exception");
    assertThat(runner.ostree("refs", "--repo=c").out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%00b", "a%FFb"})
  void pathsThatNoFileCanHaveAreRefusedEverywhere(String name) throws IOException {
    String bad = "file:///" + name;
    String expected = "No file can have the path of the URL " + bad;
    String next = "\n  [url-invalid]: ";
    for (String url : List.of(bad, "mirrorlist=" + bad)) {
      remote(url);
      fails(expected);
      fails(next);
    }
    remote("http://127.0.0.1:1/", "metalink=" + bad);
    fails(expected);
    remote(served.server.uri().toString(), "contenturl=" + bad);
    fails(expected);
    for (String[] line :
        new String[][] {
          {"pull", "--repo=c", bad + ":os/x"},
          {"pull", "--repo=c", "--url=" + bad, "up", "os/x"},
          {"remote", "refs", "--repo=c", "up", "--cache-dir=cache"},
          {"pull-local", "--repo=c", bad}
        }) {
      remote(bad);
      CliRunner.Result result = runner.ostree(line);
      assertThat(result.code()).as(String.join(" ", line)).isEqualTo(1);
      assertThat(result.err()).startsWith("error: ").doesNotContain("Exception", "Defect");
    }
    CliRunner.Result published = runner.coppice("publish", "--repo=" + served.repo, bad);
    assertThat(published.err()).contains(expected, next);
  }

  @Test
  void aListOfMirrors() throws IOException {
    Path empty = Files.createDirectories(served.temp.path("empty"));
    try (FaultServer gone = FaultServer.start(empty);
        FaultServer lists = FaultServer.start(served.temp.path(""))) {
      Files.writeString(
          served.temp.path("list"),
          "# mirrors\n" + gone.uri() + "/\n" + served.server.uri() + "\n");
      remote("mirrorlist=" + lists.uri() + "/list");
      pulls();
      assertThat(gone.requests()).isNotEmpty();
    }
  }

  @Test
  void aMirrorThatLiesIsNotAskedAgainForEver() throws IOException {
    // The same repository, but each object that it serves is damaged.
    try (FaultServer liar = FaultServer.start(served.repo);
        FaultServer lists = FaultServer.start(served.temp.path(""))) {
      liar.always(new Fault.WrongByte(20));
      Files.writeString(served.temp.path("list"), served.server.uri() + "\n" + liar.uri() + "\n");
      remote("mirrorlist=" + lists.uri() + "/list");
      pulls();
    }
  }

  @Test
  void aMetalink() throws IOException {
    try (FaultServer lists = FaultServer.start(served.temp.path(""))) {
      metalink(Files.readAllBytes(served.repo.resolve("summary")));
      remote("metalink=" + lists.uri() + "/meta");
      pulls();
    }
  }

  @Test
  void aMetalinkWithServersThatAreOfNoUse() throws IOException {
    try (FaultServer lists = FaultServer.start(served.temp.path(""));
        FaultServer silent = FaultServer.start(served.repo)) {
      silent.always(new Fault.Stall(0));
      metalink(
          Files.readAllBytes(served.repo.resolve("summary")),
          "http://[nonsense/",
          silent.uri().toString(),
          "http://localhost:1",
          served.server.uri().toString());
      remote("metalink=" + lists.uri() + "/meta");
      pulls();
      assertThat(silent.requests()).isNotEmpty();
    }
  }

  @Test
  void aMetalinkOfAnotherSummary() throws IOException {
    try (FaultServer lists = FaultServer.start(served.temp.path(""))) {
      byte[] other = Files.readAllBytes(served.repo.resolve("summary"));
      other[other.length / 2] ^= 1;
      metalink(other);
      remote("metalink=" + lists.uri() + "/meta");
      fails("is not the one it describes");
    }
  }

  private void metalink(byte[] summary) throws IOException {
    metalink(summary, served.server.uri().toString());
  }

  private void metalink(byte[] summary, String... servers) throws IOException {
    String urls =
        Stream.of(servers)
            .map(each -> "<url protocol=\"http\" type=\"http\">" + each + "/summary</url>")
            .collect(Collectors.joining("\n        "));
    String digest;
    try {
      digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(summary));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    Files.writeString(
        served.temp.path("meta"),
        """
        <?xml version="1.0" encoding="utf-8"?>
        <metalink version="3.0" xmlns="http://www.metalinker.org/">
          <files>
            <file name="summary">
              <size>%d</size>
              <verification><hash type="sha256">%s</hash></verification>
              <resources>
                %s
              </resources>
            </file>
          </files>
        </metalink>
        """
            .formatted(summary.length, digest, urls));
  }

  @Test
  void contentFromElsewhere() throws IOException {
    try (FaultServer content = FaultServer.start(served.repo)) {
      remote(served.server.uri().toString(), "contenturl=" + content.uri());
      pulls();
      assertThat(content.requests()).noneMatch(request -> request.path().contains("summary"));
      assertThat(served.server.requests()).noneMatch(request -> request.path().endsWith(".filez"));
    }
  }

  @Test
  void userAndPassword() throws IOException {
    served.server.requireBasic("me", "se cret");
    remote(served.server.uri().toString().replace("://", "://me:se%20cret@"));
    pulls();
  }

  @Test
  void anAuthorityOfOnesOwn() throws IOException {
    var certificates = TestCertificates.make(Files.createDirectories(served.temp.path("keys")));
    try (FaultServer secure = FaultServer.startTls(served.repo, certificates.sockets(false))) {
      remote(secure.uri().toString());
      fails("TLS");
      remote(secure.uri().toString(), "tls-ca-path=" + certificates.authority());
      pulls();
    }
  }

  @Test
  void aServerOfAnotherName() throws IOException {
    var certificates = TestCertificates.make(Files.createDirectories(served.temp.path("keys")));
    try (FaultServer secure = FaultServer.startTls(served.repo, certificates.sockets(false))) {
      String other = secure.uri().toString().replace("localhost", "127.0.0.1");
      remote(other, "tls-ca-path=" + certificates.authority());
      fails("TLS");
      remote(other, "tls-permissive=true");
      pulls();
    }
  }

  @Test
  void clientsWithCertificates() throws IOException {
    var certificates = TestCertificates.make(Files.createDirectories(served.temp.path("keys")));
    try (FaultServer secure = FaultServer.startTls(served.repo, certificates.sockets(true))) {
      String authority = "tls-ca-path=" + certificates.authority();
      remote(secure.uri().toString(), authority);
      assertThat(pull().code()).isEqualTo(1);
      remote(
          secure.uri().toString(),
          authority,
          "tls-client-cert-path=" + certificates.clientCertificate(),
          "tls-client-key-path=" + certificates.clientKey());
      pulls();
    }
  }

  @Test
  void throughTheProxyOfTheRemote() {
    remote("http://repo.invalid/", "proxy=" + served.server.uri());
    pulls();
    assertThat(served.server.requests())
        .allMatch(request -> request.header("host").orElseThrow().equals("repo.invalid"));
  }

  @Test
  void noFasterThanAllowed() {
    remote(served.server.uri().toString());
    long start = System.nanoTime();
    pulls("--bandwidth=0.4");
    // 480 kB at 400 kB a second; a slow machine only makes it longer.
    assertThat(System.nanoTime() - start).isGreaterThan(900_000_000L);
  }

  @Test
  void redirectsOfAServerAreFollowedButNotToFiles() throws IOException {
    Path other = Files.createDirectories(served.temp.path("other"));
    try (FaultServer front = FaultServer.start(other)) {
      front.always(Fault.redirect("file://" + served.repo + "/summary"));
      remote(front.uri().toString());
      fails("redirect");
    }
  }
}
