package dev.coppice.cli.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.Golden;
import dev.coppice.testdata.OsTree;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code commit --generate-composefs-metadata}: the digest is part of the commit's checksum. */
class CommitImageDigestTest {
  private static final String OPTION = "--generate-composefs-metadata";

  @ParameterizedTest
  @ValueSource(strings = {"archive", "bare-user-only"})
  void goldenTreeHasTheRecordedChecksum(String mode) throws IOException {
    var recorded = new Properties();
    recorded.load(new StringReader(Golden.text("composefs-images.properties")));
    try (TempTree temporary = TempTree.create()) {
      String tree = Golden.TREE.unpack(temporary.path("tree")).toString();
      CliRunner runner = CliRunner.in(temporary.root());
      runner.ostree("init", "--repo=repo", "--mode=" + mode);
      CliRunner.Result result =
          runner.ostree(
              "commit",
              "--repo=repo",
              "-b",
              "main",
              "--timestamp=@1",
              OPTION,
              "--add-metadata-string=version=1",
              tree);
      assertThat(result.out().strip())
          .as(result.err())
          .isEqualTo(recorded.getProperty(mode + ".commit"));
      // And what was promised is what an image has.
      CliRunner.Result image =
          runner.ostree("checkout", "--repo=repo", "--composefs", "main", "image");
      assertThat(image.err()).isEmpty();
      assertThat(image.code()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "bare-user", "bare-user-only", "archive"})
  void isThatOfTheRealTool(String mode) throws IOException {
    Root.require();
    RealOstree real = RealOstree.requireComposefs();
    try (TempTree temporary = TempTree.create()) {
      String tree = OsTree.V1.write(temporary.path("tree")).root().toString();
      Path theirs = temporary.path("theirs");
      Path ours = temporary.path("ours");
      for (Path repo : new Path[] {theirs, ours}) {
        real.run("init", "--repo=" + repo, "--mode=" + mode, "--collection-id=org.example.A").ok();
      }
      String[][] steps = {
        {tree},
        {"--no-bindings", tree},
        {"--bootable", "--add-metadata-string=version=2", tree},
        {"--add-metadata-string=ostree.composefs.digest.v0=replaced", "--bootable", tree},
        {"--keep-metadata=ostree.composefs.digest.v0", "--tree=ref=main"},
        {"--generate-sizes", "--canonical-permissions", tree},
        {"--skip-if-unchanged", "--tree=ref=main"},
      };
      for (String[] step : steps) {
        Programs.Result expected = real.run(words(theirs, step));
        CliRunner.Result actual = CliRunner.in(temporary.root()).ostree(words(ours, step));
        assertThat(actual.out())
            .as(String.join(" ", step) + actual.err() + expected.err())
            .isEqualTo(expected.out());
        assertThat(actual.code()).isEqualTo(expected.exit());
      }
      real.run("fsck", "--repo=" + ours, "--quiet").ok();
    }
  }

  private static String[] words(Path repo, String... step) {
    String[] words = new String[step.length + 6];
    words[0] = "commit";
    words[1] = "--repo=" + repo;
    words[2] = "--branch=main";
    words[3] = "--timestamp=@1000";
    words[4] = "--subject=s";
    words[5] = OPTION;
    System.arraycopy(step, 0, words, 6, step.length);
    return words;
  }

  @Test
  void withoutTheOptionThereIsNone() throws IOException {
    try (TempTree temporary = TempTree.create()) {
      String tree = temporary.tree("tree").file("a", "a").root().toString();
      CliRunner runner = CliRunner.in(temporary.root());
      runner.ostree("init", "--repo=repo", "--mode=bare-user-only");
      runner.ostree("commit", "--repo=repo", "-b", "main", tree);
      assertThat(runner.ostree("show", "--repo=repo", "--list-metadata-keys", "main").out())
          .isEqualTo("ostree.ref-binding\n");
    }
  }
}
