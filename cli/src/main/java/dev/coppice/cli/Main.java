package dev.coppice.cli;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.frame.Environment;
import dev.coppice.cli.frame.Personality;
import dev.coppice.posix.ProcessExit;
import java.util.List;

/**
 * The process: arguments in, exit code out.
 *
 * <p>The launcher tells the name by which it was called in the system property {@code
 * coppice.name}.
 */
public final class Main {
  /** How long an interrupted command may take to roll its transaction back. */
  private static final long GRACE_MILLIS = 5_000;

  private Main() {}

  /** Runs the command line and ends the process. */
  public static void main(String[] args) {
    int code = run(Personality.of(System.getProperty("coppice.name", "coppice")), args);
    // Not System.exit: it looks for a logger to tell it to, which costs 20 ms. All output is
    // flushed, and the only shutdown hook is ours and would have nothing to do.
    ProcessExit.now(code);
  }

  /** Runs a command line on this process's environment and console. */
  static int run(Personality personality, String[] args) {
    Environment environment = Environment.ofProcess();
    var interrupt = new Interrupt(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(interrupt);
    List<String> arguments = RawArguments.of(args);
    int code =
        Cli.run(personality, arguments, environment, Console.ofProcess(environment.variables()));
    interrupt.finished = true;
    return code;
  }

  /**
   * Runs when a signal ends the JVM: interrupts the command and waits until its transaction is
   * closed. The JVM then ends with 128 plus the signal's number.
   */
  private static final class Interrupt extends Thread {
    private final Thread command;
    volatile boolean finished;

    Interrupt(Thread command) {
      super("interrupt");
      this.command = command;
    }

    @Override
    public void run() {
      if (finished) {
        return;
      }
      command.interrupt();
      long deadline = System.nanoTime() + GRACE_MILLIS * 1_000_000;
      try {
        while (!finished && System.nanoTime() < deadline) {
          // Not join(): the command's thread may be the one that waits for this one, in exit.
          Thread.sleep(5);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the process ends either way
      }
    }
  }
}
