package dev.coppice.cli.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Reads arguments exactly as GLib's GOption does, which differs from every other parser in small
 * ways that scripts meet. Source: behaviour of {@code ostree} 2022.7 and 2026.4.
 *
 * <ul>
 *   <li>options may stand anywhere, also after positionals, until {@code --}
 *   <li>{@code --opt=VALUE} and {@code --opt VALUE}, the latter even when VALUE starts with a dash
 *   <li>no abbreviations
 *   <li>a flag takes {@code --flag=ANYTHING} and is set
 *   <li>{@code -abc} is three options; a value is always the next argument ({@code -b NAME}, never
 *       {@code -bNAME}), and only one of the three may want it
 *   <li>a lone {@code -} is a positional
 *   <li>of a repeated option the last one counts
 *   <li>integers are C's: {@code 0x1f} and {@code 017} work
 * </ul>
 *
 * <p>The result has only {@code --opt=VALUE} forms and can be handed to any parser.
 */
final class ArgumentReader {
  private static final Set<Class<?>> INTS = Set.of(int.class, Integer.class);
  private static final Set<Class<?>> LONGS = Set.of(long.class, Long.class);

  private final CommandModel model;
  private final List<String> arguments;
  private final List<String> options = new ArrayList<>();
  private final List<String> positionals = new ArrayList<>();
  private boolean help;
  private int at;

  /**
   * What was read.
   *
   * @param help whether help was asked for; then the rest was not read
   */
  record Reading(List<String> options, List<String> positionals, boolean help) {}

  private ArgumentReader(CommandModel model, List<String> arguments) {
    this.model = model;
    this.arguments = arguments;
  }

  /**
   * Reads arguments for a command.
   *
   * @throws UsageException an option is unknown, lacks its value, or the value is not a number
   */
  static Reading read(CommandModel model, List<String> arguments) {
    var reader = new ArgumentReader(model, arguments);
    reader.run();
    return new Reading(reader.options, reader.positionals, reader.help);
  }

  private void run() {
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
      options.add(name);
    } else {
      add(option, name, equals < 0 ? next(name) : argument.substring(equals + 1));
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
        options.add(name);
      } else if (valueTaken) {
        throw UsageException.messageOnly("Error parsing option " + name);
      } else {
        add(option, name, next(name));
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

  private void add(OptionSpec option, String name, String value) {
    Class<?> type = option.typeInfo().isMultiValue() ? String.class : option.type();
    if (INTS.contains(type)) {
      options.add(name + "=" + integer(value, name, Integer.MIN_VALUE, Integer.MAX_VALUE));
    } else if (LONGS.contains(type)) {
      options.add(name + "=" + integer(value, name, Long.MIN_VALUE, Long.MAX_VALUE));
    } else {
      options.add(name + "=" + value);
    }
  }

  private static long integer(String text, String name, long min, long max) {
    @Nullable Long value = cInteger(text);
    if (value == null) {
      throw UsageException.messageOnly("Cannot parse integer value “" + text + "” for " + name);
    }
    if (value < min || value > max) {
      throw UsageException.messageOnly(
          "Integer value “" + text + "” for " + name + " out of range");
    }
    return value;
  }

  /** A number as {@code strtol} with base 0 takes it; null when it is none. */
  private static @Nullable Long cInteger(String text) {
    String number = text.stripLeading();
    int digits = number.startsWith("-") || number.startsWith("+") ? 1 : 0;
    if (number.length() == digits || !Character.isDigit(number.charAt(digits))) {
      return null; // Long.decode would take "#1f" as well
    }
    try {
      return Long.decode(number);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean isFlag(OptionSpec option) {
    return option.arity().max() == 0;
  }

  private static UsageException unknown(String argument) {
    return UsageException.messageOnly("Unknown option " + argument);
  }
}
