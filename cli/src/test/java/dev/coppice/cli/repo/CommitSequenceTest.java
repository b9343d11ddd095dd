package dev.coppice.cli.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.OsTree;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several commits after each other, by the real tool in one repository and by us in another. */
class CommitSequenceTest {
  @ParameterizedTest
  @ValueSource(strings = {"bare", "bare-user", "bare-user-only", "archive"})
  void treesOfCommitsBasesAndLinks(String mode) throws IOException {
    Root.require();
    RealOstree real = RealOstree.requireAll().getLast();
    try (TempTree temporary = TempTree.create()) {
      Path v1 = OsTree.V1.write(temporary.path("v1")).root();
      Path v2 = OsTree.V2.write(temporary.path("v2")).root();
      Path overlay = temporary.tree("overlay").file("usr/local/x", "x").root();
      Path theirs = temporary.path("theirs");
      Path ours = temporary.path("ours");
      for (Path repo : List.of(theirs, ours)) {
        real.run("init", "--repo=" + repo, "--mode=" + mode, "--collection-id=org.example.A").ok();
      }
      String[][] steps = {
        {"-b", "os", v1.toString(), "--add-metadata-string=kept=yes"},
        {"-b", "os", v2.toString(), "--keep-metadata=kept"},
        {"-b", "os", v2.toString(), "--skip-if-unchanged"},
        {"-b", "os", v1.toString(), "--skip-if-unchanged", "--table-output"},
        {"-b", "ref", "--tree=ref=os"},
        {"-b", "both", "--tree=ref=os^", "--tree=ref=os", "--table-output"},
        {"-b", "base", "--base=os", "--tree=dir=" + overlay, "--owner-uid=9", "--table-output"},
        {"-b", "changed", "--tree=ref=os", "--owner-uid=5", "--owner-gid=6"},
        {"-b", "sized", "--tree=ref=os", "--generate-sizes", "--table-output"},
        {"-b", "mixed", "--tree=dir=" + overlay, "--tree=ref=os", "--canonical-permissions"},
        {"-b", "os", "--bootable", v1.toString()},
        {"-b", "os", "--bootable", overlay.toString()},
      };
      for (String[] step : steps) {
        same(real, theirs, ours, step);
      }
      for (RealOstree peer : RealOstree.requireAll()) {
        peer.run("fsck", "--repo=" + ours, "--quiet").ok();
      }
    }
  }

  private static void same(RealOstree real, Path theirs, Path ours, String... options) {
    Programs.Result expected = real.run(commit(theirs, options));
    CliRunner.Result actual = CliRunner.in(Path.of("/")).ostree(commit(ours, options));
    assertThat(actual.out())
        .as(String.join(" ", options) + actual.err() + expected.err())
        .isEqualTo(expected.out());
    assertThat(actual.code()).isEqualTo(expected.exit());
  }

