package dev.coppice.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.cli.console.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepoOptionTest {
  @TempDir Path directory;

  private Context context(Map<String, String> variables) {
    return new Context(
        Personality.OSTREE,
        new Environment(variables, directory, InputStream.nullInputStream()),
        Console.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()),
        false);
  }

  @Test
  void theOptionWinsThenTheWorkingDirectoryThenTheVariableThenTheSystem() throws IOException {
    var option = new RepoOption();
    Files.createDirectories(directory.resolve("sys/ostree/repo"));
    assertThat(option.path(context(Map.of("OSTREE_SYSROOT", "sys"))))
        .isEqualTo(directory.resolve("sys/ostree/repo"));
    Files.createDirectory(directory.resolve("var"));
    Map<String, String> variables = Map.of("OSTREE_SYSROOT", "sys", "OSTREE_REPO", "var");
    assertThat(option.path(context(variables))).isEqualTo(directory.resolve("var"));
    Files.createDirectory(directory.resolve("objects"));
    Files.createFile(directory.resolve("config"));
    assertThat(option.path(context(variables))).isEqualTo(directory.resolve("."));
    option.repo = "opt";
    assertThat(option.path(context(variables))).isEqualTo(directory.resolve("opt"));
  }

  @Test
  void errorsSayWhatOstreeSays() throws IOException {
    var option = new RepoOption();
    assertThatThrownBy(() -> option.open(context(Map.of("OSTREE_SYSROOT", "sys"))))
        .isInstanceOf(UsageException.class)
        .hasMessage("Command requires a --repo argument");
    option.repo = "/nonexistent";
    assertThatThrownBy(() -> option.open(context(Map.of())))
        .hasMessage("opening repo: opendir(/nonexistent): No such file or directory");
    option.repo = directory.toString();
    assertThatThrownBy(() -> option.open(context(Map.of())))
        .hasMessage("opening repo: opendir(objects): No such file or directory");
  }

  @Test
  void fsyncKnowsOstreesTruthValues() {
    var option = new FsyncOption();
    assertThat(option.fsync()).isTrue();
    option.policy = "None";
    assertThat(option.fsync()).isFalse();
    option.policy = "maybe";
    assertThatThrownBy(option::fsync).hasMessage("Invalid boolean argument 'maybe'");
  }
}
