package dev.coppice.cli;

import static java.lang.Integer.parseInt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs command lines with a real ostree and with ours, in directories of their own, and compares
 * exit code, standard output and the line on standard error that starts with {@code error:}.
 *
 * <p>A line is words apart by blanks; {@code ␠} stands for a blank in a word, {@code ∅} for an
 * empty word, {@code {name}} for a value. Marks in front:
 *
 * <ul>
 *   <li>{@code 2025.3} needs a real ostree of at least this version; {@code new} one newer than
 *       2022.7
 *   <li>{@code ~} the message may differ: ours says more, or names another call
 *   <li>{@code set} the lines are in no order with 2022.7
 *   <li>{@code count} numbers may differ: what a request is counted as is each tool's own
 * </ul>
 */
public final class SideBySide {
  private static final Pattern SINCE = Pattern.compile("(?:new|(\\d{4})\\.(\\d+)) (.*)");
  private static final String OTHER_WORDS = "~ ";
  private static final String SET = "set ";
  private static final String COUNT = "count ";

  private final RealOstree real;
  private final Path theirs;
  private final Path ours;
  private final Map<String, String> values;

  /** What a run left behind. */
  private record Outcome(int code, String out, String error) {
    static Outcome of(int code, byte[] out, String err) {
      String error = err.lines().filter(line -> line.startsWith("error: ")).findFirst().orElse("");
      return new Outcome(code, new String(out, StandardCharsets.UTF_8), error);
    }

    /** Without numbers and units of bytes; whether anything was transferred is such a number. */
    Outcome withoutNumbers() {
      String text = out.replaceAll("; [0-9]+ (KiB|B) transferred in [0-9]+ seconds", "");
      return new Outcome(code, text.replaceAll("[0-9.]+(.(kB|MB|B|KiB|bytes?)\\b)?", "N"), error);
    }

    Outcome sorted() {
      return new Outcome(code, String.join("\n", out.lines().sorted().toList()), error);
    }
  }

  /**
   * @param theirs where the real tool runs
   * @param ours where ours runs; the same directory where nothing is changed
   * @param values what names in braces stand for
   */
  public SideBySide(RealOstree real, Path theirs, Path ours, Map<String, String> values) {
    this.real = real;
    this.theirs = theirs;
    this.ours = ours;
    this.values = values;
  }

  /** The lines of a text block, without comments. */
  public static Stream<String> lines(String block) {
    return block.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#"));
  }

  /** Runs a line with both; does nothing when the real tool is too old for it. */
  public void check(String line) {
    String text = line;
    boolean old = !real.atLeast(2024, 1);
    Matcher since = SINCE.matcher(text);
    if (since.matches()) {
      String year = since.group(1);
      if (year == null ? old : !real.atLeast(parseInt(year), parseInt(since.group(2)))) {
        return;
      }
      text = since.group(3);
    }
    boolean sorted = text.startsWith(SET) && old;
    text = text.startsWith(SET) ? text.substring(SET.length()) : text;
    boolean counts = !text.startsWith(COUNT);
    text = counts ? text : text.substring(COUNT.length());
    boolean sameWords = !text.startsWith(OTHER_WORDS);
    String[] words = words(sameWords ? text : text.substring(OTHER_WORDS.length()));
    Programs.Result their = real.runIn(theirs, words);
    CliRunner.Result our = CliRunner.in(ours).ostree(words);
    Outcome expected = Outcome.of(their.exit(), their.bytes(), their.err());
    Outcome actual = Outcome.of(our.code(), our.output(), our.err());
    if (sorted) {
      expected = expected.sorted();
      actual = actual.sorted();
    }
    if (!counts) {
      expected = expected.withoutNumbers();
      actual = actual.withoutNumbers();
    }
    String what = real + ": " + String.join(" ", words);
    if (sameWords || expected.error.isEmpty()) {
      assertThat(actual).as(what).isEqualTo(expected);
    } else {
      assertThat(actual.error).as(what).isNotEmpty();
      assertThat(new Outcome(actual.code, actual.out, ""))
          .as(what)
          .isEqualTo(new Outcome(expected.code, expected.out, ""));
    }
  }

  private String[] words(String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.split(" +")) {
      String filled = word.equals("∅") ? "" : word.replace('␠', ' ');
      for (Map.Entry<String, String> value : values.entrySet()) {
        filled = filled.replace("{" + value.getKey() + "}", value.getValue());
      }
      words.add(filled);
    }
    return words.toArray(String[]::new);
  }
}
