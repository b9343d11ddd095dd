package dev.coppice.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.testdata.DirSnapshot.Detail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestKitTest {
  @Test
  void aListingShowsEveryDetail() {
    try (var temp = TempTree.create()) {
      temp.tree("t")
          .file("b/é \\ x", "hi")
          .mode(04755)
          .xattr("user.two", "2")
          .xattr("user.one", "1")
          .mtime(1000)
          .hardlink("b/z", "b/é \\ x")
          .symlink("a", "b/nowhere")
          .dir("c")
          .mode(01777);
      DirSnapshot all = DirSnapshot.of(temp.path("t"), EnumSet.of(Detail.XATTRS, Detail.SHARING));
      String hi = "2 8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";
      assertThat(all.lines())
          .containsExactly(
              "/ dir 755",
              "/a link 777 -> b/nowhere",
              "/b dir 755",
              "/b/z file 4755 " + hi + " user.one=0x31 user.two=0x32",
              "/b/é \\ x file 4755 " + hi + " same-inode-as=/b/z user.one=0x31 user.two=0x32",
              "/c dir 1777");
      assertThat(DirSnapshot.of(temp.path("t"), Set.of(Detail.MTIME)).lines().get(3))
          .contains(" mtime=1000 ");
    }
  }

  @Test
  void whatATreeCannotHoldCanBeBuilt() throws IOException {
    try (var temp = TempTree.create()) {
      temp.tree("t").fifo("fifo").socket("socket").sparseFile("sparse", 1L << 24);
      assertThat(Files.size(temp.path("t/sparse"))).isEqualTo(1L << 24);
      if (Root.is()) {
        temp.tree("t").device("null");
      }
      assertThat(DirSnapshot.of(temp.path("t"), Set.of()).lines())
          .anyMatch(line -> line.startsWith("/socket other"));
    }
  }

  @Test
  void whatIsHardToDeleteIsDeleted() throws IOException {
    Path root;
    try (var temp = TempTree.create()) {
      root = temp.root();
      temp.tree("t").file("locked/f", "x").dir("locked").mode(0);
      temp.tree("deep").deep("x", 200).dir("immutable");
      if (Root.is()) {
        // Not every file system has the flag; then there is nothing to clear.
        Programs.run("chattr", "+i", temp.path("deep/immutable").toString());
      }
    }
    assertThat(Files.exists(root)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void anOsTreeIsTheSameEveryTime(OsTree version) {
    try (var temp = TempTree.create()) {
      version.write(temp.path("a"));
      version.write(temp.path("b"));
      assertThat(DirSnapshot.of(temp.path("a"))).isEqualTo(DirSnapshot.of(temp.path("b")));
      Path modules = temp.path("a/usr/lib/modules");
      assertThat(modules.resolve(version.kernel()).resolve("vmlinuz")).isRegularFile();
    }
  }

  @Test
  void theRealToolIsNotOurs() throws IOException {
    RealOstree ostree = RealOstree.require();
    assertThat(ostree.version()).matches("\\d{4}\\.\\d+");
    assertThat(ostree.run("no-such-command").exit()).isNotZero();
    assertThat(ostree.atLeast(2000, 1)).isTrue();
    assertThat(ostree.atLeast(9000, 1)).isFalse();
  }
}
