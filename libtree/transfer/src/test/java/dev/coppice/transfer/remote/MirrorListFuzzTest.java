package dev.coppice.transfer.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a server sends as a list of mirrors: only addresses of servers come out of it. */
class MirrorListFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void parse(byte[] bytes) {
    assertThat(MirrorList.parse(new String(bytes, StandardCharsets.UTF_8)))
        .allSatisfy(
            mirror -> {
              assertThat(mirror.getScheme()).isIn("http", "https");
              assertThat(mirror.getHost()).isNotEmpty();
            });
  }
}
