package dev.coppice.cli.frame;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Turns the texts of options into the values of their fields: {@code String}, {@code int}, {@code
 * long} (also boxed, to tell "not given"), {@code double}, and lists of {@code String}. Everything
 * else is the command's own to parse, because ostree words every complaint in its own way.
 */
final class OptionValues {
  /** Lists so far; a field keeps its initial list until its option is given. */
  private final Map<OptionSpec, List<String>> lists = new HashMap<>();

  /**
   * Sets the field of an option.
   *
   * @param name the name as it was typed, for messages
   */
  void set(OptionSpec option, String name, String text) {
    Class<?> type = option.type();
    if (type == String.class) {
      option.setValue(text);
    } else if (type == int.class || type == Integer.class) {
      option.setValue((int) integer(text, name, Integer.MIN_VALUE, Integer.MAX_VALUE));
    } else if (type == long.class || type == Long.class) {
      option.setValue(integer(text, name, Long.MIN_VALUE, Long.MAX_VALUE));
    } else if (type == double.class) {
      option.setValue(real(text, name));
    } else if (type == List.class) {
      List<String> list = lists.computeIfAbsent(option, key -> new ArrayList<>());
      list.add(text);
      option.setValue(list);
    } else {
      throw new IllegalStateException("option " + name + " has a field of " + type);
    }
  }

  private static double real(String text, String name) {
    if (text.matches("[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)")) {
      return Double.parseDouble(text);
    }
    throw UsageException.messageOnly("Cannot parse double value “" + text + "” for " + name);
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
}
