package dev.coppice.transfer.summary;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coppice.core.failure.TreeException;

/** Whatever bytes a server sends as a summary: they are refused, or all of it can be read. */
class SummaryFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void decode(byte[] bytes) {
    Summary summary;
    try {
      summary = Summary.decode(bytes);
    } catch (TreeException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    assertThat(summary.bytes()).isEqualTo(bytes);
    summary
        .refs()
        .forEach(
            (name, ref) -> {
              assertThat(name).isNotEmpty();
              assertThat(ref.timestamp()).isNotNull();
              assertThat(ref.version()).isNotNull();
            });
    assertThat(summary.collections().keySet()).doesNotContain("");
    assertThat(summary.lastModified()).isNotNull();
    assertThat(summary.expires()).isNotNull();
    assertThat(summary.mode()).isNotNull();
    assertThat(summary.staticDeltas().keySet()).doesNotContainNull();
  }
}
