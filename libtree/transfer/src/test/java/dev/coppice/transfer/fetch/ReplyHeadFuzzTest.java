package dev.coppice.transfer.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.ProtocolException;

/** Whatever a server sends as a head: it is understood, or refused as what it is. */
class ReplyHeadFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void parse(byte[] bytes) {
    try {
      ReplyHead head = ReplyHead.parse(bytes, 0, bytes.length);
      assertThat(head.status()).isBetween(0, 999);
      assertThat(head.fields().keySet()).noneMatch(name -> name.isEmpty() || name.contains("\n"));
      if (head.framing(false) instanceof ReplyHead.Framing.Length(long length)) {
        assertThat(length).isNotNegative();
      }
    } catch (ProtocolException e) {
      assertThat(e.getMessage()).startsWith("the answer");
    }
  }
}
