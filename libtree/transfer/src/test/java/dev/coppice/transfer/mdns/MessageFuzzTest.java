package dev.coppice.transfer.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever anybody on the network sends: it is refused, or all of it can be used. */
class MessageFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void read(byte[] bytes) {
    DnsMessage message;
    try {
      message = MessageReader.read(bytes);
    } catch (MalformedMessageException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    assertThat(message.questions().size() + message.records().size()).isLessThan(bytes.length);
    for (DnsRecord record : message.records()) {
      assertThat(record.name().encodedLength()).isBetween(1, DnsName.MAX_NAME);
      assertThat(record.name().toString()).doesNotContainPattern("\\p{Cc}");
      assertThat(record.seconds()).isBetween(0L, 0xffff_ffffL);
      if (record.data() instanceof RecordData.Text text) {
        assertThat(TextAttributes.of(text.strings()).get("v")).isNotNull();
      }
    }
    var table = new ServiceTable(DnsName.of("_a._tcp.local"), _ -> true);
    table.accept(message.records());
    assertThat(table.missing()).hasSizeLessThanOrEqualTo(4 * ServiceTable.MAX_SERVICES);
  }
}
