package dev.coppice.reposerver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.ref.RefName;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.reposerver.observe.LogFormat;
import dev.coppice.transfer.pull.OpenRemote;
import dev.coppice.transfer.pull.Pull;
import dev.coppice.transfer.pull.PullRequest;
import dev.coppice.transfer.pull.RemoteTrusts;
import dev.coppice.transfer.remote.RemoteAccess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our own client pulls from our own server, in each version of HTTP. */
class OwnPullTest {
  private TestRepo repo;
  private TestTls tls;

  @BeforeEach
  void create() throws IOException {
    repo = TestRepo.create();
    tls = TestTls.in(repo.temp.path("tls"));
  }

  @AfterEach
  void close() throws IOException {
    repo.close();
  }

  @ParameterizedTest
  @CsvSource({"https, true, HTTP/2.0", "https, false, HTTP/1.1", "http, true, HTTP/1.1"})
  void pullsWithTheVersionThatItShould(String scheme, boolean http2, String version)
      throws IOException {
    Path log = repo.temp.path("log");
    TlsFiles files = tls.server("server");
    URI server =
        repo.serve(settings -> logged(TestRepo.with(settings, files), log)).stream()
            .filter(address -> address.getScheme().equals(scheme))
            .findFirst()
            .orElseThrow();
    Path target = repo.temp.path("target");
    repo.ostree.on(target, "init", "--mode=bare-user");
    repo.ostree.on(
        target,
        "remote",
        "add",
        "--no-gpg-verify",
        "--set=tls-ca-path=" + tls.authority(),
        "--set=http2=" + http2,
        "r",
        server.toString());
    pull(target);
    assertThat(repo.ostree.on(target, "rev-parse", "r:os")).isEqualTo(repo.head());
    repo.ostree.on(target, "fsck", "--quiet");
    repo.server().close();
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).anyMatch(line -> line.contains(".filez"));
    Set<String> versions =
        lines.stream()
            .map(line -> line.replaceAll(".* (HTTP/[0-9.]+)\" .*", "$1"))
            .collect(Collectors.toSet());
    assertThat(versions).containsExactly(version);
  }

  private static void pull(Path target) throws IOException {
    try (Repo destination = Repo.open(target)) {
      Remotes remotes = Remotes.of(destination);
      try (OpenRemote remote =
          OpenRemote.open(
              destination,
              remotes,
              "r",
              RemoteAccess.Overrides.NONE,
              RemoteTrusts.of(remotes, "r"))) {
        var wanted =
            new PullRequest.Wanted.OfRef(Optional.empty(), RefName.of("os"), Optional.empty());
        new Pull(destination, remote.origin())
            .run(
                new PullRequest(
                    List.of(wanted),
                    new PullRequest.Scope(0, List.of(), Optional.empty()),
                    Set.of(),
                    List.of(),
                    FsyncPolicy.NONE),
                event -> {});
      }
    }
  }

  private static ServerSettings logged(ServerSettings settings, Path log) {
    return new ServerSettings(
        settings.repos(),
        settings.listen(),
        settings.tls(),
        settings.access(),
        Optional.of(new LogSettings(Optional.of(log), LogFormat.COMMON)),
        settings.jobs(),
        settings.limits());
  }
}
