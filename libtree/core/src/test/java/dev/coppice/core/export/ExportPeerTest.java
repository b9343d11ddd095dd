package dev.coppice.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.checkout.PeerTree;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.testdata.DirSnapshot;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives have to be those of the real tool, byte by byte. */
class ExportPeerTest {
  private static byte[] export(Path path, String subpath, String prefix, ExportFormat format)
      throws IOException {
    var out = new ByteArrayOutputStream();
    try (Repo repo = Repo.open(path)) {
      var request = new ExportRequest(repo.resolve("tree"), subpath, prefix, format, true);
      ExportResult result = Export.run(repo, request, out);
      assertThat(result.bytes()).isEqualTo(out.size());
    }
    return out.toByteArray();
  }

  /** Old versions do not know hard links: what comes out of the archives is compared then. */
  private static void assertSame(RealOstree real, byte[] ours, byte[] theirs) throws IOException {
    if (linksTwins(real)) {
      assertThat(Arrays.mismatch(ours, theirs)).as("first byte that differs").isEqualTo(-1);
      return;
    }
    try (TempTree temp = TempTree.create()) {
      assertThat(unpack(temp, "ours", ours).lines())
          .isEqualTo(unpack(temp, "theirs", theirs).lines());
    }
  }

  private static boolean linksTwins(RealOstree real) {
    return real.atLeast(2026, 1);
  }

  private static RealOstree newest() {
    return RealOstree.findNew().orElseGet(RealOstree::require);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "bare-user", "bare-user-only", "archive"})
  void isAsTheRealToolWritesIt(String mode) throws IOException {
    RealOstree real = newest();
    try (TempTree temp = TempTree.create()) {
      Path path = PeerTree.repo(temp, real, mode);
      byte[] theirs = real.run("--repo=" + path, "export", "tree").ok().bytes();
      assertSame(real, export(path, "/", "", ExportFormat.GNU), theirs);
      byte[] part =
          real.run("--repo=" + path, "export", "--subpath=usr/bin", "--prefix=x/", "tree")
              .ok()
              .bytes();
      assertSame(real, export(path, "usr/bin", "x/", ExportFormat.GNU), part);
    }
  }

  @Test
  void longNamesAndLargeNumbersAreAsTheRealToolWritesThem() throws IOException {
    Root.require();
    RealOstree real = newest();
    try (TempTree temp = TempTree.create()) {
      String name = "n".repeat(120);
      temp.tree("source")
          .file(name + "/" + name + "/file", "deep\n")
          .file(name + "/again", linksTwins(real) ? "deep\n" : "other\n")
          .file("x".repeat(99), "99\n")
          .file("y".repeat(100), "100\n")
          .file("z".repeat(101), "101\n")
          .dir("d".repeat(99))
          .dir("e".repeat(100))
          .symlink("link", "t".repeat(100))
          .symlink("long-link", "t".repeat(101))
          .symlink(name + "/long-link", name + name)
          .file("owned", "far\n")
          .owner(2_097_152, 2_000_000_000);
      Path path = temp.path("repo");
      real.run("--repo=" + path, "init", "--mode=archive").ok();
      real.on(path, "commit", "-b", "tree", temp.path("source").toString());
      byte[] theirs = real.run("--repo=" + path, "export", "tree").ok().bytes();
      assertSame(real, export(path, "/", "", ExportFormat.GNU), theirs);
      unpacked(temp, export(path, "/", "", ExportFormat.PAX));
    }
  }

  @Test
  void paxKeepsExtendedAttributes() throws IOException {
    RealOstree real = newest();
    try (TempTree temp = TempTree.create()) {
      Path path = PeerTree.repo(temp, real, "bare");
      unpacked(temp, export(path, "/", "", ExportFormat.PAX_WITH_XATTRS));
      var plain = new String(export(path, "/", "", ExportFormat.PAX), StandardCharsets.ISO_8859_1);
      assertThat(plain).doesNotContain("SCHILY.xattr");
    }
  }

  /** What tar makes of an archive has to be the tree that was committed. */
  private static void unpacked(TempTree temp, byte[] archive) throws IOException {
    assertThat(unpack(temp, "unpacked", archive).lines())
        .isEqualTo(DirSnapshot.of(temp.path("source")).lines());
  }

  private static DirSnapshot unpack(TempTree temp, String name, byte[] archive) throws IOException {
    Path file = Files.write(temp.path(name + ".tar"), archive);
    Path out = Files.createDirectory(temp.path(name));
    Programs.run(
            "tar", "-xpf", file.toString(), "--xattrs", "--xattrs-include=*", "-C", out.toString())
        .ok();
    return DirSnapshot.of(out);
  }

  @Test
  void onlyDirectoriesAreExported() throws IOException {
    RealOstree real = newest();
    try (TempTree temp = TempTree.create()) {
      Path path = PeerTree.repo(temp, real, "bare");
      assertThatThrownBy(() -> export(path, "plain", "", ExportFormat.GNU))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("Not a directory");
      assertThatThrownBy(() -> export(path, "nosuch", "", ExportFormat.GNU))
          .isInstanceOf(Failure.class)
          .hasMessage("No such file or directory: /nosuch");
    }
  }
}
