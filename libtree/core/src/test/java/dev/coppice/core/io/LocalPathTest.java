package dev.coppice.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
  @Test
  void namesFiles() {
    assertThat(LocalPath.parse("/a b/ä")).isEqualTo(Path.of("/a b/ä"));
    assertThat(LocalPath.parse("")).isEqualTo(Path.of(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a\uDC80b"})
  void whatNoFileCanHaveIsRefused(String text) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> LocalPath.parse(text))
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.PATH_INVALID);
              assertThat(failure.getMessage()).startsWith("Cannot use the path 'a").contains("b':");
              assertThat(failure.getMessage()).doesNotContain("\0");
              assertThat(failure.nextStep()).isNotEmpty();
            });
  }
}