  private static String[] commit(Path repo, String... options) {
    String[] words = new String[options.length + 3];
    words[0] = "commit";
    words[1] = "--repo=" + repo;
    words[2] = "--timestamp=@1000";
    System.arraycopy(options, 0, words, 3, options.length);
    return words;
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "bare-user", "bare-user-only"})
  void checkoutsOfHardLinks(String mode) throws IOException {
    Root.require();
    RealOstree real = RealOstree.requireAll().getLast();
    try (TempTree temporary = TempTree.create()) {
      Path v1 = OsTree.V1.write(temporary.path("v1")).root();
      Path theirs = temporary.path("theirs");
      Path ours = temporary.path("ours");
      String[][] steps = {
        {"--link-checkout-speedup"},
        {"--link-checkout-speedup", "--owner-uid=5"},
        {"--devino-canonical"},
        {"-I", "--no-xattrs"},
        {"--link-checkout-speedup", "--consume"},
      };
      for (Path repo : List.of(theirs, ours)) {
        real.run("init", "--repo=" + repo, "--mode=" + mode).ok();
        real.on(repo, "commit", "-b", "os", "--timestamp=@0", v1.toString());
      }
      for (int i = 0; i < steps.length; i++) {
        Path theirTree = temporary.path("their-tree-" + i);
        Path ourTree = temporary.path("our-tree-" + i);
        checkout(real, mode, theirs, theirTree);
        checkout(real, mode, ours, ourTree);
        String expected = real.on(theirs, words(steps[i], "next" + i, theirTree));
        CliRunner.Result actual =
            CliRunner.in(Path.of("/"))
                .ostree(with("--repo=" + ours, words(steps[i], "next" + i, ourTree)));
        assertThat(actual.out().strip()).as(actual.err()).isEqualTo(expected);
        assertThat(Files.exists(ourTree)).isEqualTo(Files.exists(theirTree));
      }
      for (RealOstree peer : RealOstree.requireAll()) {
        peer.run("fsck", "--repo=" + ours, "--quiet").ok();
      }
    }
  }

  private static void checkout(RealOstree real, String mode, Path repo, Path tree)
      throws IOException {
    if (mode.equals("bare")) {
      real.on(repo, "checkout", "-H", "os", tree.toString());
    } else {
      real.on(repo, "checkout", "-U", "-H", "os", tree.toString());
    }
    Files.writeString(tree.resolve("usr/added"), "new\n");
  }

  private static String[] words(String[] options, String branch, Path tree) {
    return with(
        "commit",
        with(
            "-b",
            with(
                branch,
                with("--timestamp=@1", with("--table-output", with(tree.toString(), options))))));
  }

  private static String[] with(String first, String... rest) {
    String[] words = new String[rest.length + 1];
    words[0] = first;
    System.arraycopy(rest, 0, words, 1, rest.length);
    return words;
  }

  @Test
  void theTimeComesFromTheEnvironment() throws IOException {
    RealOstree real = RealOstree.require();
    try (TempTree temporary = TempTree.create()) {
      Path tree = temporary.tree("tree").file("a", "a").root();
      Path theirs = temporary.path("theirs");
      Path ours = temporary.path("ours");
      for (String epoch : List.of("1234567", "77 and more", "nonsense", "99999999999999999999")) {
        for (Path repo : List.of(theirs, ours)) {
          real.run("init", "--repo=" + repo, "--mode=bare-user-only").ok();
        }
        Map<String, String> variables = Map.of("SOURCE_DATE_EPOCH", epoch);
        String[] words = {"commit", "--orphan", tree.toString()};
        Programs.Result expected = real.run(variables, with("--repo=" + theirs, words));
        CliRunner.Result actual =
            CliRunner.in(Path.of("/")).with(variables).ostree(with("--repo=" + ours, words));
        assertThat(actual.out()).isEqualTo(expected.out());
        assertThat(actual.code()).isEqualTo(expected.exit());
      }
    }
  }

  @Test
  void archivesComeFromStandardInput() throws IOException {
    RealOstree real = RealOstree.require();
    try (TempTree temporary = TempTree.create()) {
      Path tree = temporary.tree("tree").file("a/b", "c").root();
      Path repo = temporary.path("repo");
      real.run("init", "--repo=" + repo, "--mode=archive").ok();
      byte[] tar = Programs.run("tar", "-C", tree.toString(), "-c", ".").ok().bytes();
      String[] words = {"--repo=" + repo, "commit", "--orphan", "--timestamp=@0", "--tree=tar=-"};
      CliRunner.Result actual = CliRunner.in(Path.of("/")).fed(tar).ostree(words);
      String expected = real.on(repo, "commit", "--orphan", "--timestamp=@0", tree.toString());
      assertThat(actual.out().strip()).as(actual.err()).isEqualTo(expected);
    }
  }

  @Test
  void whatCannotSignLeavesNothing() throws IOException {
    try (TempTree temporary = TempTree.create()) {
      Path tree = temporary.tree("tree").file("a", "a").root();
      CliRunner runner = CliRunner.in(temporary.root());
      runner.ostree("init", "--repo=repo", "--mode=bare-user-only");
      for (String option :
          List.of("--sign=K", "--sign-from-file=F", "--sign=K --sign-type=nonsense")) {
        List<String> words = new ArrayList<>(List.of("commit", "--repo=repo", "-b", "x"));
        words.addAll(List.of(option.split(" ")));
        words.add(tree.toString());
        CliRunner.Result result = runner.ostree(words.toArray(String[]::new));
        assertThat(result.code()).as(option).isEqualTo(1);
      }
      assertThat(runner.ostree("refs", "--repo=repo").out()).isEmpty();
    }
  }
}
