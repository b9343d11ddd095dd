package dev.coppice.cli.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.cli.Main;
import dev.coppice.testdata.Jvm;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be committed is refused in the words of the real tool, and no ref moves. */
class CommitRefusalsTest {
  private final TempTree temporary = TempTree.create();

  @BeforeEach
  void init() {
    RealOstree.require();
    temporary.tree("small").file("a", "a");
    for (String repo : List.of("ours", "theirs")) {
      Path path = temporary.path(repo);
      RealOstree.require().run("init", "--repo=" + path, "--mode=archive").ok();
      RealOstree.require().on(path, "commit", "-b", "test", temporary.path("small").toString());
    }
  }

  @AfterEach
  void cleanUp() {
    temporary.close();
  }

  private String[] commit(String repo, Path tree) {
    return new String[] {"--repo=" + temporary.path(repo), "commit", "-b", "test", tree.toString()};
  }

  private String tip() {
    return RealOstree.require().on(temporary.path("ours"), "rev-parse", "test");
  }

  /** The line of the error without the next step that ours adds. */
  private static String error(String text) {
    return text.lines().filter(line -> line.startsWith("error: ")).findFirst().orElse(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fifo", "socket", "device"})
  void specialFiles(String kind) throws IOException {
    TreeBuilder tree = temporary.tree("special").file("dir/a", "a");
    switch (kind) {
      case "fifo" -> tree.fifo("dir/x");
      case "socket" -> tree.socket("dir/x");
      default -> {
        Root.require();
        tree.device("dir/x");
      }
    }
    String before = tip();
    Programs.Result expected = RealOstree.require().run(commit("theirs", tree.root()));
    CliRunner.Result actual = CliRunner.in(temporary.root()).ostree(commit("ours", tree.root()));
    assertThat(actual.code()).isEqualTo(expected.exit()).isNotZero();
    assertThat(error(actual.err())).isEqualTo(error(expected.err()));
    assertThat(actual.err()).contains("/dir/x").contains(kind);
    assertThat(tip()).isEqualTo(before);
  }

  @Test
  void readOnlyRepositories() throws IOException {
    Root.require();
    Path tree = temporary.tree("tree").file("b", "b").root();
    String before = tip();
    Programs.Result expected;
    CliRunner.Result actual;
    for (String repo : List.of("ours", "theirs")) {
      String path = temporary.path(repo).toString();
      Programs.run("mount", "--bind", path, path).ok();
      Programs.run("mount", "-o", "remount,bind,ro", path).ok();
    }
    try {
      expected = RealOstree.require().run(commit("theirs", tree));
      actual = CliRunner.in(temporary.root()).ostree(commit("ours", tree));
    } finally {
      for (String repo : List.of("ours", "theirs")) {
        Programs.run("umount", temporary.path(repo).toString()).ok();
      }
    }
    assertThat(error(expected.err()))
        .isEqualTo("error: Cannot write to repository: Read-only file system");
    assertThat(actual.code()).isEqualTo(expected.exit());
    assertThat(error(actual.err())).isEqualTo(error(expected.err()));
    assertThat(tip()).isEqualTo(before);
    assertThat(temporary.path("ours/tmp").toFile().list()).isSubsetOf("cache");
  }

  @ParameterizedTest
  @CsvSource({"dir/b,openat(b),r--------", "dir,opendir(dir),r-x------"})
  void whatCannotBeRead(String name, String call, String readable) throws IOException {
    Path tree = temporary.tree("tree").file("dir/b", "b").root();
    Path unreadable = tree.resolve(name);
    Files.setPosixFilePermissions(unreadable, Set.of());
    String before = tip();
    Programs.Result expected =
        powerless(List.of(RealOstree.require().program().toString()), commit("theirs", tree));
    assertThat(error(expected.err())).isEqualTo("error: " + call + ": Permission denied");
    List<String> ours =
        Jvm.command(List.of("-XX:TieredStopAtLevel=1", "-Dcoppice.name=ostree"), Main.class);
    Programs.Result actual = powerless(ours, commit("ours", tree));
    assertThat(actual.exit()).isEqualTo(expected.exit());
    assertThat(error(actual.err())).isEqualTo(error(expected.err()));
    assertThat(tip()).isEqualTo(before);
    RealOstree.require().on(temporary.path("ours"), "fsck");

    Files.setPosixFilePermissions(unreadable, PosixFilePermissions.fromString(readable));
    powerless(ours, commit("ours", tree)).ok();
    assertThat(tip()).isNotEqualTo(before);
  }

  /** Runs as a user whom permissions bind: root without the power to ignore them. */
  private static Programs.Result powerless(List<String> program, String... arguments) {
    var command = new ArrayList<String>();
    if (Root.is()) {
      Requirement.program("setpriv", "util-linux");
      command.addAll(
          List.of("setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search"));
    }
    command.addAll(program);
    command.addAll(List.of(arguments));
    return Programs.run(command.toArray(String[]::new));
  }
}
