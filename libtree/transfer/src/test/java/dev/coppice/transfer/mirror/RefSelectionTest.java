package dev.coppice.transfer.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefSelectionTest {
  @ParameterizedTest
  @CsvSource({
    "main, main, true",
    "main, main/x, false",
    "*, main, true",
    "*, a/b, false",
    "**, a/b, true",
    "os/*/base, os/x86_64/base, true",
    "os/*/base, os/44/x86_64/base, false",
    "os/**/base, os/44/x86_64/base, true",
    "os/**/base, os/base, true",
    "os/**, os/44, true",
    "os/**, os, false",
    "**/debug, debug, true",
    "**/debug, a/b/debug, true",
    "**/debug, a/b/nodebug, false",
    "v?, v1, true",
    "v?, v12, false",
    "v[1-3], v2, true",
    "v[1-3], v4, false",
    "v[!1-3], v4, true",
    "v[!1-3], v/, false",
    "a.b, axb, false",
    "a+(b), aab, false",
  })
  void patternFitsWholeNames(String pattern, String ref, boolean fits) {
    assertThat(RefGlob.parse(pattern).fits(ref)).isEqualTo(fits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[abc", "[]", "[3-1]", "[a/b]", "[^a]", "[a&&b]"})
  void patternThatIsNoneIsRefused(String pattern) {
    assertThatThrownBy(() -> RefGlob.parse(pattern))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID));
  }

  @Test
  void refsOfOtherArchitecturesAreLeftOut() {
    var selection = RefSelection.parse(List.of(), List.of("**/debug"), List.of("x86_64"));

    assertThat(selection.selects("fedora/44/x86_64/silverblue")).isTrue();
    assertThat(selection.selects("fedora/44/aarch64/silverblue")).isFalse();
    assertThat(selection.selects("app/org.example.X/x86_64/stable")).isTrue();
    assertThat(selection.selects("appstream2/aarch64")).isFalse();
    assertThat(selection.selects("docs")).isTrue();
    assertThat(selection.selects("os/x86_64/debug")).isFalse();
    assertThatThrownBy(() -> RefSelection.parse(List.of(), List.of(), List.of("x86-64")))
        .hasMessage("Unknown architecture 'x86-64'");
  }
}
