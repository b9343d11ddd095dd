package dev.coppice.cli.frame;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.Progress;
import dev.coppice.cli.console.ProgressBar;
import dev.coppice.core.io.LocalPath;
import java.nio.file.Path;

/**
 * One run of one command.
 *
 * @param personality the name by which the program was called
 * @param environment variables, working directory, standard input
 * @param console outputs
 * @param verbose whether {@code -v} was given
 */
public record Context(
    Personality personality, Environment environment, Console console, boolean verbose) {
  /**
   * A path argument, relative to the working directory.
   *
   * @throws dev.coppice.core.failure.Failure when no file can have it
   */
  public Path path(String argument) {
    return environment.workingDirectory().resolve(LocalPath.parse(argument));
  }

  /**
   * A path argument for system calls, relative to the working directory; unlike {@link #path} it
   * can hold any name. An empty one stays empty: it names nothing.
   */
  public String fileName(String argument) {
    String directory = environment.workingDirectory().toString();
    boolean complete = argument.isEmpty() || argument.startsWith("/");
    return complete || directory.isEmpty() ? argument : directory + "/" + argument;
  }

  /** Progress on standard error when that is a terminal, otherwise none. */
  public Progress progress() {
    return progress(ProgressBar.EVERY_MILLIS);
  }

  /** The same, with another time between two redraws. */
  public Progress progress(long everyMillis) {
    return console.terminal().onError() ? new ProgressBar(console, everyMillis) : Progress.silent();
  }

  /** This context with {@code -v} as given. */
  Context withVerbose(boolean verbose) {
    return new Context(personality, environment, console, verbose);
  }
}
