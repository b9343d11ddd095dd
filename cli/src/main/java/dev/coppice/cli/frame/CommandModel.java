package dev.coppice.cli.frame;

import java.util.ArrayList;
import java.util.List;
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
  private final CommandSpec spec;

  /**
   * @param words program and command words, such as {@code ostree remote add}
   */
  public CommandModel(String words, String summary, CliCommand command) {
    this.words = words;
    this.summary = summary;
    this.command = command;
    // Lenient: a command may have no option of its own.
    this.spec = CommandSpec.forAnnotatedObjectLenient(command);
    spec.addMixin("standard", CommandSpec.forAnnotatedObject(standard));
  }

  /** Program and command words. */
  public String words() {
    return words;
  }

  /** One line. */
  public String summary() {
    return summary;
  }

  /** The object that {@link ArgumentReader} fills. */
  CliCommand command() {
    return command;
  }

  StandardOptions standard() {
    return standard;
  }

  /** Options in the order of help: own ones first, then the standard ones; hidden ones included. */
  public List<OptionSpec> options() {
    return spec.options();
  }

  /** Positionals in their order; hidden ones included. */
  public List<PositionalParamSpec> positionals() {
    return spec.positionalParameters();
  }

  /** The option of a name with its dashes, or null. */
  @org.jspecify.annotations.Nullable
  OptionSpec option(String name) {
    return spec.findOption(name);
  }

  /** Labels of the positionals, such as {@code REV [PATH...]}. */
  public String synopsis() {
    var custom = spec.usageMessage().customSynopsis();
    if (custom.length > 0) {
      return String.join(" ", custom);
    }
    List<String> labels = new ArrayList<>();
    for (var positional : spec.positionalParameters()) {
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

  /** Whether {@code --version} was read. */
  boolean versionWanted() {
    return standard.version;
  }
}
