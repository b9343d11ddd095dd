package dev.coppice.reposerver.web.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTest {
  private static final String HEAD = "<!DOCTYPE html>\n";

  @Test
  void markupInTextsAndAttributesIsText() {
    String hostile = "</p><script>alert('&\"')</script>";
    Html html = Html.document().leaf("p", hostile, "title", hostile);
    assertThat(html.toString())
        .isEqualTo(
            HEAD
                + "<p title=\"&lt;/p&gt;&lt;script&gt;alert('&amp;&quot;')&lt;/script&gt;\">"
                + "&lt;/p&gt;&lt;script&gt;alert('&amp;&quot;')&lt;/script&gt;</p>");
  }

  @ParameterizedTest
  @CsvSource({
    "000a, \\n",
    "000d, \\r",
    "0009, \\t",
    "0000, \\x00",
    "001b, \\x1b",
    "007f, \\x7f",
    "0085, \\x85",
    "00ad, \\xad",
    "200b, \\u{200b}",
    "200f, \\u{200f}",
    "2028, \\u{2028}",
    "202e, \\u{202e}",
    "2066, \\u{2066}",
    "feff, \\u{feff}",
    "fffe, \\u{fffe}",
    "e0041, \\u{e0041}",
    "dc80, \\u{dc80}"
  })
  void whatHidesIsShown(String point, String shown) {
    String text = "a" + Character.toString(Integer.parseInt(point, 16)) + "b";
    assertThat(Html.document().text(text).toString())
        .isEqualTo(HEAD + "a<span class=\"esc\">" + shown + "</span>b");
    assertThat(Html.document().empty("input", "value", text).toString())
        .isEqualTo(HEAD + "<input value=\"a" + shown + "b\"/>");
  }

  @Test
  void lettersOfAllScriptsStayWhatTheyAre() {
    String text = "naïve — 日本 שלום 🌳 e\u0301";
    assertThat(Html.document().text(text).toString()).isEqualTo(HEAD + text);
  }

  @Test
  void linesKeepFeedsAndTabsOnly() {
    assertThat(Html.document().lines("a\n\tb\r\n").toString())
        .isEqualTo(HEAD + "a\n\tb<span class=\"esc\">\\r</span>\n");
  }

  @Test
  void anOpenElementIsADefect() {
    Html html = Html.document();
    html.open("main");
    assertThatThrownBy(html::toString)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("main");
  }

  @ParameterizedTest
  @CsvSource({
    "/, /, ./",
    "/, /-/log, -/log",
    "/-/diff, /, ../",
    "/-/diff, /-/log, ../-/log",
    "/-/commit/ab, /-/tree/cd, ../../-/tree/cd",
    "/-/diff/ab/cd, /, ../../../"
  })
  void addressesAreRelative(String from, String to, String expected) {
    assertThat(Address.of(from, to)).hasToString(expected);
  }

  @Test
  void parametersAreEncoded() {
    assertThat(
            Address.of("/", "/-/log")
                .with("rev", "a b&c=d#e?f%\"<>é/g+h;^")
                .withAny("filter", "")
                .withNumber("page", 1, 1)
                .withNumber("page", 2, 1))
        .hasToString("-/log?rev=a%20b%26c%3Dd%23e%3Ff%25%22%3C%3E%C3%A9/g%2Bh%3B%5E&page=2");
  }
}
