package dev.coppice.cli.console;

import dev.coppice.posix.TerminalSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The terminal of this process, looked at only when asked for.
 *
 * <p>{@code System.console()} loads a console provider and costs tens of milliseconds; the link in
 * {@code /proc/self/fd} costs microseconds.
 */
public final class ProcessTerminal implements Terminal {
  private final Map<String, String> environment;

  /**
   * @param environment {@code NO_COLOR} (no-color.org), {@code TERM} and {@code COLUMNS} are read
   */
  public ProcessTerminal(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public boolean onOutput() {
    return isTerminal(1);
  }

  @Override
  public boolean onError() {
    return isTerminal(2);
  }

  @Override
  public boolean colour() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** {@code COLUMNS} when exported, otherwise what the terminal says now. */
  @Override
  public int width() {
    try {
      int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", "0"));
      if (columns > 0) {
        return columns;
      }
    } catch (NumberFormatException e) {
      // Not a number: as good as unset.
    }
    int columns = onError() ? TerminalSize.columns(2) : onOutput() ? TerminalSize.columns(1) : 0;
    return columns > 0 ? columns : DEFAULT_WIDTH;
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false; // closed descriptor, or no /proc: nobody is watching
    }
  }
}
