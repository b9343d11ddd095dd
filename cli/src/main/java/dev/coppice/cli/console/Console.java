package dev.coppice.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Standard output, standard error and the terminal behind them, of one run of one command.
 *
 * @param out results; flushed at the end of the run
 * @param err errors, warnings, progress
 * @param terminal what is known about the terminal
 */
public record Console(Output out, Output err, Terminal terminal) {
  /** The console of this process. */
  public static Console ofProcess(Map<String, String> environment) {
    return new Console(
        new Output(new FileOutputStream(FileDescriptor.out)),
        new Output(new FileOutputStream(FileDescriptor.err)),
        new ProcessTerminal(environment));
  }

  /** A console without a terminal that prints into the given streams. */
  public static Console of(OutputStream out, OutputStream err) {
    return new Console(new Output(out), new Output(err), Terminal.NONE);
  }

  /** Prints a result and a newline. */
  public void println(String line) {
    out.println(line);
  }

  /** Prints a result. */
  public void print(String text) {
    out.print(text);
  }

  /** Prints a warning to standard error: the work goes on. */
  public void warn(String message) throws OutputException {
    label("warning:", "\u001b[33m\u001b[1m", message);
  }

  /** Prints the error that ended the work to standard error. */
  public void error(String message) throws OutputException {
    label("error:", "\u001b[31m\u001b[1m", message);
  }

  /** Passes on everything that is still buffered. */
  public void flush() throws OutputException {
    out.flush();
    err.flush();
  }

  private void label(String label, String colour, String message) throws OutputException {
    out.flush();
    boolean coloured = terminal.onError() && terminal.colour();
    err.println((coloured ? colour + label + "\u001b[22m\u001b[0m" : label) + " " + message);
    err.flush();
  }
}
