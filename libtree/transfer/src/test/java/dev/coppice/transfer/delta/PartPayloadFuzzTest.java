package dev.coppice.transfer.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Whatever a part holds: it is refused, or its tables can be read. */
class PartPayloadFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void open(byte[] bytes) throws IOException {
    PartPayload payload;
    try {
      payload = PartPayload.open(ByteRegion.of(bytes));
    } catch (DeltaException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    for (long i = -1; i <= payload.modeCount(); i++) {
      try {
        assertThat(payload.mode(i)).isNotNull();
      } catch (DeltaException e) {
        assertThat(i == -1 || i == payload.modeCount()).isTrue();
      }
    }
    for (long i = -1; i <= payload.xattrs().size(); i++) {
      try {
        assertThat(payload.xattrs().get(i)).isNotNull();
      } catch (DeltaException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThat(payload.data().size() + payload.operations().size())
        .isLessThanOrEqualTo(bytes.length);
  }
}
