package dev.coppice.reposerver.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contrasts of the colours by the formula of WCAG 2.2, and what the style sheet must not have. */
class StyleTest {
  private static final double TEXT = 4.5;
  private static final double SHAPE = 3.0;
  private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): (#[0-9a-f]{6});");

  /** What stands on the paper, and on panels, hovered rows and headings of tables. */
  private static final List<String> WORDS = List.of("ink", "dim", "link", "good", "bad", "open");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void textsCanBeRead(boolean dark) throws IOException {
    Map<String, String> colours = colours(dark);
    for (String word : WORDS) {
      for (String ground : List.of("paper", "panel")) {
        check(colours, word, ground, TEXT);
      }
    }
    check(colours, "on-fill", "fill", TEXT);
    for (String ground : List.of("plus", "minus")) {
      check(colours, "ink", ground, TEXT);
      check(colours, "dim", ground, TEXT);
      check(colours, "open", ground, TEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bordersOfFieldsAndTheFocusCanBeSeen(boolean dark) throws IOException {
    Map<String, String> colours = colours(dark);
    for (String ground : List.of("paper", "panel")) {
      check(colours, "edge", ground, SHAPE);
      check(colours, "fill", ground, SHAPE);
    }
  }

  @Test
  void coloursStandInOnePlace() throws IOException {
    String rules = style().replaceAll("(?s):root \\{.*?\\}", "");
    assertThat(rules).doesNotContainPattern("#[0-9a-fA-F]{3}").doesNotContain("rgb");
    assertThat(colours(true).keySet()).isEqualTo(colours(false).keySet());
  }

  @Test
  void theFocusIsNeverHidden() throws IOException {
    assertThat(style()).contains(":focus-visible {\n  outline: 2px solid");
    // Only the main part, which a link jumps to and which is as large as the window, has none.
    assertThat(style().split("outline: none", -1)).hasSize(2);
  }

  private static void check(
      Map<String, String> colours, String front, String ground, double least) {
    String one = Objects.requireNonNull(colours.get(front), front);
    String two = Objects.requireNonNull(colours.get(ground), ground);
    assertThat(contrast(one, two))
        .as("%s %s on %s %s", front, one, ground, two)
        .isGreaterThanOrEqualTo(least);
  }

  private static double contrast(String one, String two) {
    double a = luminance(one);
    double b = luminance(two);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
  }

  private static double channel(String colour, int at) {
    double value = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static Map<String, String> colours(boolean dark) throws IOException {
    String style = style();
    int darkStart = style.indexOf("@media (prefers-color-scheme: dark)");
    String part = dark ? style.substring(darkStart) : style.substring(0, darkStart);
    Map<String, String> colours = new HashMap<>();
    Matcher matcher = COLOUR.matcher(part);
    while (matcher.find()) {
      colours.putIfAbsent(matcher.group(1), matcher.group(2));
    }
    return colours;
  }

  private static String style() throws IOException {
    try (InputStream in = Objects.requireNonNull(Site.class.getResourceAsStream("style.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
