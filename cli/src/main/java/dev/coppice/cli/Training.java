package dev.coppice.cli;

import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.Personality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs command lines in one process, so that the JVM can record what they load.
 *
 * <p>Started by the build of the distribution only, in an empty directory. Argument: a file with a
 * command line on each line (words without quoting, {@code #} comments; a line that starts with
 * {@code !} must fail), and the address of a server that {@code @SERVER@} stands for.
 */
public final class Training {
  private Training() {}

  /**
   * Runs all lines; ends the build when one goes wrong, because the recording is then worthless.
   */
  public static void main(String[] args) throws IOException {
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      boolean failing = line.startsWith("!");
      String[] words =
          line.replace("@SERVER@", args.length > 1 ? args[1] : "")
              .substring(failing ? 1 : 0)
              .strip()
              .split(" +");
      String[] arguments = Arrays.copyOfRange(words, 1, words.length);
      int code = Main.run(Personality.of(words[0]), arguments);
      if (failing == (code == ExitCodes.OK)) {
        System.err.println(line + " ended with " + code);
        System.exit(ExitCodes.FAILED);
      }
    }
  }
}
