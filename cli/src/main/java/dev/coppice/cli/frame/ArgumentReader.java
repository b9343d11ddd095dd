package dev.coppice.cli.frame;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Reads arguments into a command's fields exactly as GLib's GOption does, which differs from every
 * other parser, picocli's included, in small ways that scripts meet. Source: behaviour of {@code
 * ostree} 2022.7 and 2026.4.
 *
 * <ul>
 *   <li>options may stand anywhere, also after positionals, until {@code --}
 *   <li>{@code --opt=VALUE} and {@code --opt VALUE}, the latter even when VALUE starts with a dash
 *   <li>no abbreviations
 *   <li>a flag takes {@code --flag=ANYTHING} and is set
 *   <li>{@code -abc} is three options; a value is always the next argument ({@code -b NAME}, never
 *       {@code -bNAME}), and only one of the three may want it
 *   <li>a lone {@code -} is a positional
 *   <li>of a repeated option the last one counts, unless its field is a list
 *   <li>integers are C's: {@code 0x1f} and {@code 017} work
 * </ul>
 */
final class ArgumentReader {
  private final CommandModel model;
  private final List<String> arguments;
  private final OptionValues values = new OptionValues();
  private final List<String> positionals = new ArrayList<>();
  private boolean help;
  private int at;

  private ArgumentReader(CommandModel model, List<String> arguments) {
    this.model = model;
    this.arguments = arguments;
  }

  /**
   * Sets the fields of a command.
   *
   * @param strict whether positionals that the command does not know are an error; ostree ignores
   *     them
   * @return whether help was asked for; then the rest was not read
   * @throws UsageException an option is unknown, lacks its value, or the value is not a number; a
   *     positional is missing
   */
  static boolean read(CommandModel model, List<String> arguments, boolean strict) {
    var reader = new ArgumentReader(model, arguments);
    reader.readAll();
    if (!reader.help && !model.versionWanted()) {
      reader.assignPositionals(strict);
    }
    return reader.help;
  }

  private void readAll() {
    for (; at < arguments.size() && !help; at++) {
      String argument = arguments.get(at);
      if (argument.equals("--")) {
        positionals.addAll(arguments.subList(at + 1, arguments.size()));
        return;
      }
      if (argument.startsWith("--")) {
        readLong(argument);
      } else if (argument.length() > 1 && argument.charAt(0) == '-') {
        readShort(argument);
      } else {
        positionals.add(argument);
      }
    }
  }

  private void readLong(String argument) {
    if (argument.equals("--help") || argument.equals("--help-all")) {
      help = true;
      return;
    }
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    OptionSpec option = model.option(name);
    if (option == null) {
      throw unknown(argument);
    }
    if (isFlag(option)) {
      option.setValue(true);
    } else {
      values.set(option, name, equals < 0 ? next(name) : argument.substring(equals + 1));
    }
  }

  private void readShort(String argument) {
    boolean valueTaken = false;
    for (int i = 1; i < argument.length(); i++) {
      char letter = argument.charAt(i);
      String name = "-" + letter;
      OptionSpec option = model.option(name);
      if (option == null) {
        if (letter == 'h' || letter == '?') {
          help = true;
          return;
        }
        throw unknown(argument);
      }
      if (isFlag(option)) {
        option.setValue(true);
      } else if (valueTaken) {
        throw UsageException.messageOnly("Error parsing option " + name);
      } else {
        values.set(option, name, next(name));
        valueTaken = true;
      }
    }
  }

  private String next(String name) {
    if (at + 1 >= arguments.size()) {
      throw UsageException.messageOnly("Missing argument for " + name);
    }
    return arguments.get(++at);
  }

  private void assignPositionals(boolean strict) {
    int next = 0;
    for (PositionalParamSpec positional : model.positionals()) {
      List<String> rest = positionals.subList(next, positionals.size());
      if (rest.isEmpty() && positional.arity().min() > 0) {
        throw UsageException.withUsage(positional.paramLabel() + " must be specified");
      }
      if (positional.typeInfo().isMultiValue()) {
        positional.setValue(new ArrayList<>(rest));
        next = positionals.size();
      } else if (!rest.isEmpty()) {
        positional.setValue(rest.getFirst());
        next++;
      }
    }
    if (strict && next < positionals.size()) {
      throw UsageException.withUsage("Unexpected argument '" + positionals.get(next) + "'");
    }
  }

  static boolean isFlag(OptionSpec option) {
    return option.arity().max() == 0;
  }

  private static UsageException unknown(String argument) {
    return UsageException.messageOnly("Unknown option " + argument);
  }
}
