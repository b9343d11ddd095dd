package dev.coppice.cli.frame;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The texts of {@code --help}, in the shape that ostree's users know, folded to the terminal. */
final class HelpText {
  private static final String HELP_OPTION = "-h, --help";
  private static final String HELP_SUMMARY = "Show help options";
  private static final int MIN_TEXT = 24;

  /** A row of two columns. */
  private record Row(String left, String right) {}

  private final StringBuilder text = new StringBuilder();
  private final int width;

  private HelpText(int width) {
    this.width = width;
  }

  /** Help of a command. */
  static String of(CommandModel model, int width) {
    var help = new HelpText(width);
    help.usage((model.words() + " [OPTION…] " + model.synopsis()).stripTrailing());
    help.paragraph(model.summary());
    List<Row> rows = new ArrayList<>();
    for (OptionSpec option : model.options()) {
      if (!option.hidden()) {
        rows.add(new Row(label(option), CommandModel.text(option)));
      }
    }
    help.options(rows);
    return help.text.append('\n').toString();
  }

  /** Help of the program or of a group: the commands in it. */
  static String of(String words, CommandNode.Group group, Personality personality, int width) {
    var help = new HelpText(width);
    boolean root = words.equals(personality.program());
    help.usage(words + " [OPTION…] COMMAND");
    if (!root) {
      help.paragraph(group.summary());
    }
    List<Row> rows = new ArrayList<>();
    for (CommandNode member : group.members(personality)) {
      if (!member.hidden()) {
        rows.add(new Row(member.name(), member.summary()));
      }
    }
    String inner = words.substring(words.indexOf(' ') + 1);
    help.section(root ? "Builtin Commands:" : "Builtin \"" + inner + "\" Commands:");
    help.rows(rows, column(rows));
    help.text.append('\n');
    help.options(
        List.of(
            new Row("-v, --verbose", "Print debug information during command processing"),
            new Row("--version", "Print version information and exit")));
    return help.text.append('\n').toString();
  }

  /** An option as help shows it, such as {@code -b, --branch=BRANCH}. */
  static String label(OptionSpec option) {
    List<String> names = new ArrayList<>(List.of(option.names()));
    names.sort((a, b) -> Boolean.compare(a.startsWith("--"), b.startsWith("--")));
    String label = String.join(", ", names);
    return option.arity().max() == 0 ? label : label + "=" + value(option);
  }

  private static String value(OptionSpec option) {
    String label = option.paramLabel();
    return label.startsWith("<") ? label.substring(1, label.length() - 1) : label;
  }

  private void usage(String line) {
    text.append("Usage:\n  ").append(line).append("\n\n");
  }

  private void paragraph(String paragraph) {
    if (!paragraph.isEmpty()) {
      text.append(paragraph).append("\n\n");
    }
  }

  private void section(String heading) {
    text.append(heading).append('\n');
  }

  private void options(List<Row> rows) {
    var all = new ArrayList<>(rows);
    var help = new Row(HELP_OPTION, HELP_SUMMARY);
    all.add(help);
    int column = column(all);
    section("Help Options:");
    rows(List.of(help), column);
    text.append('\n');
    section("Application Options:");
    rows(rows, column);
  }

  private static int column(List<Row> rows) {
    int longest = 12;
    for (Row row : rows) {
      longest = Math.max(longest, row.left.length());
    }
    return longest + 6;
  }

  private void rows(List<Row> rows, int column) {
    for (Row row : rows) {
      text.append("  ").append(row.left);
      text.append(" ".repeat(column - 2 - row.left.length()));
      fold(row.right, column);
    }
  }

  private void fold(String words, int column) {
    int room = Math.max(MIN_TEXT, width - column);
    int used = 0;
    for (String word : words.split(" ")) {
      if (used > 0 && used + 1 + word.length() > room) {
        text.append('\n').append(" ".repeat(column));
        used = 0;
      } else if (used > 0) {
        text.append(' ');
        used++;
      }
      text.append(word);
      used += word.length();
    }
    text.append('\n');
  }
}
