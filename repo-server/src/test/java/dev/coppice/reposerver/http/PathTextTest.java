package dev.coppice.reposerver.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as they come. */
class PathTextTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/config, /config",
    "/%63onfig, /config",
    "/deltas/a%2Bb, /deltas/a+b",
    "/deltas/a+b, /deltas/a+b",
    "/-/%e2%82%ac, /-/€",
    "/-/a%20b, /-/a b",
    "/a..b/...c, /a..b/...c"
  })
  void decodes(String raw, String path) {
    assertThat(PathText.decode(raw)).contains(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "config",
        "/..",
        "/../config",
        "/objects/../config",
        "/objects/./config",
        "/objects/%2e%2e/config",
        "/objects/%2E%2E/config",
        "/objects/.%2e/config",
        "/objects%2f..%2fconfig",
        "/%2fetc/passwd",
        "/a%5cb",
        "/a\\b",
        "/..\\config",
        "/a%00b",
        "/a%0ab",
        "/a%",
        "/a%4",
        "/a%zz",
        "/a%+1",
        "/a%c3",
        "/a%c0%af",
        "/a%c0%ae%c0%ae/b",
        "/a;b",
        "/a%3bb",
        "/objects/..;/config",
        "/a\u00e9%20"
      })
  void refuses(String raw) {
    assertThat(PathText.decode(raw)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%252e%252e/config", "/%25"})
  void decodesOnce(String raw) {
    assertThat(PathText.decode(raw).orElseThrow()).contains("%");
  }
}
