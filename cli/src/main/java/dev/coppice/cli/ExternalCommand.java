package dev.coppice.cli;

import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.Personality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that another program brings: {@code ostree foo} runs {@code ostree-foo}.
 *
 * <p>ostree hands its own arguments over unchanged, the command's name included ({@code
 * /usr/libexec/libostree/ext/ostree-foo}, else {@code PATH}). Under our own name the command's name
 * is left out, as git does it.
 */
final class ExternalCommand {
  private static final Path OSTREE_EXTENSIONS = Path.of("/usr/libexec/libostree/ext");

  private final Context context;

  ExternalCommand(Context context) {
    this.context = context;
  }

  /** The program for a word that is not a built-in command, or null. */
  @Nullable Path find(String word) {
    if (word.isEmpty() || word.indexOf('/') >= 0) {
      return null;
    }
    String program = context.personality().program() + "-" + word;
    if (context.personality() == Personality.OSTREE) {
      Path extension = OSTREE_EXTENSIONS.resolve(program);
      if (Files.exists(extension)) {
        return extension;
      }
    }
    for (String directory : context.environment().variable("PATH").split(":")) {
      if (directory.isEmpty()) {
        continue; // not the working directory: nobody who leaves PATH empty means that
      }
      Path candidate = context.path(directory).resolve(program);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  /**
   * Runs it on this process's input and outputs.
   *
   * @return its exit code
   */
  int run(Path program, String word, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(arguments);
    if (context.personality() == Personality.COPPICE) {
      line.remove(word);
    }
    line.addFirst(program.toString());
    context.console().flush();
    Process process;
    try {
      process = new ProcessBuilder(line).inheritIO().start();
    } catch (IOException e) {
      context.console().error("Executing " + program + ": " + e.getMessage());
      return ExitCodes.NOT_EXECUTABLE;
    }
    return process.waitFor();
  }
}
