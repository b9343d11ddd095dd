package dev.coppice.reposerver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions of RFC 9110, section 13, on a file with the tag "a" changed at SAME. */
class ConditionsTest {
  private static final String SAME = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final String BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";
  private static final String AFTER = "Sun, 06 Nov 1994 08:49:38 GMT";
  private static final long MODIFIED = 784_111_777;

  private static HttpFields headers(String... namesAndValues) {
    HttpFields.Mutable fields = HttpFields.build();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String value =
          switch (namesAndValues[i + 1]) {
            case "SAME" -> SAME;
            case "BEFORE" -> BEFORE;
            case "AFTER" -> AFTER;
            default -> namesAndValues[i + 1];
          };
      fields.add(namesAndValues[i], value);
    }
    return fields;
  }

  private static String verdict(String... namesAndValues) {
    return Conditions.of(headers(namesAndValues), "\"a\"", MODIFIED)
        .name()
        .toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @CsvSource({
    "If-None-Match, '\"a\"', not_modified",
    "If-None-Match, 'W/\"a\"', not_modified",
    "If-None-Match, '\"b\", \"a\"', not_modified",
    "If-None-Match, *, not_modified",
    "If-None-Match, '\"b\"', send",
    "If-None-Match, a, send",
    "If-Match, '\"a\"', send",
    "If-Match, *, send",
    "If-Match, 'W/\"a\"', failed",
    "If-Match, '\"b\"', failed",
    "If-Modified-Since, SAME, not_modified",
    "If-Modified-Since, AFTER, not_modified",
    "If-Modified-Since, BEFORE, send",
    "If-Modified-Since, yesterday, send",
    "If-Unmodified-Since, SAME, send",
    "If-Unmodified-Since, BEFORE, failed",
    "If-Unmodified-Since, yesterday, send"
  })
  void weighsOne(String name, String value, String expected) {
    assertThat(verdict(name, value)).isEqualTo(expected);
  }

  @Test
  void tagsCountMoreThanDates() {
    assertThat(verdict("If-None-Match", "\"b\"", "If-Modified-Since", "AFTER")).isEqualTo("send");
    assertThat(verdict("If-Match", "\"a\"", "If-Unmodified-Since", "BEFORE")).isEqualTo("send");
    assertThat(verdict("If-Match", "\"a\"", "If-None-Match", "\"a\"")).isEqualTo("not_modified");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"a\"', true",
    "'\"b\"', false",
    "'W/\"a\"', false",
    "SAME, true",
    "BEFORE, false",
    "AFTER, false",
    "yesterday, false"
  })
  void rangesNeedExactlyThisFile(String value, boolean expected) {
    assertThat(Conditions.rangeHolds(headers("If-Range", value), "\"a\"", MODIFIED, MODIFIED + 10))
        .isEqualTo(expected);
  }

  @Test
  void aDateIsTooWeakWithinItsSecond() {
    assertThat(Conditions.rangeHolds(headers("If-Range", "SAME"), "\"a\"", MODIFIED, MODIFIED))
        .isFalse();
    assertThat(Conditions.rangeHolds(headers(), "\"a\"", MODIFIED, MODIFIED)).isTrue();
  }

  @Test
  void datesAreWrittenAsTheyAreRead() {
    assertThat(HttpDate.text(MODIFIED)).isEqualTo(SAME);
    assertThat(HttpDate.seconds(SAME)).hasValue(MODIFIED);
    assertThat(HttpDate.seconds("Mon, 06 Nov 1994 08:49:37 GMT")).isEmpty();
  }
}
