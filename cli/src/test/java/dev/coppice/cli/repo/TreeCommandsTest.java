package dev.coppice.cli.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.cli.SideBySide;
import dev.coppice.testdata.DirSnapshot;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code checkout}, {@code ls}, {@code cat}, {@code checksum}, {@code export}. */
@TestInstance(Lifecycle.PER_CLASS)
class TreeCommandsTest {
  private final TempTree temp = TempTree.create();
  private RealOstree real = RealOstree.findNew().orElseGet(RealOstree::require);

  @BeforeAll
  void commit() {
    temp.tree("source")
        .file("top", "top\n")
        .file("usr/bin/tool", "tool\n")
        .mode(0755)
        .xattr("user.note", "x")
        .file("usr/share/empty", "")
        .file("usr/ü", "name\n")
        .symlink("usr/bin/link", "tool")
        .dir("usr/share/doc")
        .mode(0700);
    temp.tree("second").file("usr/bin/more", "more\n").file("top", "other\n");
    real.run("--repo=" + temp.path("repo"), "init", "--mode=bare").ok();
    real.on(temp.path("repo"), "commit", "-b", "main", temp.path("source").toString());
    real.on(temp.path("repo"), "commit", "-b", "second", temp.path("second").toString());
  }

  @AfterAll
  void removeFiles() {
    temp.close();
  }

  static Stream<String> lines() {
    return SideBySide.lines(
        """
        ls --repo=repo main
        ls --repo=repo -R main
        ls --repo=repo -R -C -X main
        ls --repo=repo -d main / usr /usr/bin/link
        ls --repo=repo main usr/bin top
        ls --repo=repo --nul-filenames-only -R main
        ls --repo=repo main nosuch
        ~ ls --repo=repo main top/below
        ls --repo=repo
        ls --repo=repo nosuch
        cat --repo=repo main top /usr/bin/tool usr/share/empty
        cat --repo=repo main usr/bin/link
        ~ cat --repo=repo main usr
        cat --repo=repo main nosuch
        cat --repo=repo main
        checksum source/top
        checksum source/usr/bin/tool
        checksum source/usr/bin/link
        checksum source/usr
        checksum --ignore-xattrs source/usr/bin/tool
        ~ checksum nosuch
        checksum
        export --repo=repo second
        export --repo=repo --subpath=usr/bin --prefix=a/ main
        export --repo=repo
        checkout --repo=repo
        checkout --repo=repo nosuch out
        ~ checkout --repo=repo main source
        ~ checkout --repo=repo main nosuch/out
        checkout --repo=repo -H -C main out
        checkout --repo=repo --union --union-add main out
        checkout --repo=repo --union --union-identical -H main out
        checkout --repo=repo --union-add --union-identical -H main out
        checkout --repo=repo --union-identical main out
        checkout --repo=repo --selinux-prefix=/ main out
        checkout --repo=repo --subpath=nosuch main out
        checkout --repo=repo --subpath=nosuch --allow-noent main out
        new checkout --repo=repo --composefs -H main out
        new checkout --repo=repo --composefs nosuch out
        ~ new checkout --repo=repo --composefs main nosuch/out
        """);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void printsTheSame(String line) {
    new SideBySide(real, temp.root(), temp.root(), Map.of()).check(line);
    assertThat(temp.path("out")).doesNotExist();
  }

  @Test
  void checksOutAndCountsNothing() throws IOException {
    CliRunner.Result result =
        CliRunner.in(temp.root()).ostree("checkout", "--repo=repo", "-H", "main", "plain");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEmpty();
    assertThat(DirSnapshot.of(temp.path("plain"))).isEqualTo(DirSnapshot.of(temp.path("source")));
  }

  @Test
  void destinationIsNamedLikeTheCommit() {
    assertThat(CliRunner.in(temp.root()).ostree("checkout", "--repo=repo", "second").code())
        .isEqualTo(1);
    assertThat(CliRunner.in(temp.root()).ostree("checkout", "--repo=repo", "main").code()).isZero();
    assertThat(temp.path("main/usr/bin/tool")).exists();
  }

  @Test
  void listsOfTreesComeFromInputOrFile() throws IOException {
    byte[] list = "main\0/\0second\0/usr\0".getBytes(StandardCharsets.UTF_8);
    CliRunner.Result result =
        CliRunner.in(temp.root())
            .fed(list)
            .ostree("checkout", "--repo=repo", "--union", "--from-stdin", "many");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(temp.path("many/bin/more")).hasContent("more\n");
    assertThat(temp.path("many/usr/bin/tool")).hasContent("tool\n");
    Files.write(temp.path("list"), list);
    CliRunner.Result failed =
        CliRunner.in(temp.root())
            .ostree("checkout", "--repo=repo", "--from-file=list", "many-again");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err())
        .startsWith("error: Processing tree " + real.on(temp.path("repo"), "rev-parse", "second"))
        .contains(": mkdirat: File exists");
  }

