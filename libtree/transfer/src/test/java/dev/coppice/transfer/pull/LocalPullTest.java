package dev.coppice.transfer.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.PartialCommits.State;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.pull.PullRequest.Option;
import dev.coppice.transfer.pull.PullRequest.Scope;
import dev.coppice.transfer.pull.PullRequest.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LocalPullTest {
  private static final List<String> MODES =
      List.of("archive", "bare", "bare-user", "bare-user-only");

  private RealOstree ostree;
  private TempTree temp;

  @BeforeEach
  void setUp() {
    ostree = RealOstree.require();
    temp = TempTree.create();
  }

  @AfterEach
  void tearDown() {
    if (temp != null) {
      temp.close();
    }
  }

  private Path init(String name, String mode) {
    Path path = temp.path(name);
    ostree.on(path, "init", "--mode=" + mode);
    return path;
  }

  /** A repository with two commits of {@code main}. */
  private Path source(String mode) {
    if (mode.equals("bare")) {
      Root.require();
    }
    Path path = init("source", mode);
    var tree = temp.tree("tree");
    tree.file("usr/bin/tool", "tool\n").mode(0755).file("usr/share/text", "text\n".repeat(9000));
    tree.symlink("usr/bin/link", "tool").file("usr/share/empty", "");
    commit(path);
    tree.file("usr/share/new", "new\n");
    commit(path);
    return path;
  }

  private Checksum commit(Path repo) {
    return Checksum.ofHex(
        ostree.on(
            repo,
            "commit",
            "-b",
            "main",
            "--owner-uid=0",
            "--owner-gid=0",
            "--no-xattrs",
            "--add-detached-metadata-string=signed=yes",
            temp.path("tree").toString()));
  }

  private static PullRequest request(List<String> refs, int depth, Option... options) {
    return new PullRequest(
        refs.stream().map(Wanted::parse).toList(),
        new Scope(depth, List.of(), Optional.empty()),
        Set.of(options),
        List.of(),
        FsyncPolicy.NONE);
  }

  private static PullResult pull(Path from, Path to, PullRequest request) throws IOException {
    return pull(from, to, request, Optional.empty());
  }

  private static PullResult pull(Path from, Path to, PullRequest request, Optional<String> remote)
      throws IOException {
    try (Repo source = Repo.open(from);
        Repo destination = Repo.open(to)) {
      var origin = new LocalOrigin(source, remote.map(RemoteName::of), Trust.ANYBODY);
      return new Pull(destination, origin).run(request, _ -> {});
    }
  }

  static Stream<Arguments> pairs() {
    return MODES.stream().flatMap(from -> MODES.stream().map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyPairOfModes(String from, String to) throws IOException {
    Path source = source(from);
    if (to.equals("bare")) {
      Root.require();
    }
    Path ours = init("ours", to);
    Path real = init("real", to);
    PullResult result = pull(source, ours, request(List.of(), 0));
    String said = ostree.on(real, "pull-local", source.toString(), "main");
    assertThat(said)
        .startsWith(
            result.metadata() + " metadata, " + result.content() + " content objects imported; ");
    if (result.contentBytes() == 0) {
      assertThat(said).contains("; 0 bytes content written");
    }
    assertThat(ostree.on(ours, "rev-parse", "main"))
        .isEqualTo(ostree.on(real, "rev-parse", "main"));
    ostree.on(ours, "fsck", "-q");
    assertThat(ostree.on(ours, "ls", "-RC", "main"))
        .isEqualTo(ostree.on(real, "ls", "-RC", "main"));
    assertThat(ostree.on(ours, "show", "--print-detached-metadata-key=signed", "main"))
        .isEqualTo("'yes'");
    assertThat(files(ours)).isEqualTo(files(real));
    // Nothing is left to do.
    PullResult again = pull(source, ours, request(List.of(), 0));
    assertThat(again.metadata() + again.content() + again.contentBytes()).isZero();
    assertThat(again.refs()).isEmpty();
  }

  private static List<String> files(Path repo) throws IOException {
    try (Stream<Path> walk = Files.walk(repo.resolve("objects"))) {
      return walk.map(file -> repo.relativize(file).toString()).sorted().toList();
    }
  }

  @Test
  void linksWhereItCan() throws IOException {
    Path source = source("archive");
    Path to = init("to", "archive");
    pull(source, to, request(List.of("main"), 0));
    try (Stream<Path> walk = Files.walk(to.resolve("objects"))) {
      for (Path file : walk.filter(each -> each.toString().endsWith(".filez")).toList()) {
        Path there = source.resolve(to.relativize(file).toString());
        assertThat(Files.getAttribute(file, "unix:ino"))
            .isEqualTo(Files.getAttribute(there, "unix:ino"));
      }
    }
  }

  @Test
  void depth() throws IOException {
    Path source = source("archive");
    Path to = init("to", "archive");
    pull(source, to, request(List.of("main"), 0));
    assertThat(ostree.run("--repo=" + to, "rev-parse", "main^").exit()).isZero();
    assertThat(ostree.run("--repo=" + to, "show", "main^").exit()).isNotZero();
    pull(source, to, request(List.of("main"), -1));
    ostree.on(to, "show", "main^");
    ostree.on(to, "fsck", "-q");
    assertThat(Files.list(to.resolve("state")).toList()).isEmpty();
  }

  @Test
  void commitsAlone() throws IOException {
    Path source = source("archive");
    Path to = init("to", "archive");
    PullResult result = pull(source, to, request(List.of("main"), 0, Option.COMMIT_METADATA_ONLY));
    assertThat(result.metadata()).isEqualTo(1);
    assertThat(result.content()).isZero();
    try (Repo repo = Repo.open(to)) {
      assertThat(repo.partialCommits().state(repo.resolve("main"))).isEqualTo(State.PARTIAL);
    }
    // A full pull completes it.
    pull(source, to, request(List.of("main"), 0));
    ostree.on(to, "fsck", "-q");
  }

  @Test
  void remotesAndChecksums() throws IOException {
    Path source = source("archive");
    Path to = init("to", "bare-user");
    String commit = ostree.on(source, "rev-parse", "main^");
    pull(source, to, request(List.of(commit), 0));
    assertThat(ostree.on(to, "refs")).isEmpty();
    ostree.on(to, "show", commit);
    pull(source, to, request(List.of("main"), 0), Optional.of("origin"));
    assertThat(ostree.on(to, "refs")).isEqualTo("origin:main");
  }

  @Test
  void bindings() throws IOException {
    Path source = source("archive");
    Path to = init("to", "archive");
    ostree.on(source, "refs", "main", "--create=other");
    assertThatThrownBy(() -> pull(source, to, request(List.of("other"), 0)))
        .hasMessageContaining(
            ": Commit has no requested ref ‘other’ in ref binding metadata (‘main’)");
    pull(source, to, request(List.of("other"), 0, Option.DISABLE_VERIFY_BINDINGS));
    assertThat(ostree.on(to, "refs")).isEqualTo("other");
  }

  @Test
  void summariesCount() throws IOException {
    Path source = source("archive");
    Path to = init("to", "archive");
    String before = ostree.on(source, "rev-parse", "main^");
    String latest = ostree.on(source, "rev-parse", "main");
    Files.writeString(source.resolve("refs/heads/main"), before + "\n");
    ostree.on(source, "summary", "-u");
    Files.writeString(source.resolve("refs/heads/main"), latest + "\n");
    pull(source, to, request(List.of("main"), 0));
    assertThat(ostree.on(to, "rev-parse", "main")).isEqualTo(before);
    Files.writeString(source.resolve("refs/heads/unlisted"), latest + "\n");
    assertThatThrownBy(() -> pull(source, to, request(List.of("unlisted"), 0)))
        .hasMessage("No such branch 'unlisted' in repository summary");
  }

  private static Path anyObject(Path repo, String extension) throws IOException {
    try (Stream<Path> walk = Files.walk(repo.resolve("objects"))) {
      return walk.filter(file -> file.toString().endsWith(extension)).sorted().findFirst().get();
    }
  }

  @Test
  void untrustedSourcesAreVerified() throws IOException {
    Path source = source("bare-user-only");
    Path damaged = anyObject(source, ".file");
    if (Files.isSymbolicLink(damaged)) {
      Files.delete(damaged);
      Files.createSymbolicLink(damaged, Path.of("elsewhere"));
    } else {
      Files.writeString(damaged, "something else");
    }
    Path to = init("to", "bare-user-only");
    assertThatThrownBy(() -> pull(source, to, request(List.of("main"), -1, Option.UNTRUSTED)))
        .hasMessageContaining("checksum is");
    assertThat(ostree.on(to, "refs")).isEmpty();
    // Conversion reads the content, so that it verifies it in any case.
    Path converted = init("converted", "archive");
    assertThatThrownBy(() -> pull(source, converted, request(List.of("main"), -1)))
        .hasMessageContaining("checksum is");
  }

  @Test
  void damagedAndMissingMetadata() throws IOException {
    Path source = source("archive");
    Path to = init("to", "archive");
    Path tree = anyObject(source, ".dirtree");
    byte[] good = Files.readAllBytes(tree);
    Files.write(tree, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> pull(source, to, request(List.of("main"), -1)))
        .hasMessageStartingWith("Validating dirtree ");
    Files.delete(tree);
    assertThatThrownBy(() -> pull(source, to, request(List.of("main"), -1)))
        .hasMessageContaining("No such metadata object ");
    Files.write(tree, good);
    pull(source, to, request(List.of("main"), -1));
    ostree.on(to, "fsck", "-q");
  }

  @Test
  void historyMayEndAnywhere() throws IOException {
    Path source = source("archive");
    String parent = ostree.on(source, "rev-parse", "main^");
    ostree.on(source, "prune", "--delete-commit=" + parent);
    Path to = init("to", "archive");
    pull(source, to, request(List.of("main"), -1));
    assertThat(Files.list(to.resolve("state")).toList()).isEmpty();
    try (Repo repo = Repo.open(to)) {
      var tombstone = new ObjectName(ObjectType.TOMBSTONE, Checksum.ofHex(parent));
      assertThat(repo.store().has(tombstone)).isTrue();
    }
    assertThatThrownBy(() -> pull(source, to, request(List.of(parent), 0)))
        .hasMessage("No such metadata object " + parent + ".commit");
  }

  @Test
  void refusesWhatItCannotDo() {
    Path source = source("archive");
    Path user = init("user", "bare-user");
    assertThatThrownBy(
            () -> pull(source, user, request(List.of(), 0, Option.REQUIRE_STATIC_DELTAS)))
        .hasMessage(
            "Fetch configured to require static deltas, but no summary deltas or delta index"
                + " found");
    assertThatThrownBy(() -> pull(source, user, request(List.of("nope"), 0)))
        .hasMessage("Refspec 'nope' not found");
    assertThatThrownBy(() -> pull(source, user, request(List.of("a^"), 0)))
        .hasMessage("Invalid ref name a^");
  }

  @Test
  void harmfulModes() throws IOException {
    Path source = init("source", "archive");
    temp.tree("tree").file("su", "x").mode(04755);
    commit(source);
    Path to = init("to", "archive");
    assertThatThrownBy(
            () -> pull(source, to, request(List.of("main"), 0, Option.BAREUSERONLY_FILES)))
        .hasMessageMatching("Content object [0-9a-f]{64}: invalid mode 0104755 with bits 04000");
    Path only = init("only", "bare-user-only");
    assertThatThrownBy(() -> pull(source, only, request(List.of("main"), 0)))
        .hasMessageContaining("invalid mode 0104755 with bits 04000");
  }

  /** Wherever a pull is cut off, no ref has moved, nothing is damaged and the next one ends it. */
  @Test
  void interrupted() throws IOException {
    Path source = source("archive");
    for (int stop = 1; stop <= 12; stop++) {
      Path to = init("to" + stop, "bare-user");
      int last = stop;
      try (Repo from = Repo.open(source);
          Repo into = Repo.open(to)) {
        var seen = new AtomicInteger();
        new Pull(into, new LocalOrigin(from, Optional.empty(), Trust.ANYBODY))
            .run(
                request(List.of("main"), -1),
                event -> {
                  if (seen.incrementAndGet() == last) {
                    throw new IllegalStateException("cut off");
                  }
                });
      } catch (IllegalStateException cutOff) {
        try (Repo into = Repo.open(to)) {
          assertThat(into.refs().exists(RefSpec.local("main"))).isFalse();
        }
        assertThat(ostree.run("--repo=" + to, "fsck", "-q").exit()).isZero();
      }
      pull(source, to, request(List.of("main"), -1));
      ostree.on(to, "fsck", "-q");
      assertThat(Files.list(to.resolve("state")).toList()).isEmpty();
      assertThat(ostree.on(to, "rev-parse", "main"))
          .isEqualTo(ostree.on(source, "rev-parse", "main"));
    }
  }
}
