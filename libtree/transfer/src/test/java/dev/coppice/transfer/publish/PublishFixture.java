package dev.coppice.transfer.publish;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.publish.PublishRequest.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A repository that a real ostree fills, to publish. */
final class PublishFixture implements AutoCloseable {
  final RealOstree ostree = RealOstree.require();
  final TempTree temp = TempTree.create();
  final Path repo = temp.path("repo");
  Instant now = Instant.parse("2026-01-01T00:00:00Z");

  PublishFixture() {
    ostree.on(repo, "init", "--mode=archive");
    ostree.on(repo, "remote", "add", "secret", "https://user:password@example.com/");
    temp.tree("tree").file("usr/bin/tool", "tool\n").symlink("usr/link", "bin/tool");
  }

  Checksum commit(String ref, String content) {
    temp.tree("tree").file("usr/share/content", content);
    return Checksum.ofHex(
        ostree.on(
            repo,
            "commit",
            "-b",
            ref,
            "--owner-uid=0",
            "--owner-gid=0",
            "--no-xattrs",
            temp.path("tree").toString()));
  }

  void delta(Checksum from, Checksum to) {
    // Without inline parts: separate files are what is copied.
    ostree.on(repo, "static-delta", "generate", "--from=" + from, "--to=" + to);
  }

  void summary() {
    ostree.on(repo, "summary", "-u");
  }

  static PublishRequest request(Duration grace, Option... options) {
    return new PublishRequest(Set.of(options), grace, Duration.ZERO);
  }

  /** Opens a target of the repository. */
  interface Opener {
    PublishTarget open(Repo repo) throws IOException;
  }

  PublishReport publish(Opener opener, PublishRequest request) throws IOException {
    try (Repo opened = Repo.open(repo);
        PublishTarget target = opener.open(opened)) {
      return new Publish(opened, target, () -> now).run(request, event -> {});
    }
  }

  /** Pulls with every real ostree; those that can, by deltas. */
  void pull(String url, String ref) {
    for (RealOstree client : RealOstree.requireAll()) {
      Path copy = temp.path("client-" + System.nanoTime());
      client.on(copy, "init", "--mode=bare-user-only");
      client.on(copy, "remote", "add", "--no-gpg-verify", "m", url);
      client.on(copy, "pull", "m", ref);
      client.on(copy, "fsck");
    }
  }

  /** Paths and sizes of all files below a directory. */
  static Map<String, Long> files(Path directory) throws IOException {
    var found = new TreeMap<String, Long>();
    if (!Files.isDirectory(directory)) {
      return found;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        found.put(directory.relativize(each).toString(), Files.size(each));
      }
    }
    return found;
  }

  /** What must be published, by the repository's own files. */
  Map<String, Long> expected() throws IOException {
    Map<String, Long> files = files(repo);
    List<String> others = new ArrayList<>(List.of(".lock", "config"));
    files
        .keySet()
        .removeIf(path -> others.contains(path) || path.matches("(tmp|state|extensions)/.*"));
    return files;
  }

  @Override
  public void close() {
    temp.close();
  }
}
