package dev.coppice.core.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.diff.DiffRequest.Side;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.testdata.OsTree;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiffTest {
  private RealOstree ostree;
  private TempTree temp;
  private Path repo;
  private Side first;
  private Side second;

  @BeforeEach
  void setUp() {
    ostree = RealOstree.require();
    temp = TempTree.create();
    repo = temp.path("repo");
    ostree.on(repo, "init", "--mode=archive");
    OsTree.V1.write(temp.path("v1")).file("usr/gone/with/all", "x").file("usr/kind", "file");
    OsTree.V2.write(temp.path("v2")).file("usr/new/with/all", "x").dir("usr/kind");
    first = commit("v1");
    second = commit("v2");
  }

  private Side commit(String tree) {
    String made = ostree.on(repo, "commit", "-b", "main", "-s", tree, temp.path(tree).toString());
    return new Side.OfCommit(Checksum.ofHex(made));
  }

  @AfterEach
  void tearDown() {
    if (temp != null) {
      temp.close();
    }
  }

  private List<String> lines(DiffRequest request, String left, String right) throws IOException {
    try (Repo opened = Repo.open(repo)) {
      DiffResult result = new Diff(opened).run(request);
      var lines = new ArrayList<String>();
      result.modified().forEach(path -> lines.add("M    " + left + path));
      result.removed().forEach(path -> lines.add("D    " + left + path));
      result.added().forEach(path -> lines.add("A    " + right + path));
      return lines;
    }
  }

  private List<String> real(String... arguments) {
    var command = new ArrayList<>(List.of("diff"));
    command.addAll(List.of(arguments));
    return ostree.on(repo, command.toArray(String[]::new)).lines().toList();
  }

  @Test
  void commits() throws IOException {
    assertThat(lines(DiffRequest.of(first, second), "/", "/")).isEqualTo(real("main"));
    assertThat(lines(DiffRequest.of(second, first), "/", "/")).isEqualTo(real("main", "main^"));
    assertThat(lines(DiffRequest.of(first, first), "/", "/")).isEmpty();
  }

  @Test
  void directories() throws IOException {
    Side left = new Side.OfDirectory(temp.path("v1"));
    Side right = new Side.OfDirectory(temp.path("v2"));
    assertThat(lines(DiffRequest.of(left, right), "", ""))
        .isEqualTo(real(temp.path("v1").toString(), temp.path("v2").toString()));
    assertThat(lines(DiffRequest.of(first, right), "/", ""))
        .isEqualTo(real("main^", temp.path("v2").toString()));
    assertThat(lines(DiffRequest.of(left, second), "", "/"))
        .isEqualTo(real(temp.path("v1").toString(), "main"));
    assertThat(lines(DiffRequest.of(first, left), "/", "")).isEmpty();
  }

  @Test
  void ownersAndAttributes() throws IOException {
    temp.tree("v2").file("usr/attributes", "x").xattr("user.note", "hello");
    Side right = new Side.OfDirectory(temp.path("v2"));
    var request =
        new DiffRequest(
            second, right, DiffRequest.Xattrs.IGNORE, OptionalInt.of(77), OptionalInt.of(78));
    assertThat(lines(request, "/", ""))
        .isEqualTo(
            real(
                "main",
                temp.path("v2").toString(),
                "--no-xattrs",
                "--owner-uid=77",
                "--owner-gid=78"));
  }

  @Test
  void statistics() throws IOException {
    try (Repo opened = Repo.open(repo)) {
      DiffStats stats =
          DiffStats.of(opened, ((Side.OfCommit) first).commit(), ((Side.OfCommit) second).commit());
      assertThat(real("main^", "main", "--stats").subList(0, 3))
          .containsExactly(
              "[A] Object Count: " + stats.from(),
              "[B] Object Count: " + stats.to(),
              "Common Object Count: " + stats.common());
      assertThat(stats.commonBytes()).isPositive();
    }
  }
}
