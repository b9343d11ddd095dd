package dev.coppice.reposerver.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.coppice.core.object.Checksum;
import dev.coppice.testdata.OsTree;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A repository that the real ostree made, and a server over it. */
final class TestRepo implements AutoCloseable {
  /** Quick, so that tests need not wait. */
  static final Limits QUICK =
      new Limits(16 << 20, 100, Duration.ofSeconds(20), Duration.ofMillis(50));

  static final Listen ANY_PORT = new Listen(false, "127.0.0.1", 0);

  final TempTree temp = TempTree.create();
  final Path path = temp.path("repo");
  final RealOstree ostree;
  final List<String> reports = new CopyOnWriteArrayList<>();
  private @Nullable RepoServer server;

  private TestRepo(RealOstree ostree) {
    this.ostree = ostree;
  }

  /** An archive repository with the ref {@code os}; skips the test without a real ostree. */
  static TestRepo create() throws IOException {
    var repo = new TestRepo(RealOstree.require());
    repo.ostree.on(repo.path, "init", "--mode=archive");
    repo.ostree.on(repo.path, "config", "set", "core.fsync", "false");
    repo.commit(OsTree.V1);
    return repo;
  }

  /** Commits a tree on {@code os} and updates the summary. */
  String commit(OsTree tree) throws IOException {
    Path directory = temp.path("tree-" + tree);
    if (!Files.exists(directory)) {
      tree.write(directory);
    }
    String checksum =
        ostree.on(
            path, "commit", "-b", "os", "--owner-uid=0", "--owner-gid=0", directory.toString());
    ostree.on(path, "summary", "-u");
    return checksum;
  }

  /** Puts an object of any bytes into the repository; what is its path on the server? */
  String plant(byte[] bytes) throws IOException {
    String hex = Checksum.sha256(bytes).hex();
    String name = "objects/" + hex.substring(0, 2) + "/" + hex.substring(2) + ".filez";
    Files.createDirectories(path.resolve(name).getParent());
    Files.write(path.resolve(name), bytes);
    return "/" + name;
  }

  /** Starts a server over this repository alone. */
  URI serve() throws IOException {
    return serve(settings -> settings).getFirst();
  }

  /** Starts a server with other settings than those of {@link #serve()}. */
  List<URI> serve(UnaryOperator<ServerSettings> change) throws IOException {
    ServerSettings usual = ServerSettings.simple(path, ANY_PORT);
    ServerSettings quick =
        new ServerSettings(
            usual.repos(),
            usual.listen(),
            usual.tls(),
            usual.access(),
            usual.log(),
            usual.jobs(),
            QUICK);
    RepoServer started =
        RepoServer.start(change.apply(quick), (repo, base) -> new HelloPages(base), reports::add);
    server = started;
    return started.addresses();
  }

  /** The same with other rules of access. */
  static ServerSettings with(ServerSettings settings, AccessSettings access) {
    return new ServerSettings(
        settings.repos(),
        settings.listen(),
        settings.tls(),
        access,
        settings.log(),
        settings.jobs(),
        settings.limits());
  }

  /** The same with TLS, at an address of its own before the plain one. */
  static ServerSettings with(ServerSettings settings, TlsFiles tls) {
    return new ServerSettings(
        settings.repos(),
        List.of(new Listen(true, "127.0.0.1", 0), ANY_PORT),
        Optional.of(tls),
        settings.access(),
        settings.log(),
        settings.jobs(),
        settings.limits());
  }

  /** What the server reported, when it does so within ten seconds. */
  String awaitReport() throws InterruptedException {
    for (int i = 0; i < 1000 && reports.isEmpty(); i++) {
      Thread.sleep(10);
    }
    return String.join("\n", reports);
  }

  /** A file of the repository. */
  byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(path.resolve(name));
  }

  /** The commit of {@code os}. */
  String head() throws IOException {
    return new String(bytes("refs/heads/os"), UTF_8).strip();
  }

  /** The server, running. */
  RepoServer server() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  @Override
  public void close() throws IOException {
    try (temp) {
      if (server != null) {
        server.close();
      }
    }
  }
}
