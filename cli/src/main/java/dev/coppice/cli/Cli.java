package dev.coppice.cli;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.frame.CommandNode;
import dev.coppice.cli.frame.Context;
import dev.coppice.cli.frame.Dispatcher;
import dev.coppice.cli.frame.Environment;
import dev.coppice.cli.frame.ExitCodes;
import dev.coppice.cli.frame.Personality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of the program, from arguments to exit code, without touching the process: no exit, no
 * static state. Any number of runs can go on side by side.
 */
public final class Cli {
  private Cli() {}

  /**
   * Runs a command line.
   *
   * @param arguments the arguments without the program's name
   * @return the exit code, one of {@link ExitCodes} or that of an external command
   */
  public static int run(
      Personality personality, List<String> arguments, Environment environment, Console console) {
    return run(CommandTable.ROOT, new Context(personality, environment, console, false), arguments);
  }

  /** Runs a command line against a table of commands. */
  static int run(CommandNode.Group root, Context context, List<String> arguments) {
    Console console = context.console();
    var report = new ErrorReport(console, context.environment(), arguments);
    int code;
    try {
      code = dispatch(root, context, arguments);
    } catch (Exception | OutOfMemoryError | StackOverflowError | AssertionError e) {
      code = report.report(e);
    }
    try {
      console.flush();
      return code;
    } catch (IOException e) {
      int flushed = report.report(e);
      return code == ExitCodes.OK ? flushed : code;
    }
  }

  private static int dispatch(CommandNode.Group root, Context context, List<String> arguments)
      throws IOException, InterruptedException {
    Console console = context.console();
    if (context.personality() == Personality.RPM_OSTREE) {
      console.error("rpm-ostree's commands are not part of this build of Coppice");
      return ExitCodes.FAILED;
    }
    if (arguments.equals(List.of("--version"))) {
      console.print(Version.text(context.personality())); // not even the command table is needed
      return ExitCodes.OK;
    }
    var dispatcher = new Dispatcher(context, () -> Version.text(context.personality()));
    List<String> line = helpLast(arguments, context.personality());
    String word = dispatcher.word(root, line);
    if (word != null && root.member(word, context.personality()) == null) {
      var external = new ExternalCommand(context);
      @Nullable Path program = external.find(word);
      if (program != null) {
        return external.run(program, word, line);
      }
    }
    return dispatcher.run(root, line);
  }

  /** {@code coppice help VERB} is {@code coppice VERB --help}. */
  private static List<String> helpLast(List<String> arguments, Personality personality) {
    if (personality != Personality.COPPICE
        || arguments.isEmpty()
        || !arguments.getFirst().equals("help")) {
      return arguments;
    }
    List<String> line = new ArrayList<>(arguments.subList(1, arguments.size()));
    line.add("--help");
    return line;
  }
}
