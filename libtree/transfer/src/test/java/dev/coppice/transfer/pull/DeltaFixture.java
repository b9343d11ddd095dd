package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.pull.PullRequest.Option;
import dev.coppice.transfer.pull.PullRequest.Scope;
import dev.coppice.transfer.pull.PullRequest.Wanted;
import dev.coppice.transfer.remote.RemoteAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A repository that the real tool made, with three commits of {@code main} whose files differ so
 * that all kinds of operations come up, and deltas that it made between them.
 */
final class DeltaFixture implements AutoCloseable {
  final RealOstree ostree;
  final TempTree temp = TempTree.create();
  final Path source;
  final Checksum first;
  final Checksum second;
  final Checksum third;
  final List<PullEvent> events = Collections.synchronizedList(new ArrayList<>());

  DeltaFixture(RealOstree ostree) {
    this.ostree = ostree;
    source = temp.path("source");
    ostree.on(source, "init", "--mode=archive");
    byte[] tool = random(300_000, 1);
    byte[] appended = random(120_000, 2);
    var tree = temp.tree("tree");
    tree.file("usr/bin/tool", tool).mode(0755).file("usr/lib/data", appended);
    tree.file("etc/conf", "a=1\n".repeat(50)).file("etc/same", "same\n").symlink("link", "usr");
    first = commit("2024-01-01");
    for (int at = 0; at < tool.length; at += 4999) {
      tool[at] ^= 0x55;
    }
    tree.file("usr/bin/tool", insert(tool, 1000, "inserted")).mode(0755);
    tree.file("usr/lib/data", insert(appended, appended.length, "tail"));
    tree.file("etc/conf", "a=2\n".repeat(50)).file("usr/share/empty", "");
    tree.file("usr/share/big", random(1_300_000, 3)).symlink("usr/share/l", "big");
    second = commit("2024-02-01");
    tool[77_777] ^= 0x7f;
    tree.file("usr/bin/tool", tool).mode(0755).file("usr/share/more", "more\n".repeat(100));
    third = commit("2024-03-01");
  }

  private Checksum commit(String date) {
    return Checksum.ofHex(
        ostree.on(
            source,
            "commit",
            "-b",
            "main",
            "--owner-uid=0",
            "--owner-gid=0",
            "--no-xattrs",
            "--timestamp=" + date + " 00:00:00Z",
            temp.path("tree").toString()));
  }

  static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] insert(byte[] into, int at, String text) {
    byte[] inserted = text.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(into, into.length + inserted.length);
    System.arraycopy(inserted, 0, all, at, inserted.length);
    System.arraycopy(into, at, all, at + inserted.length, into.length - at);
    return all;
  }

  /** Has the real tool make a delta. */
  DeltaName delta(Checksum from, Checksum to, String... options) {
    var words = new ArrayList<>(List.of("static-delta", "generate", "--to=" + to));
    words.add("--from=" + from);
    words.addAll(List.of(options));
    ostree.on(source, words.toArray(String[]::new));
    summary();
    return DeltaName.between(from, to);
  }

  /** Has the real tool make a delta that starts from nothing. */
  DeltaName fromScratch(Checksum to, String... options) {
    var words = new ArrayList<>(List.of("static-delta", "generate", "--to=" + to, "--empty"));
    words.addAll(List.of(options));
    ostree.on(source, words.toArray(String[]::new));
    summary();
    return DeltaName.fromScratch(to);
  }

  void summary() {
    ostree.on(source, "summary", "-u");
  }

  /** Moves {@code main} of the source. */
  void point(Checksum commit) {
    ostree.on(source, "reset", "main", commit.hex());
    summary();
  }

  /** A repository with a remote {@code up}, in which {@code up:main} is this commit. */
  Path client(String name, String mode, String url, @Nullable Checksum commit) throws IOException {
    Path path = temp.path(name);
    ostree.on(path, "init", "--mode=" + mode);
    ostree.on(path, "remote", "add", "--no-gpg-verify", "up", url);
    if (commit != null) {
      ostree.on(path, "pull-local", source.toString(), commit.hex());
      Files.createDirectories(path.resolve("refs/remotes/up"));
      Files.writeString(path.resolve("refs/remotes/up/main"), commit.hex() + "\n");
    }
    return path;
  }

  /** Pulls {@code main}. */
  PullResult pull(Path client, Option... options) throws IOException {
    return pull(client, Wanted.parse("main"), options);
  }

  PullResult pull(Path client, Wanted wanted, Option... options) throws IOException {
    events.clear();
    var request =
        new PullRequest(
            List.of(wanted), Scope.COMMITS, Set.of(options), List.of(), FsyncPolicy.NONE);
    try (Repo repo = Repo.open(client)) {
      Remotes remotes = Remotes.of(repo);
      try (OpenRemote remote =
          OpenRemote.open(
              repo, remotes, "up", RemoteAccess.Overrides.NONE, RemoteTrusts.of(remotes, "up"))) {
        return new Pull(repo, remote.origin()).run(request, events::add);
      }
    }
  }

  /** Pulls from the directory, under a trust of the caller's. */
  PullResult pullLocal(Path client, Trust trust, Option... options) throws IOException {
    events.clear();
    var request =
        new PullRequest(
            List.of(Wanted.parse("main")),
            Scope.COMMITS,
            Set.of(options),
            List.of(),
            FsyncPolicy.NONE);
    try (Repo repo = Repo.open(client);
        Repo from = Repo.open(source)) {
      var origin = new LocalOrigin(from, Optional.of(RemoteName.of("up")), trust);
      return new Pull(repo, origin).run(request, events::add);
    }
  }

  /** Why deltas were not used. */
  List<String> refusals() {
    return events.stream()
        .filter(PullEvent.DeltaRefused.class::isInstance)
        .map(event -> ((PullEvent.DeltaRefused) event).reason())
        .toList();
  }

  /** What the real tool finds wrong; empty for nothing. */
  String fsck(Path client) {
    var result = ostree.run("fsck", "--repo=" + client);
    return result.exit() == 0 ? "" : result.out() + result.err();
  }

  String head(Path client) {
    return ostree.on(client, "rev-parse", "up:main");
  }

  @Override
  public void close() {
    temp.close();
  }
}
