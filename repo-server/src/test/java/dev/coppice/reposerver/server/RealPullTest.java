package dev.coppice.reposerver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.testdata.OsTree;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real ostree, in every version there is, pulls from the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealPullTest {
  private TestRepo repo;
  private TestTls tls;
  private URI secure;
  private URI plain;
  private String first;
  private String second;

  @BeforeAll
  void start() throws IOException {
    repo = TestRepo.create();
    first = repo.head();
    second = repo.commit(OsTree.V2);
    repo.ostree.on(repo.path, "static-delta", "generate", "--from=" + first, "--to=" + second);
    repo.ostree.on(repo.path, "static-delta", "generate", "--empty", "--to=" + second);
    repo.ostree.on(repo.path, "summary", "-u");
    tls = TestTls.in(repo.temp.path("tls"));
    TlsFiles files = tls.server("server");
    List<URI> addresses = repo.serve(settings -> TestRepo.with(settings, files));
    secure = addresses.get(0);
    plain = addresses.get(1);
  }

  @AfterAll
  void stop() throws IOException {
    if (repo != null) {
      repo.close();
    }
  }

  static Stream<RealOstree> versions() {
    return RealOstree.requireAll().stream();
  }

  private Path target(RealOstree ostree, String name, String mode) {
    Path target = repo.temp.path(name + "-" + ostree.version());
    ostree.on(target, "init", "--mode=" + mode);
    ostree.on(target, "config", "set", "core.fsync", "false");
    ostree.on(target, "remote", "add", "--no-gpg-verify", "r", plain.toString());
    String authority = "--set=tls-ca-path=" + tls.authority();
    ostree.on(target, "remote", "add", "--no-gpg-verify", authority, "tls", secure.toString());
    return target;
  }

  private void check(RealOstree ostree, Path target, String ref) {
    assertThat(ostree.on(target, "rev-parse", ref)).isEqualTo(second);
    ostree.on(target, "fsck", "--quiet");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void objectByObject(RealOstree ostree) {
    Path target = target(ostree, "objects", "bare-user");
    ostree.on(target, "pull", "--disable-static-deltas", "--depth=-1", "r", "os");
    check(ostree, target, "r:os");
    assertThat(ostree.on(target, "rev-parse", "r:os^")).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void asAMirror(RealOstree ostree) throws IOException {
    Path target = target(ostree, "mirror", "archive");
    ostree.on(target, "pull", "--mirror", "r");
    check(ostree, target, "os");
    assertThat(Files.readAllBytes(target.resolve("summary"))).isEqualTo(repo.bytes("summary"));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void onlyAPartOfTheTree(RealOstree ostree) {
    Path target = target(ostree, "subpath", "bare-user");
    ostree.on(target, "pull", "--subpath=/usr/bin", "r", "os");
    assertThat(ostree.on(target, "rev-parse", "r:os")).isEqualTo(second);
    assertThat(ostree.on(target, "ls", second, "/usr/bin")).contains("/usr/bin/bash");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void byDeltas(RealOstree ostree) {
    Path target = target(ostree, "deltas", "bare-user");
    ostree.on(target, "pull", "--disable-static-deltas", "r", "os@" + first);
    ostree.on(target, "pull", "--require-static-deltas", "r", "os");
    check(ostree, target, "r:os");
    Path fresh = target(ostree, "from-scratch", "bare-user");
    ostree.on(fresh, "pull", "--require-static-deltas", "r", "os");
    check(ostree, fresh, "r:os");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void overTls(RealOstree ostree) {
    Path target = target(ostree, "tls", "bare-user");
    ostree.on(target, "pull", "--disable-static-deltas", "tls", "os");
    check(ostree, target, "tls:os");
    ostree.on(target, "config", "unset", "remote \"tls\".tls-ca-path");
    Programs.Result refused = ostree.run("--repo=" + target, "pull", "tls", "os");
    assertThat(refused.exit()).as("the authority is unknown").isNotZero();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void withoutASummary(RealOstree ostree) throws IOException {
    Path target = target(ostree, "no-summary", "bare-user");
    Path summary = repo.path.resolve("summary");
    Path aside = Files.move(summary, repo.temp.path("summary"));
    try {
      ostree.on(target, "pull", "r", "os");
    } finally {
      Files.move(aside, summary);
    }
    check(ostree, target, "r:os");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void asRootWithOwnersAndLinks(RealOstree ostree) {
    Root.require();
    Path target = target(ostree, "bare", "bare");
    ostree.on(target, "pull", "r", "os");
    check(ostree, target, "r:os");
  }
}
