package dev.coppice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong command lines end as they do with the real ostree: same code, same last line. */
class RealToolTest {
  private static final Path OSTREE = Path.of("/usr/bin/ostree");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--",
        "foo",
        "--foo",
        "-x",
        "-vx",
        "--verbose foo",
        "--repo=/x foo",
        "--foo bar",
        "-vv"
      })
  void wrongLinesEndAlike(String line) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(OSTREE), "needs /usr/bin/ostree (Debian package ostree)");
    List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" "));
    List<String> command = new ArrayList<>(words);
    command.addFirst(OSTREE.toString());
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String real = new String(process.getInputStream().readAllBytes()).strip();
    int code = process.waitFor();

    CliRunner.Result ours = CliRunner.in(directory).ostree(words.toArray(String[]::new));

    assertThat(ours.err().strip().lines().toList().getLast())
        .isEqualTo(real.lines().toList().getLast());
    assertThat(ours.code()).isEqualTo(code);
    assertThat(ours.out()).isEmpty();
  }
}
