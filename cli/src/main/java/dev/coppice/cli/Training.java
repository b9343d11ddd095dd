package dev.coppice.cli;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.frame.Environment;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.Personality;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs command lines in one process, so that the JVM can record what they load.
 *
 * <p>Started by the build of the distribution only. Arguments: a file with a command line on each
 * line (words without quoting, {@code #} comments), and an empty directory to work in.
 */
public final class Training {
  private Training() {}

  /** Runs all lines; ends the build when one fails, because then the recording is worthless. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[1]);
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(line.strip().split(" +"));
      var out = new ByteArrayOutputStream();
      var environment = new Environment(Map.of(), directory, InputStream.nullInputStream());
      int code =
          Cli.run(
              Personality.of(words.getFirst()),
              words.subList(1, words.size()),
              environment,
              Console.of(out, out));
      if (code != ExitCodes.OK) {
        System.err.println(
            line + " ended with " + code + ": " + out.toString(StandardCharsets.UTF_8));
        System.exit(code);
      }
    }
  }
}
