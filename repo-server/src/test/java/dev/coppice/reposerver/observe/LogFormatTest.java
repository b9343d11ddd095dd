package dev.coppice.reposerver.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of the access log. */
class LogFormatTest {
  private static final Served PLAIN =
      new Served(
          784_111_777_000L,
          1_234_567,
          "192.0.2.1",
          Optional.of("ci"),
          "GET",
          "/summary?x=1",
          "HTTP/1.1",
          200,
          266,
          null,
          "libostree/2026.4");

  private static final Served HOSTILE =
      new Served(
          784_111_777_000L,
          0,
          "::1",
          Optional.empty(),
          "GET",
          "/a\"b\\c\nd",
          "HTTP/2.0",
          404,
          10,
          "\u001b[31m\r\n127.0.0.1 - - forged",
          "\u007fé");

  @Test
  void common() {
    assertThat(LogFormat.COMMON.line(PLAIN))
        .matches(
            "192\\.0\\.2\\.1 - ci \\[0[5-7]/Nov/1994:\\d\\d:\\d\\d:37 [+-]\\d{4}]"
                + " \"GET /summary\\?x=1 HTTP/1\\.1\" 200 266");
  }

  @Test
  void combined() {
    assertThat(LogFormat.COMBINED.line(PLAIN))
        .startsWith(LogFormat.COMMON.line(PLAIN))
        .endsWith("200 266 \"-\" \"libostree/2026.4\"");
  }

  @Test
  void clientsCannotForgeLines() {
    assertThat(LogFormat.COMBINED.line(HOSTILE))
        .contains("\"GET /a\\x22b\\x5cc\\x0ad HTTP/2.0\" 404 10")
        .endsWith("\"\\x1b[31m\\x0d\\x0a127.0.0.1 - - forged\" \"\\x7fé\"")
        .doesNotContain("\n");
  }

  @Test
  void json() {
    assertThat(LogFormat.JSON.line(PLAIN))
        .isEqualTo(
            """
            {"time":"1994-11-06T08:49:37Z","remote":"192.0.2.1","user":"ci","method":"GET",\
            "path":"/summary?x=1","protocol":"HTTP/1.1","status":200,"bytes":266,\
            "seconds":0.001235,"agent":"libostree/2026.4"}""");
    assertThat(LogFormat.JSON.line(HOSTILE))
        .contains("\"path\":\"/a\\\"b\\\\c\\u000ad\"")
        .contains("\"referer\":\"\\u001b[31m\\u000d\\u000a127.0.0.1 - - forged\"")
        .doesNotContain("user");
  }
}
