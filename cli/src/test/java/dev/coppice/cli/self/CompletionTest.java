package dev.coppice.cli.self;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coppice.cli.CliRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
  @TempDir Path directory;

  private Path script(String shell) throws IOException {
    Path file = directory.resolve("completion." + shell);
    Files.write(file, CliRunner.in(directory).coppice("completion", shell).output());
    return file;
  }

  private String run(String... command) throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin", command[0])), "needs the shell " + command[0]);
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          coppice comple | completion
          coppice completion --prog | --program
          coppice completion --program=x --vers | --version
          coppice man-skel |
          """)
  void bashCompletesWordsAndOptions(String line, String expected)
      throws IOException, InterruptedException {
    String program =
        """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _coppice
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    Path file = directory.resolve("run.bash");
    Files.writeString(file, program);
    // As bash splits a line: "=" is a word of its own.
    String words = line.replace("=", " = ");
    String found = run(("bash " + file + " " + script("bash") + " " + words).split(" +"));
    assertThat(found).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void zshAcceptsTheScript() throws IOException, InterruptedException {
    assertThat(run("zsh", "-n", script("zsh").toString())).isEmpty();
  }

  @Test
  void fishCompletesWordsAndOptions() throws IOException, InterruptedException {
    String fish = script("fish").toString();
    assertThat(run("fish", "--no-execute", fish)).isEmpty();
    assertThat(run("fish", "-c", "source " + fish + "; complete -C 'coppice comple'"))
        .isEqualTo("completion\tPrint the completion of a shell");
    assertThat(run("fish", "-c", "source " + fish + "; complete -C 'coppice completion --prog'"))
        .startsWith("--program");
  }

  @Test
  void unknownShellsAndProgramsAreRefused() {
    assertThat(CliRunner.in(directory).coppice("completion", "tcsh").err())
        .isEqualTo("error: Unknown shell 'tcsh': bash, zsh and fish are known\n");
    assertThat(CliRunner.in(directory).coppice("completion", "--program=x", "bash").code())
        .isEqualTo(1);
  }
}
