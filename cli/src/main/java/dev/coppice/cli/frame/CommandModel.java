package dev.coppice.cli.frame;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command with its options and positionals, as picocli reads them from the annotations, and the
 * words that lead to it. Help, completion and the manual page skeleton are made from this.
 */
public final class CommandModel {
  private final String words;
  private final String summary;
  private final CliCommand command;
  private final StandardOptions standard = new StandardOptions();
  private final CommandLine line;

  /**
   * @param words program and command words, such as {@code ostree remote add}
   */
  public CommandModel(String words, String summary, CliCommand command) {
    this.words = words;
    this.summary = summary;
    this.command = command;
    // Lenient: a command may have no option of its own.
    this.line = new CommandLine(CommandSpec.forAnnotatedObjectLenient(command));
    line.getCommandSpec().addMixin("standard", CommandSpec.forAnnotatedObject(standard));
    line.setInterpolateVariables(false);
    line.setExpandAtFiles(false);
    line.setOverwrittenOptionsAllowed(true);
    line.setPosixClusteredShortOptionsAllowed(false);
    line.setUnmatchedOptionsArePositionalParams(true);
  }

  /** Program and command words. */
  public String words() {
    return words;
  }

  /** One line. */
  public String summary() {
    return summary;
  }

  /** The object whose fields {@link #parse} sets. */
  CliCommand command() {
    return command;
  }

  StandardOptions standard() {
    return standard;
  }

  /** Options in the order of help: own ones first, then the standard ones; hidden ones included. */
  public List<OptionSpec> options() {
    return line.getCommandSpec().options();
  }

  /** Positionals in their order; hidden ones included. */
  public List<PositionalParamSpec> positionals() {
    return line.getCommandSpec().positionalParameters();
  }

  /** The option of a name with its dashes, or null. */
  @org.jspecify.annotations.Nullable
  OptionSpec option(String name) {
    return line.getCommandSpec().findOption(name);
  }

  /** Labels of the positionals, such as {@code REV [PATH...]}. */
  public String synopsis() {
    var custom = line.getCommandSpec().usageMessage().customSynopsis();
    if (custom.length > 0) {
      return String.join(" ", custom);
    }
    List<String> labels = new ArrayList<>();
    for (var positional : line.getCommandSpec().positionalParameters()) {
      if (!positional.hidden()) {
        String label = positional.paramLabel();
        boolean several = positional.arity().isVariable() || positional.index().isVariable();
        label = several ? label + "..." : label;
        labels.add(positional.required() ? label : "[" + label + "]");
      }
    }
    return String.join(" ", labels);
  }

  /** The text about an option or positional, in one line. */
  public static String text(ArgSpec arg) {
    return String.join(" ", arg.description());
  }

  /**
   * Sets the fields of the command.
   *
   * @param strict whether positionals that the command does not know are an error; ostree ignores
   *     them
   */
  void parse(ArgumentReader.Reading reading, boolean strict) {
    line.setUnmatchedArgumentsAllowed(!strict);
    List<String> words = new ArrayList<>(reading.options());
    words.add("--");
    words.addAll(reading.positionals());
    try {
      line.parseArgs(words.toArray(String[]::new));
    } catch (CommandLine.MissingParameterException e) {
      throw UsageException.withUsage(missing(e));
    } catch (CommandLine.UnmatchedArgumentException e) {
      throw UsageException.withUsage("Unexpected argument '" + e.getUnmatched().getFirst() + "'");
    } catch (CommandLine.ParameterException e) {
      throw UsageException.messageOnly(String.valueOf(e.getMessage()));
    }
  }

  private static String missing(CommandLine.MissingParameterException e) {
    return e.getMissing().isEmpty()
        ? String.valueOf(e.getMessage())
        : e.getMissing().getFirst().paramLabel() + " must be specified";
  }
}
