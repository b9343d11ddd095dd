package dev.coppice.cli.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitBranchNameTest {
  @TempDir Path directory;

  @Test
  void aNewBranchNamedLikeAShortenedChecksumHasNoParent() throws IOException {
    Files.writeString(Files.createDirectory(directory.resolve("tree")).resolve("file"), "x");
    CliRunner cli = CliRunner.in(directory);
    assertThat(cli.ostree("--repo=r", "init", "--mode=archive").code()).isZero();
    String first = cli.ostree("--repo=r", "commit", "-b", "main", "--tree=dir=tree").out().strip();
    String prefix = first.substring(0, 2);

    CliRunner.Result second =
        cli.ostree("--repo=r", "commit", "-b", prefix, "-s", "other", "--tree=dir=tree");

    assertThat(second.code()).isZero();
    String commit = second.out().strip();
    assertThat(cli.ostree("--repo=r", "rev-parse", commit + "^").err()).contains("has no parent");
    assertThat(Files.readString(directory.resolve("r/refs/heads/" + prefix)).strip())
        .isEqualTo(commit);
  }
}
