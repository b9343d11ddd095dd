package dev.coppice.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeFilesTest {
  private static final TempTree TEMP = TempTree.create();
  private static final Path REPO = TEMP.path("repo");

  @BeforeAll
  static void commit() {
    RealOstree real = RealOstree.require();
    TEMP.tree("source")
        .file("usr/bin/tool", "tool\n")
        .file("top", "top\n")
        .symlink("usr/bin/same", "tool")
        .symlink("usr/bin/up", "../../top")
        .symlink("usr/absolute", "/usr/bin/same")
        .symlink("usr/dir", "bin")
        .symlink("above", "../../../top")
        .symlink("loop", "loop")
        .symlink("dangling", "nowhere");
    real.run("--repo=" + REPO, "init", "--mode=bare-user-only").ok();
    real.on(
        REPO, "commit", "-b", "tree", "--canonical-permissions", TEMP.path("source").toString());
  }

  @AfterAll
  static void removeFiles() {
    TEMP.close();
  }

  private static String read(String path) throws IOException {
    try (Repo repo = Repo.open(REPO)) {
      var root = TreeLookup.root(repo.loadCommit(repo.resolve("tree")));
      try (FileObject file = new TreeFiles(repo, root).open(path)) {
        return new String(file.content().readAllBytes(), StandardCharsets.UTF_8).strip();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/tool, tool",
    "usr//./bin/tool, tool",
    "usr/bin/../../top, top",
    "../top, top",
    "usr/bin/same, tool",
    "usr/bin/up, top",
    "usr/absolute, tool",
    "usr/dir/tool, tool",
    "above, top"
  })
  void linksAreFollowedInsideTheTree(String path, String content) throws IOException {
    assertThat(read(path)).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"loop", "dangling", "nosuch", "top/below", "usr", "/", "usr/dir"})
  void whatIsNoFileIsRefused(String path) {
    assertThatThrownBy(() -> read(path)).isInstanceOf(Failure.class);
  }

  @Test
  void messagesNameThePlace() {
    assertThatThrownBy(() -> read("usr/nosuch/x"))
        .hasMessage("No such file or directory: /usr/nosuch");
    assertThatThrownBy(() -> read("usr/bin")).hasMessage("Can't open directory: /usr/bin");
  }
}
