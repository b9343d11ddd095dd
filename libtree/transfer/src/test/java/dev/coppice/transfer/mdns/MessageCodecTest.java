package dev.coppice.transfer.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
  private static final DnsName TYPE = DnsName.of("_ostree_repo._tcp.local");

  @Provide
  Arbitrary<DnsMessage> messages() {
    Arbitrary<DnsName> names =
        Arbitraries.strings()
            .ofMinLength(1)
            .ofMaxLength(15)
            .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
            .list()
            .ofMaxSize(3)
            .map(DnsName::ofLabels);
    Arbitrary<RecordData> data =
        Arbitraries.oneOf(
            names.map(RecordData.Pointer::new),
            Combinators.combine(names, Arbitraries.integers().between(0, 65535))
                .as(RecordData.Service::new),
            Arbitraries.integers()
                .between(1, 255)
                .map(MessageCodecTest::string)
                .list()
                .ofMaxSize(3)
                .map(RecordData.Text::new),
            Arbitraries.of("192.0.2.1", "fe80::1", "2001:db8::5")
                .map(text -> new RecordData.Address(InetAddress.ofLiteral(text))));
    Arbitrary<DnsRecord> records =
        Combinators.combine(names, Arbitraries.longs().between(0, 0xffff_ffffL), data)
            .as(DnsRecord::new);
    Arbitrary<DnsQuestion> questions =
        Combinators.combine(names, Arbitraries.integers().between(0, 65535)).as(DnsQuestion::new);
    return Combinators.combine(
            Arbitraries.integers().between(0, 65535),
            Arbitraries.of(true, false),
            questions.list().ofMaxSize(3),
            records.list().ofMaxSize(5))
        .as(DnsMessage::new);
  }

  private static byte[] string(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) length);
    return bytes;
  }

  @Property(tries = 500)
  void whatIsWrittenIsRead(@ForAll("messages") DnsMessage message)
      throws MalformedMessageException {
    byte[] bytes = MessageWriter.write(message);
    DnsMessage read = MessageReader.read(bytes);
    assertThat(read).usingRecursiveComparison().isEqualTo(message);
    assertThat(MessageWriter.write(read)).isEqualTo(bytes);
  }

  @Property(tries = 200)
  void aMessageThatEndsEarlyIsNone(@ForAll("messages") DnsMessage message) {
    byte[] bytes = MessageWriter.write(message);
    for (int length = 0; length < bytes.length; length += 1 + length / 20) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> MessageReader.read(part))
          .isInstanceOf(MalformedMessageException.class);
    }
  }

  /** What Avahi 0.8 answered for a service of a host with an address of each family. */
  @ParameterizedTest
  @CsvSource({"avahi-direct, 4660, 1", "avahi-multicast, 0, 0"})
  void whatAvahiAnswers(String file, int id, int questions)
      throws IOException, MalformedMessageException {
    DnsMessage message;
    try (InputStream in = getClass().getResourceAsStream("MessageFuzzTestInputs/read/" + file)) {
      assertThat(in).isNotNull();
      message = MessageReader.read(in.readAllBytes());
    }
    assertThat(message.id()).isEqualTo(id);
    assertThat(message.response()).isTrue();
    assertThat(message.questions()).hasSize(questions);
    var table = new ServiceTable(TYPE, _ -> true);
    table.accept(message.records());
    assertThat(table.missing()).isEmpty();
    ServiceInstance service = table.complete().getFirst();
    assertThat(service.name()).hasToString("Updates on hostA._ostree_repo._tcp.local");
    assertThat(service.port()).isEqualTo(8080);
    assertThat(service.addresses())
        .containsExactly(
            InetAddress.ofLiteral("fe80::8c3d:66ff:fec0:53bc"), InetAddress.ofLiteral("192.0.2.1"));
    assertThat(TextAttributes.of(service.text()).get("rb")).contains(hex("010128000400"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A name that goes on at itself; behind itself; in the header; at its own start.
        "000084000001000000000000 c00c 000c 0001",
        "000084000001000000000000 c010 000c 0001 00",
        "000084000001000000000000 c000 000c 0001",
        "000084000001000000000000 0161 c00c 000c 0001",
        // A label of an unknown kind, and one that is longer than the message.
        "000084000001000000000000 40 000c 0001",
        "000084000001000000000000 3f61 000c 0001",
        // A pointer of which half is there.
        "000084000001000000000000 0161 c0",
        // More records than there are.
        "0000840000000002 00000000 00 000c 0001 00000078 0001 00",
        // A pointer record with more than a name; addresses of 3 and of 5 bytes.
        "0000840000000001 00000000 00 000c 0001 00000078 0002 0000",
        "0000840000000001 00000000 00 0001 0001 00000078 0003 c00002",
        "0000840000000001 00000000 00 0001 0001 00000078 0005 c000020101",
        // An address of version 4 in the form of one of version 6.
        "0000840000000001 00000000 00 001c 0001 00000078 0010 00000000000000000000ffffc0000201",
        // A string that is longer than its record.
        "0000840000000001 00000000 00 0010 0001 00000078 0002 0261",
        // Data longer than the message, of a type that nobody knows as well.
        "0000840000000001 00000000 00 00ff 0001 00000078 0002 00",
        // An error; an operation.
        "000084030000000000000000",
        "000028000000000000000000",
        "0000840000000000000000"
      })
  void whatIsNoMessage(String hex) {
    assertThatThrownBy(() -> MessageReader.read(hex(hex)))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void namesAreShort() throws MalformedMessageException {
    var labels = new ByteArrayOutputStream();
    for (int i = 0; i < 127; i++) {
      labels.writeBytes(new byte[] {1, 'a'});
    }
    byte[] header = hex("000084000001000000000000");
    byte[] longest = join(header, labels.toByteArray(), hex("00 000c 0001"));
    assertThat(MessageReader.read(longest).questions().getFirst().name().encodedLength())
        .isEqualTo(255);
    byte[] longer = join(header, labels.toByteArray(), hex("0161 00 000c 0001"));
    assertThatThrownBy(() -> MessageReader.read(longer))
        .isInstanceOf(MalformedMessageException.class);
  }

  /** Two names that grow by going on at each other's start would have no end. */
  @Test
  void jumpsAreCounted() {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(hex("000084000001000000000000"));
    bytes.writeBytes(hex("00"));
    for (int i = 12; i < 600; i += 2) {
      int target = i == 12 ? 12 : i - 1;
      bytes.write(0xc0 | target >> 8);
      bytes.write(target);
    }
    byte[] chain = bytes.toByteArray();
    assertThatThrownBy(() -> new NameReader(chain, chain.length - 2, 12))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void whatNobodyAsksForIsSkipped() throws MalformedMessageException {
    byte[] bytes =
        hex(
            "0000840000000001 00000001 00 002f 8001 00000078 0003 010203"
                + " 0161 00 0001 0001 00000078 0004 c0000201");
    DnsMessage message = MessageReader.read(bytes);
    assertThat(message.records())
        .containsExactly(
            new DnsRecord(DnsName.ofLabels(List.of()), 120, new RecordData.Other(47)),
            new DnsRecord(
                DnsName.of("a"), 120, new RecordData.Address(InetAddress.ofLiteral("192.0.2.1"))));
  }

  @Test
  void casesOfLettersAreTheSame() {
    assertThat(DnsName.of("_OSTREE_repo._TCP.Local")).isEqualTo(TYPE).hasSameHashCodeAs(TYPE);
    assertThat(TYPE.child("Ä.b\u001b").toString()).isEqualTo("Ä.b?._ostree_repo._tcp.local");
    assertThatThrownBy(() -> DnsName.of("a".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void attributes() {
    TextAttributes text =
        TextAttributes.of(
            List.of(
                bytes("A=1"), bytes("a=2"), bytes("=3"), bytes("é=4"), bytes("b"), bytes("c==")));
    assertThat(text.get("a")).contains(bytes("1"));
    assertThat(text.get("")).isEmpty();
    assertThat(text.get("é")).isEmpty();
    assertThat(text.get("b")).contains(new byte[0]);
    assertThat(text.get("c")).contains(bytes("="));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
