package dev.coppice.transfer.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Whatever a cookie jar holds: what is sent stays on one line. */
class CookieJarFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void parse(byte[] bytes) {
    CookieJar jar = CookieJar.parse(new String(bytes, StandardCharsets.ISO_8859_1));
    jar.header(URI.create("http://localhost/a/b"))
        .ifPresent(value -> assertThat(value).doesNotContain("\r", "\n"));
    assertThat(jar.cookies()).allSatisfy(each -> assertThat(each.expires()).isNotNegative());
  }
}
