package dev.coppice.core.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.PartialCommits;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.Fd;
import dev.coppice.testdata.DirSnapshot;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of trees, hooks, missing objects, full disks. */
class CheckoutTest {
  private final RealOstree real = RealOstree.require();
  private final TempTree temp = TempTree.create();
  private final Path path = temp.path("repo");

  @AfterEach
  void removeFiles() {
    temp.close();
  }

  private void commit(String mode) {
    real.run("--repo=" + path, "init", "--mode=" + mode).ok();
    temp.tree("source")
        .file("top", "top\n")
        .file("usr/bin/tool", "tool\n")
        .file("usr/share/doc/readme", "readme\n")
        .file("usr/share/doc/empty", "")
        .file("usr/share/info", "info\n")
        .symlink("usr/link", "bin");
    real.on(path, "commit", "-b", "tree", temp.path("source").toString());
  }

  private CheckoutResult checkout(String subpath, CheckoutOptions options) throws IOException {
    try (Repo repo = Repo.open(path)) {
      var request = CheckoutRequest.of(repo.resolve("tree"), temp.path("out"), options);
      return Checkout.run(repo, request.withSubpath(subpath));
    }
  }

  @Test
  void countsWhatItDid() throws IOException {
    commit("bare");
    assertThat(checkout("/", CheckoutOptions.DEFAULT)).isEqualTo(new CheckoutResult(5, 5, 1, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "archive"})
  void eventsEndWithAllFiles(String mode) throws IOException {
    commit(mode);
    TreeBuilder many = temp.tree("source");
    for (int i = 0; i < 700; i++) {
      many.file("many/" + i, "content");
    }
    real.on(path, "commit", "-b", "tree", temp.path("source").toString());
    var events = new ArrayList<CheckoutEvent.Advanced>();
    try (Repo repo = Repo.open(path)) {
      var request =
          CheckoutRequest.of(repo.resolve("tree"), temp.path("out"), CheckoutOptions.DEFAULT);
      Checkout.run(repo, request, event -> events.add((CheckoutEvent.Advanced) event));
    }
    assertThat(events).hasSizeGreaterThan(5);
    assertThat(events).isSortedAccordingTo(Comparator.comparingLong(CheckoutEvent.Advanced::files));
    long copied = mode.equals("bare") ? 0 : 700 * 7 + 4 + 5 + 7 + 5;
    assertThat(events.getLast()).isEqualTo(new CheckoutEvent.Advanced(706, copied));
  }

  @Test
  void partsOfTreesAreRootsOfTheirOwn() throws IOException {
    commit("bare");
    checkout("usr/share", CheckoutOptions.DEFAULT);
    assertThat(DirSnapshot.of(temp.path("out")))
        .isEqualTo(DirSnapshot.of(temp.path("source/usr/share")));
  }

  @Test
  void fileGoesIntoTheDirectory() throws IOException {
    commit("bare");
    checkout("/usr/bin/tool", CheckoutOptions.DEFAULT);
    assertThat(temp.path("out/tool")).hasContent("tool\n");
    assertThatThrownBy(() -> checkout("/usr/bin/tool", CheckoutOptions.DEFAULT))
        .isInstanceOf(CheckoutException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch", "usr/nosuch/deeper", "top/below"})
  void missingPartsAreNamed(String subpath) {
    commit("bare");
    assertThatThrownBy(() -> checkout(subpath, CheckoutOptions.DEFAULT))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PATH_NOT_FOUND));
    assertThat(temp.path("out")).doesNotExist();
  }

  @Test
  void filterLeavesOutFilesAndDirectories() throws IOException {
    commit("bare");
    Set<String> skipped = Set.of("/top", "/usr/share/doc/", "/usr/bin");
    CheckoutHooks none = CheckoutHooks.NONE;
    checkout(
        "/",
        CheckoutOptions.DEFAULT.with(
            new CheckoutHooks(skipped::contains, none.links(), none.labels(), "")));
    assertThat(temp.path("out/top")).doesNotExist();
    assertThat(temp.path("out/usr/share/doc")).doesNotExist();
    assertThat(temp.path("out/usr/share/info")).exists();
    // A directory has a slash at the end, so this one was not meant.
    assertThat(temp.path("out/usr/bin/tool")).exists();
  }

  @Test
  void listenerHearsOfEveryLink() throws IOException {
    commit("bare");
    Set<String> linked = ConcurrentHashMap.newKeySet();
    LinkListener listener = (checksum, directory, name) -> linked.add(name);
    CheckoutHooks none = CheckoutHooks.NONE;
    checkout(
        "/",
        CheckoutOptions.DEFAULT.with(
            new CheckoutHooks(none.filter(), listener, none.labels(), "")));
    assertThat(linked).containsExactlyInAnyOrder("top", "tool", "readme", "info", "link");
  }

  @Test
  void labelsAreSetByPath() throws IOException {
    Root.require();
    commit("bare");
    Labels labels = (name, mode) -> "label:" + name;
    CheckoutHooks none = CheckoutHooks.NONE;
    var hooks = new CheckoutHooks(none.filter(), none.links(), labels, "/prefix");
    checkout("/usr", CheckoutOptions.DEFAULT.with(Linking.COPY).with(hooks));
    for (String name : new String[] {"", "/bin", "/bin/tool", "/link", "/share/doc/empty"}) {
      String label =
          Programs.run(
                  "getfattr",
                  "-h",
                  "--only-values",
                  "-n",
                  Labels.ATTRIBUTE,
                  temp.path("out") + name)
              .ok()
              .out();
      assertThat(label).isEqualTo("label:/prefix" + name);
    }
    assertThatThrownBy(() -> checkout("/", CheckoutOptions.DEFAULT.with(hooks)))
        .isInstanceOf(Failure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "bare-user", "archive"})
  void missingFileIsNamedWithItsPlace(String mode) throws IOException {
    commit(mode);
    ObjectName readme = objectOf("/usr/share/doc/readme");
    try (Repo repo = Repo.open(path)) {
      assertThat(repo.store().delete(readme)).isTrue();
      repo.partialCommits().mark(repo.resolve("tree"), PartialCommits.State.PARTIAL);
    }
    assertThatThrownBy(() -> checkout("/", CheckoutOptions.DEFAULT))
        .isInstanceOfSatisfying(
            CheckoutException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_MISSING);
              assertThat(e).hasMessageContaining(readme.toString());
              assertThat(e.path()).endsWith("out/usr/share/doc/readme");
              assertThat(e.nextStep()).contains("only partly there");
            });
  }

  @Test
  void missingDirectoryIsNamedWithItsPlace() throws IOException {
    commit("bare");
    String listed = real.on(path, "ls", "-d", "-C", "tree", "/usr/share/doc");
    var tree =
        new ObjectName(
            ObjectType.DIRTREE, dev.coppice.core.object.Checksum.ofHex(listed.split(" +")[4]));
    try (Repo repo = Repo.open(path)) {
      repo.store().delete(tree);
    }
    assertThatThrownBy(() -> checkout("/", CheckoutOptions.DEFAULT))
        .isInstanceOf(CheckoutException.class)
        .hasMessageContaining(tree.toString())
        .hasMessageContaining("out/usr/share/doc");
  }

  @Test
  void firstFailureInTheOrderOfTheTreeIsReported() throws IOException {
    commit("bare");
    ObjectName tool = objectOf("/usr/bin/tool");
    ObjectName readme = objectOf("/usr/share/doc/readme");
    try (Repo repo = Repo.open(path)) {
      repo.store().delete(tool);
      repo.store().delete(readme);
    }
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> checkout("/", CheckoutOptions.DEFAULT))
          .hasMessageContaining("out/usr/bin/tool");
      TempTree.delete(temp.path("out"));
    }
  }

  @Test
  void corruptObjectsAreRefused() throws IOException {
    commit("archive");
    ObjectName readme = objectOf("/usr/share/doc/readme");
    Path file;
    try (Repo repo = Repo.open(path)) {
      file = repo.store().directory().resolve(repo.store().path(readme));
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3));
    assertThatThrownBy(() -> checkout("/", CheckoutOptions.DEFAULT))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining(readme.checksum().hex());
    assertThat(temp.path("out/usr/share/doc/readme")).doesNotExist();
  }

  @Test
  void fullDiskNamesThePath() throws IOException, InterruptedException {
    Root.require();
    Path disk = Files.createDirectory(temp.path("disk"));
    Programs.Result mounted =
        Programs.run("mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString());
    Requirement.check(mounted.exit() == 0, "needs to mount a tmpfs");
    try {
      real.run("--repo=" + path, "init", "--mode=bare").ok();
      temp.tree("source").randomFile("usr/large", 200_000, 1);
      real.on(path, "commit", "-b", "tree", temp.path("source").toString());
      try (Repo repo = Repo.open(path)) {
        var request =
            CheckoutRequest.of(repo.resolve("tree"), disk.resolve("out"), CheckoutOptions.DEFAULT);
        assertThatThrownBy(() -> Checkout.run(repo, request))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("out/usr/large")
            .hasMessageContaining("No space left on device");
        assertThat(disk.resolve("out/usr/large")).doesNotExist();
        var strict =
            new CheckoutRequest(
                request.commit(),
                "/",
                Fd.CWD,
                disk.resolve("other").toString(),
                CheckoutOptions.DEFAULT.with(Linking.REQUIRED));
        assertThatThrownBy(() -> Checkout.run(repo, strict))
            .isInstanceOf(CheckoutException.class)
            .hasMessageStartingWith("Unable to do hardlink checkout across devices (src=");
      }
    } finally {
      Programs.run("umount", "-l", disk.toString());
    }
  }

  @Test
  void interruptionEndsIt() throws IOException {
    commit("bare");
    try (Repo repo = Repo.open(path)) {
      var request =
          CheckoutRequest.of(repo.resolve("tree"), temp.path("out"), CheckoutOptions.DEFAULT);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> Checkout.run(repo, request))
          // An InterruptedIOException, or a ClosedByInterruptException from reading the commit.
          .isInstanceOf(IOException.class);
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void filesOfParentRepositoriesAreLinked() throws IOException {
    commit("bare");
    Path child = temp.path("child");
    real.run("--repo=" + child, "init", "--mode=bare").ok();
    real.on(child, "config", "set", "core.parent", path.toString());
    String commit = real.on(path, "rev-parse", "tree");
    try (Repo repo = Repo.open(child)) {
      var request =
          CheckoutRequest.of(
              repo.resolve(commit),
              temp.path("out"),
              CheckoutOptions.DEFAULT.with(Linking.REQUIRED));
      assertThat(Checkout.run(repo, request).linked()).isEqualTo(5);
    }
  }

  private ObjectName objectOf(String file) {
    String listed = real.on(path, "ls", "-C", "tree", file);
    return ObjectName.file(dev.coppice.core.object.Checksum.ofHex(listed.split(" +")[4]));
  }
}