  @Test
  void skipListLeavesOut() throws IOException {
    Files.writeString(temp.path("skip"), "/top\n\n/usr/share/\n");
    assertThat(
            CliRunner.in(temp.root())
                .ostree("checkout", "--repo=repo", "--skip-list=skip", "main", "skipped")
                .code())
        .isZero();
    real.on(
        temp.path("repo"),
        "checkout",
        "--skip-list=" + temp.path("skip"),
        "main",
        temp.path("skipped-real").toString());
    assertThat(DirSnapshot.of(temp.path("skipped")))
        .isEqualTo(DirSnapshot.of(temp.path("skipped-real")));
    assertThat(temp.path("skipped/usr/share")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--composefs", "--composefs-noverity"})
  void writesImages(String option) throws IOException {
    Files.writeString(temp.path("image"), "replaced");
    CliRunner.Result result =
        CliRunner.in(temp.root()).ostree("checkout", "--repo=repo", option, "main", "image");
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(temp.path("image")).hasSize(16_384);
    if (real.atLeast(2026, 4)) {
      real.runIn(temp.root(), "checkout", "--repo=repo", option, "main", "image-real").ok();
      assertThat(Files.mismatch(temp.path("image"), temp.path("image-real"))).isEqualTo(-1);
    }
    Files.delete(temp.path("image"));
  }

  @Test
  void imagesInTheWayOfDirectoriesAreNoImages() {
    CliRunner.Result result =
        CliRunner.in(temp.root()).ostree("checkout", "--repo=repo", "--composefs", "main", "repo");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("Is a directory");
    assertThat(temp.root()).isDirectoryNotContaining("glob:**/.tmp-*");
  }

  @Test
  void exportsToFiles() throws IOException {
    real.on(temp.path("repo"), "export", "-o", temp.path("real.tar").toString(), "second");
    assertThat(
            CliRunner.in(temp.root())
                .ostree("export", "--repo=repo", "-o", "our.tar", "second")
                .code())
        .isZero();
    assertThat(Files.mismatch(temp.path("our.tar"), temp.path("real.tar"))).isEqualTo(-1);
    CliRunner.Result pax =
        CliRunner.in(temp.root()).ostree("export", "--repo=repo", "--format=pax", "main");
    assertThat(new String(pax.output(), StandardCharsets.ISO_8859_1))
        .contains("SCHILY.xattr.user.note=x\n");
    assertThat(
            CliRunner.in(temp.root()).ostree("export", "--repo=repo", "--format=zip", "main").err())
        .startsWith("error: Unknown format 'zip'");
  }

  @Test
  void jsonHasTheSameFacts() {
    CliRunner.Result listed =
        CliRunner.in(temp.root()).ostree("ls", "--repo=repo", "--json", "-R", "main", "usr/bin");
    assertThat(listed.out())
        .contains("\"path\": \"/usr/bin/link\"")
        .contains("\"type\": \"symlink\"")
        .contains("\"target\": \"tool\"")
        .contains("\"user.note\": \"78\"")
        .contains("\"mode\": \"755\"");
    String file = Path.of("source/top").toString();
    assertThat(CliRunner.in(temp.root()).ostree("checksum", "--json", file).out())
        .contains(CliRunner.in(temp.root()).ostree("checksum", file).out().strip());
  }
}
