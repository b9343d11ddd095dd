package dev.coppice.cli.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.DirSnapshot;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Destinations of checkouts that are written oddly or cannot be made, beside the real tool. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckoutDestinationTest {
  private final TempTree temp = TempTree.create();
  private int runs;

  @BeforeAll
  void commit() throws IOException {
    RealOstree real = RealOstree.require();
    TreeBuilder.in(temp.path("source")).file("top", "top\n").file("usr/tool", "tool\n");
    real.on(temp.path("repo"), "init", "--mode=bare-user-only");
    real.on(
        temp.path("repo"),
        "commit",
        "--branch=main",
        "--canonical-permissions",
        temp.path("source").toString());
  }

  @AfterAll
  void clean() {
    temp.close();
  }

  static Stream<List<String>> options() {
    return Stream.of(
        List.of(),
        List.of("--union", "--subpath=/top"),
        List.of("--force-copy"),
        List.of("--union-add", "--subpath=/usr"));
  }

  @ParameterizedTest
  @MethodSource("options")
  void areTakenAsTheRealToolTakesThem(List<String> options) throws IOException {
    for (RealOstree real : RealOstree.requireAll()) {
      for (String destination :
          List.of(
              ".",
              "..",
              "out/",
              "out/..",
              "missing/../out",
              "missing/out",
              "exists/../out",
              "exists/full",
              "exists/new",
              "file",
              "file/out",
              "dangling",
              "dangling/out",
              "link",
              "link/out",
              "link/..",
              "link/../out",
              "/nosuch/out")) {
        assertSame(real, options, destination);
      }
    }
  }

  /** Runs both below a directory of their own, two levels deep, so that nothing gets out of it. */
  private void assertSame(RealOstree real, List<String> options, String destination)
      throws IOException {
    Path theirs = place();
    Path ours = place();
    String[] words =
        Stream.of(
                List.of("checkout", "--repo=" + temp.path("repo")),
                options,
                List.of("main", destination))
            .flatMap(List::stream)
            .toArray(String[]::new);
    Programs.Result expected = real.runIn(theirs, words);
    CliRunner.Result actual = CliRunner.in(ours).ostree(words);
    String what = real + " " + String.join(" ", words);
    assertThat(actual.code()).as(what + ": " + actual.err()).isEqualTo(expected.exit());
    assertThat(actual.out()).as(what).isEmpty();
    // Their message first, except that opening has another call's name; then place and next step.
    if (expected.err().startsWith("error: mkdirat: ")) {
      assertThat(actual.err()).as(what).startsWith(expected.err().strip());
    }
    if (expected.exit() != 0) {
      assertThat(actual.err()).as(what).containsPattern(" \\(at [^)]+\\)\n  \\[[a-z-]+]: [A-Z]");
    }
    assertThat(DirSnapshot.of(ours.resolve("../.."), Set.of()))
        .as(what)
        .isEqualTo(DirSnapshot.of(theirs.resolve("../.."), Set.of()));
  }

  private Path place() throws IOException {
    Path place = temp.path("run-" + runs++ + "/a/b");
    TreeBuilder.in(place)
        .file("exists/full/kept", "kept\n")
        .file("file", "file\n")
        .symlink("dangling", "nowhere")
        .symlink("link", "exists/full");
    return place;
  }

  @ParameterizedTest
  @ValueSource(strings = {"--user-mode", "--force-copy", "--union"})
  void emptyNameIsRefused(String option) throws IOException {
    Path here = place();
    CliRunner.Result result =
        CliRunner.in(here).ostree("checkout", "--repo=" + temp.path("repo"), option, "main", "");
    assertThat(result.code()).isEqualTo(1);
    assertThat(Files.exists(here.resolve("top"))).isFalse();
  }

  @Test
  void dotsAreLeftOutByTheTextAlone() {
    assertThat(LexicalPath.of("")).isEmpty();
    assertThat(LexicalPath.of("a/./b//c/")).isEqualTo("a/b/c");
    assertThat(LexicalPath.of("a/..")).isEqualTo(".");
    assertThat(LexicalPath.of("a/../../../b")).isEqualTo("../../b");
    assertThat(LexicalPath.of("/../a/../b")).isEqualTo("/b");
    assertThat(LexicalPath.of("//")).isEqualTo("/");
  }
}
