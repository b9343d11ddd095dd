package dev.coppice.cli.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payload links on a file system whose files can share blocks, and none on another. */
class PayloadLinksTest {
  private static final long LARGE = 3 << 20;

  private static final TempTree TEMPORARY = TempTree.create();

  private static final Path XFS = TEMPORARY.path("xfs");
  private static boolean mounted;

  @BeforeAll
  static void mount() throws IOException {
    Root.require();
    RealOstree.require();
    Requirement.program("mkfs.xfs", "xfsprogs");
    Requirement.program("filefrag", "e2fsprogs");
    Path image = TEMPORARY.path("image");
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(320 << 20);
    }
    Files.createDirectory(XFS);
    Programs.run("mkfs.xfs", "-q", image.toString()).ok();
    mounted = Programs.run("mount", "-o", "loop", image.toString(), XFS.toString()).exit() == 0;
    assumeTrue(mounted, "no loop devices here");
    inputs(XFS);
  }

  /** Two trees with the same contents under other modes: one read whole, one streamed. */
  private static void inputs(Path top) {
    for (String tree : List.of("tree1", "tree2")) {
      TEMPORARY
          .tree(top.getFileName() + "/" + tree)
          .randomFile("whole", 300_000, 1)
          .mode(tree.equals("tree1") ? 0644 : 0600)
          .randomFile("stream", LARGE, 2)
          .mode(tree.equals("tree1") ? 0644 : 0600)
          .file("small", "small")
          .symlink("link", "small");
    }
  }

  @AfterAll
  static void cleanUp() {
    if (mounted) {
      Programs.run("umount", XFS.toString()).ok();
    }
    TEMPORARY.close();
  }

  private static String ours(Path repo, String... arguments) {
    var all = new ArrayList<>(List.of("--repo=" + repo));
    all.addAll(List.of(arguments));
    CliRunner.Result result = CliRunner.in(TEMPORARY.root()).ostree(all.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return result.out();
  }

  private static Path init(Path top, String name, String mode) {
    Path repo = top.resolve(name);
    RealOstree.require().run("init", "--repo=" + repo, "--mode=" + mode).ok();
    RealOstree.require().on(repo, "config", "set", "core.payload-link-threshold", "200000");
    return repo;
  }

  /** The links of a repository and where they lead. */
  private static SortedMap<String, String> links(Path repo) throws IOException {
    var links = new TreeMap<String, String>();
    try (var files = Files.walk(repo.resolve("objects"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".payload-link")).toList()) {
        links.put(repo.relativize(file).toString(), Files.readSymbolicLink(file).toString());
      }
    }
    return links;
  }

  private static long sharing(Path repo) throws IOException {
    long count = 0;
    try (var files = Files.walk(repo.resolve("objects"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".file")).toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && Programs.run("filefrag", "-v", file.toString()).out().contains("shared")) {
          count++;
        }
      }
    }
    return count;
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "bare-user", "bare-user-only", "archive"})
  void commitsLinkAndShare(String mode) throws IOException {
    Path theirs = init(XFS, "theirs-" + mode, mode);
    Path ours = init(XFS, "ours-" + mode, mode);
    var commit = List.of("commit", "-b", "test", "--timestamp=@1000");
    List<RealOstree> peers = RealOstree.requireAll();
    for (String tree : List.of("tree1", "tree2")) {
      var words = new ArrayList<>(commit);
      words.add(XFS.resolve(tree).toString());
      String expected = peers.getLast().on(theirs, words.toArray(String[]::new));
      assertThat(ours(ours, words.toArray(String[]::new)).strip()).isEqualTo(expected);
      if (tree.equals("tree1")) {
        assertThat(links(ours)).isEqualTo(links(theirs));
      }
    }
    // A second object with a content takes the link over in older real tools, in newer ones not.
    assertThat(links(ours).keySet()).isEqualTo(links(theirs).keySet());
    boolean keepsAttributes = mode.equals("bare") || mode.equals("bare-user");
    assertThat(links(ours)).hasSize(keepsAttributes ? 2 : 0);
    if (keepsAttributes) {
      assertThat(sharing(ours)).isEqualTo(4);
    }
    peers.forEach(peer -> peer.on(ours, "fsck"));
    ours(ours, "fsck");
  }

  @Test
  void onlyTheDanglingLinkIsReplaced() throws IOException {
    Path repo = init(XFS, "dangling", "bare");
    ours(repo, "commit", "-b", "test", "--parent=none", XFS.resolve("tree1").toString());
    SortedMap<String, String> before = links(repo);
    for (var link : before.entrySet()) {
      Files.delete(repo.resolve(link.getKey()));
      Files.createSymbolicLink(
          repo.resolve(link.getKey()), Path.of("../00/" + "0".repeat(62) + ".file"));
    }
    ours(repo, "commit", "-b", "test", "--parent=none", XFS.resolve("tree2").toString());
    assertThat(links(repo).keySet()).isEqualTo(before.keySet());
    for (String link : links(repo).keySet()) {
      assertThat(repo.resolve(link)).exists();
    }
    ours(repo, "prune", "--refs-only", "--depth=0");
    assertThat(links(repo)).hasSize(2);
    RealOstree.require().on(repo, "fsck");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "bare-user", "bare-user-only"})
  void localPullsLink(String mode) throws IOException {
    Path source = init(XFS, "source-" + mode, mode);
    ours(source, "commit", "-b", "test", XFS.resolve("tree1").toString());
    Path theirs = init(XFS, "pulled-theirs-" + mode, mode);
    Path ours = init(XFS, "pulled-ours-" + mode, mode);
    RealOstree.requireAll().getLast().on(theirs, "pull-local", source.toString(), "test");
    ours(ours, "pull-local", source.toString(), "test");
    assertThat(links(ours)).isEqualTo(links(theirs)).hasSize(2);
    RealOstree.require().on(ours, "fsck");
  }

  @Test
  void whereBlocksCannotBeSharedThereAreNone() throws IOException {
    Path plain = Files.createDirectory(TEMPORARY.path("tmpfs"));
    Programs.run("mount", "-t", "tmpfs", "-o", "size=64m", "none", plain.toString()).ok();
    try {
      inputs(plain);
      Path repo = init(plain, "repo", "bare");
      ours(repo, "commit", "-b", "test", plain.resolve("tree1").toString());
      ours(repo, "commit", "-b", "test", plain.resolve("tree2").toString());
      assertThat(links(repo)).isEmpty();
      RealOstree.require().on(repo, "fsck");
    } finally {
      Programs.run("umount", plain.toString()).ok();
    }
  }
}
