package dev.coppice.transfer.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {
  @Test
  void filesAreNamedByBytes() {
    assertThat(Urls.file(Urls.parse("file:///a%20b/%C3%a4+%25"))).isEqualTo(Path.of("/a b/ä+%"));
    assertThat(Urls.file(Urls.parse("file:///ä/x"))).isEqualTo(Path.of("/ä/x"));
    assertThat(Urls.file(Urls.parse("FILE:/a"))).isEqualTo(Path.of("/a"));
    assertThat(Urls.file(Urls.parse("file://localhost/a"))).isEqualTo(Path.of("/a"));
    var below = Urls.below(Urls.parse("file:///a%20b"), "x y/%00");
    assertThat(Urls.file(below)).isEqualTo(Path.of("/a b/x y/%00"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///a%00b",
        "file:///a%FFb",
        "file:///%ED%A0%80",
        "file:///%C3",
        "file://host/a",
        "file://user@localhost/a",
        "file:a",
        "file:///a b",
        "file:///a%0",
        "ftp://host/a",
        "http:///a",
        "a",
        ""
      })
  void othersAreRefused(String url) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Urls.parse(url))
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.URL_INVALID);
              assertThat(failure.getMessage()).contains("URL " + url.replace("user@", "***@"));
              assertThat(failure.nextStep()).isNotEmpty();
            });
  }

  @Test
  void bytesOfHttpAddressesAreTheServers() {
    assertThat(Urls.parse("http://host/a%00b%FF").getRawPath()).isEqualTo("/a%00b%FF");
  }
}
