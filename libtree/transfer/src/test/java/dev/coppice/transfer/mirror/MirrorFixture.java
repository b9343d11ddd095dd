package dev.coppice.transfer.mirror;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.mirror.MirrorRequest.Option;
import dev.coppice.transfer.mirror.MirrorRequest.Publication;
import dev.coppice.transfer.mirror.MirrorRequest.Signing;
import dev.coppice.transfer.mirror.MirrorRequest.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An upstream that a real ostree fills, and a mirror of it. */
final class MirrorFixture implements AutoCloseable {
  static final Signing UNSIGNED = new Signing.Own(List.of(), List.of());

  final RealOstree ostree = RealOstree.require();
  final TempTree temp = TempTree.create();
  final Path upstream = temp.path("upstream");
  final Path mirror = temp.path("mirror");
  Instant now = Instant.parse("2026-01-01T00:00:00Z");

  MirrorFixture() {
    ostree.on(upstream, "init", "--mode=archive");
    ostree.on(mirror, "init", "--mode=archive");
    temp.tree("tree").file("usr/bin/tool", "tool\n").mode(0755).symlink("usr/link", "bin/tool");
  }

  /** Adds the remote {@code up} to the mirror. */
  MirrorFixture remote(String url, String... settings) {
    return remoteNamed("up", url, settings);
  }

  MirrorFixture remoteNamed(String name, String url, String... settings) {
    var arguments = new ArrayList<>(List.of("remote", "add", "--no-gpg-verify"));
    arguments.addAll(List.of(settings));
    arguments.addAll(List.of(name, url));
    ostree.on(mirror, arguments.toArray(String[]::new));
    return this;
  }

  /** A commit of a tree that has one file of this content that no other commit has. */
  Checksum commit(String ref, String content, String... options) {
    return commit(upstream, ref, content, options);
  }

  Checksum commit(Path repo, String ref, String content, String... options) {
    temp.tree("tree").file("usr/share/content", content);
    var arguments = new ArrayList<>(List.of("commit", "-b", ref));
    arguments.addAll(List.of("--owner-uid=0", "--owner-gid=0", "--no-xattrs"));
    arguments.addAll(List.of(options));
    arguments.add(temp.path("tree").toString());
    return Checksum.ofHex(ostree.on(repo, arguments.toArray(String[]::new)));
  }

  void summary(String... options) {
    var arguments = new ArrayList<>(List.of("summary", "-u"));
    arguments.addAll(List.of(options));
    ostree.on(upstream, arguments.toArray(String[]::new));
  }

  static MirrorRequest request(Option... options) {
    return request(RefSelection.ALL, UNSIGNED, Retention.EVERYTHING, options);
  }

  static MirrorRequest request(
      RefSelection selection, Signing signing, Retention retention, Option... options) {
    return new MirrorRequest(
        List.of("up"),
        selection,
        0,
        new Publication(signing, Duration.ZERO),
        Verification.COMPLETE,
        retention,
        Set.of(options),
        FetchSettings.DEFAULTS);
  }

  static Retention keep(int number, Duration grace) {
    return new Retention(OptionalInt.of(number), Optional.empty(), grace);
  }

  MirrorReport mirror(MirrorRequest request) throws IOException {
    try (Repo repo = Repo.open(mirror)) {
      return new Mirror(repo, () -> now).run(request, event -> {});
    }
  }

  boolean hasCommit(Checksum commit) throws IOException {
    try (Repo repo = Repo.open(mirror)) {
      return repo.store().has(ObjectName.commit(commit));
    }
  }

  /** The file object at a path of a ref of the upstream. */
  Checksum upstreamFile(String ref, String path) {
    String line = ostree.on(upstream, "ls", "-C", ref, "/" + path);
    return Checksum.ofHex(line.replaceAll(".* ([0-9a-f]{64}) /.*", "$1"));
  }

  String objectPath(Checksum object, String extension) {
    String hex = object.hex();
    return "objects/" + hex.substring(0, 2) + "/" + hex.substring(2) + "." + extension;
  }

  /** A file of an object of the mirror. */
  Path object(Checksum object, String extension) {
    return mirror.resolve(objectPath(object, extension));
  }

  /** Files of the mirror that clients can see, with their sizes. */
  Map<String, Long> snapshot() throws IOException {
    var found = new TreeMap<String, Long>();
    try (Stream<Path> all = Files.walk(mirror)) {
      for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        String path = mirror.relativize(each).toString();
        if (!path.startsWith("tmp/") && !path.equals(".lock")) {
          found.put(path, Files.size(each));
        }
      }
    }
    return found;
  }

  /** What a ref of the mirror points to. */
  Optional<String> ref(String name) throws IOException {
    Path file = mirror.resolve("refs/heads").resolve(name);
    return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  /** Pulls a ref into a new repository, with every real ostree; returns what the ref had. */
  void pull(RealOstree client, String url, String ref, String... remoteOptions) {
    Path repo = temp.path("client-" + System.nanoTime());
    client.on(repo, "init", "--mode=archive");
    var arguments = new ArrayList<>(List.of("remote", "add"));
    arguments.addAll(
        remoteOptions.length == 0 ? List.of("--no-gpg-verify") : List.of(remoteOptions));
    arguments.addAll(List.of("m", url));
    client.on(repo, arguments.toArray(String[]::new));
    client.on(repo, "pull", "m", ref);
    client.on(repo, "fsck");
  }

  @Override
  public void close() {
    temp.close();
  }
}
