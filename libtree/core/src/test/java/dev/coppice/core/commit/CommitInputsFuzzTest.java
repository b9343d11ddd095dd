package dev.coppice.core.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coppice.core.failure.TreeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists and filters that users write, and headers of archives that anybody may have written. */
class CommitInputsFuzzTest {
  @FuzzTest
  void listsAreReadOrRefused(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    assertThat(SkipList.parse(text).paths()).doesNotContain("");
    try {
      StatOverrides overrides = StatOverrides.parse(text);
      long lines = text.lines().filter(line -> !line.isEmpty()).count();
      assertThat((long) overrides.additions().size() + overrides.replacements().size())
          .isLessThanOrEqualTo(Math.max(lines, text.length()));
    } catch (TreeException e) {
      assertThat(e.getMessage()).contains("no space found");
    }
  }

  @FuzzTest
  void replacementsAreReadOrRefused(byte[] input) {
    String replacement = new String(input, StandardCharsets.UTF_8);
    try {
      Replacement.check(replacement);
    } catch (TreeException e) {
      return;
    }
    var filter = new PathnameFilter(Pattern.compile("(usr)/(?<x>bin)?"), replacement);
    assertThat(filter.apply("usr/bin/tool")).isNotNull();
    assertThat(filter.apply("etc")).isEqualTo("etc");
  }

  @FuzzTest
  void headersOfArchivesNeverBreakTheReader(byte[] input) {
    PaxRecords records = PaxRecords.read(input, input.length % 700L);
    assertThat(records.xattrs()).isNotNull();
    try {
      String path = new TarPaths(Optional.empty()).entry(new String(input, StandardCharsets.UTF_8));
      assertThat(TarPaths.components(path)).doesNotContain("..", ".", "");
    } catch (TreeException e) {
      assertThat(e.getMessage()).contains("..");
    }
  }

  @FuzzTest
  void packedArchivesAreReadOrRefused(byte[] input) throws IOException {
    try (InputStream in = TarInput.open(new ByteArrayInputStream(input), "x.tar")) {
      assertThat(in.readNBytes(1 << 20)).hasSizeLessThanOrEqualTo(1 << 20);
    } catch (TreeException e) {
      assertThat(e.getMessage()).startsWith("Cannot read archive x.tar: ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "384,384",
    "0x1ff,511",
    "0755,755",
    "-1,-1",
    "1e3,1000",
    "+2.9,2",
    "'  7 x',7",
    "abc,0",
    "0x,0",
    "4294967296,-2147483648",
    "inf,-2147483648",
    "nan,-2147483648",
    "0x1p4,16",
    "1e,1",
    ".5,0",
    "5.,5"
  })
  void numbersAreThoseOfStrtod(String text, int value) {
    assertThat(CNumber.toInt(text)).isEqualTo(value);
  }

  @Test
  void replacementsKnowGroupsAndCases() {
    var filter =
        new PathnameFilter(Pattern.compile("(?<a>\\w+)/(\\w+)"), "\\u\\2-\\U\\g<a>\\E\\0\\x2f\\t");
    assertThat(filter.apply("usr/bin")).isEqualTo("Bin-USRusr/bin/\t");
  }
}
