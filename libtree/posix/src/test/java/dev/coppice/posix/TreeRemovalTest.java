package dev.coppice.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TreeRemovalTest {
  private Sandbox box;

  @BeforeEach
  void open() throws IOException {
    box = new Sandbox();
  }

  @AfterEach
  void close() throws IOException {
    box.close();
  }

  @Test
  void removesATreeOfEverything() throws IOException {
    Fs.mkdirs(box.dir, "tree/a/b/c", 0755);
    for (int i = 0; i < 500; i++) {
      box.write("tree/a/file" + i, "");
    }
    Fs.mknod(box.dir, "tree/pipe", Mode.S_IFIFO | 0600, 0);
    Fs.symlink("/etc/passwd", box.dir, "tree/a/link");
    Fs.symlink("..", box.dir, "tree/a/b/up");
    Fs.removeTree(box.dir, "tree");
    assertThat(box.path).isEmptyDirectory();
  }

  @Test
  void removesAFileALinkAndNothing() throws IOException {
    box.write("f", "kept");
    Fs.symlink("f", box.dir, "link");
    Fs.removeTree(box.dir, "link");
    assertThat(box.read("f")).isEqualTo("kept");
    Fs.removeTree(box.dir, "f");
    Fs.removeTree(box.dir, "never");
    Fs.removeTree(box.dir, "never/there");
    assertThat(box.path).isEmptyDirectory();
  }

  @Test
  void deepTrees() throws IOException {
    Fs.mkdir(box.dir, "deep", 0755);
    var dir = Fs.openDir(box.dir, "deep");
    for (int i = 0; i < 400; i++) {
      Fs.mkdir(dir, "n", 0755);
      var child = Fs.openDir(dir, "n");
      dir.close();
      dir = child;
    }
    dir.close();
    Fs.removeTree(box.dir, "deep");
    assertThat(box.path).isEmptyDirectory();
  }

  /** Somebody keeps swapping a directory of the tree for a link to a directory outside. */
  @Test
  void neverLeavesTheTreeThroughASwappedLink() throws Exception {
    Fs.mkdirs(box.dir, "outside/keep", 0755);
    box.write("outside/keep/precious", "");
    box.write("outside/precious", "");
    var stop = new AtomicBoolean();
    var swapper =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop.get()) {
                    swap();
                  }
                });
    try {
      for (int round = 0; round < 60; round++) {
        // The swapper finds both names only between the rename and the removal.
        Fs.removeTree(box.dir, "bait");
        Fs.symlink(box.resolve("outside").toString(), box.dir, "bait");
        Fs.mkdirs(box.dir, "stage/sub/keep", 0755);
        for (int i = 0; i < 10; i++) {
          box.write("stage/sub/keep/x" + i, "");
        }
        box.write("stage/sub/keep/precious", "");
        Fs.rename(box.dir, "stage", box.dir, "tree");
        Fs.removeTree(box.dir, "tree");
        assertThat(Fs.statIfExists(box.dir, "tree")).isNull();
      }
    } finally {
      stop.set(true);
      swapper.join();
    }
    assertThat(box.resolve("outside/precious")).exists();
    assertThat(box.resolve("outside/keep/precious")).exists();
  }

  private void swap() {
    try {
      Fs.renameExchange(box.dir, "tree/sub", box.dir, "bait");
    } catch (IOException notThereNow) {
      Thread.onSpinWait();
    }
  }

  @Test
  void immutableFilesStayUnlessAsked() throws IOException {
    Fs.mkdirs(box.dir, "tree/locked", 0755);
    box.write("tree/locked/inside", "");
    box.write("tree/file", "");
    try (var locked = Fs.openDir(box.dir, "tree/locked");
        var file = Fs.openRead(box.dir, "tree/file")) {
      assumeTrue(
          InodeFlags.setImmutable(locked, true) && InodeFlags.setImmutable(file, true),
          "no immutable flag here (needs root and ext4, xfs or btrfs)");
    }
    assertThatThrownBy(() -> Fs.removeTree(box.dir, "tree"))
        .isInstanceOfSatisfying(
            PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
    assertThat(Files.exists(box.resolve("tree/locked/inside"))).isTrue();
    Fs.removeTreeClearingImmutable(box.dir, "tree");
    assertThat(box.path).isEmptyDirectory();
  }

  @Test
  void immutableAtTheTop() throws IOException {
    Fs.mkdir(box.dir, "top", 0755);
    box.write("top/inside", "");
    try (var top = Fs.openDir(box.dir, "top")) {
      assumeTrue(InodeFlags.setImmutable(top, true), "no immutable flag here (needs root)");
    }
    Fs.removeTreeClearingImmutable(box.dir, "top");
    assertThat(box.path).isEmptyDirectory();
  }
}
