package dev.coppice.transfer.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefName;
import dev.coppice.transfer.mdns.TextAttributes;
import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementTest {
  private static final CollectionRef MAIN = ref("org.example.Os", "main");

  private static CollectionRef ref(String collection, String name) {
    return new CollectionRef(CollectionId.of(collection), RefName.of(name));
  }

  private static Announcement read(String text) {
    List<byte[]> strings = new ArrayList<>();
    for (String each : text.split(" ")) {
      var string = new ByteArrayOutputStream();
      string.writeBytes(each.substring(0, each.indexOf('=') + 1).getBytes(StandardCharsets.UTF_8));
      string.writeBytes(HexFormat.of().parseHex(each.substring(each.indexOf('=') + 1)));
      strings.add(string.toByteArray());
    }
    return Announcement.of(TextAttributes.of(strings));
  }

  /** The refs main, other and ostree-metadata of org.example.Os, as the real tool finds them. */
  @Test
  void aFilterThatTheRealToolReads() {
    Announcement announced = read("v=01 rb=010128000400 st=000000006b092599 ri=0102 more=00");
    assertThat(announced.index()).isEqualTo(258);
    assertThat(announced.refs().mayHave(MAIN)).isTrue();
    assertThat(announced.refs().mayHave(ref("org.example.Os", "other"))).isTrue();
    assertThat(announced.refs().mayHave(ref("org.example.Os", "nothing"))).isFalse();
    assertThat(announced.refs().mayHave(ref("org.example.Nobody", "main"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "rb=010128000400 st=0000000000000001 ri=0000, no 'v'",
        "v=02 rb=010128000400 st=0000000000000001 ri=0000, version 2",
        "v=0101 rb=010128000400 st=0000000000000001 ri=0000, 'v' is malformed",
        "v=01 st=0000000000000001 ri=0000, no 'rb'",
        "v=01 rb=0101 st=0000000000000001 ri=0000, 'rb' is malformed",
        "v=01 rb=000128 st=0000000000000001 ri=0000, 'rb' is malformed",
        "v=01 rb=010228 st=0000000000000001 ri=0000, kind 2",
        "v=01 rb=010128 ri=0000, no 'st'",
        "v=01 rb=010128 st=01 ri=0000, 'st' is malformed",
        "v=01 rb=010128 st=0000000000000001, no 'ri'",
        "v=01 rb=010128 st=0000000000000001 ri=000000, 'ri' is malformed"
      })
  void whatIsMalformed(String text, String reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void filters() {
    List<CollectionRef> refs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      refs.add(ref("org.example.Os", "os/x86_64/" + i));
    }
    BloomFilter filter = BloomFilter.of(refs, 7, 250);
    assertThat(refs).allMatch(filter::mayHave);
    assertThat(new BloomFilter(7, filter.bits()).mayHave(refs.getFirst())).isTrue();
    assertThat(BloomFilter.of(List.of(MAIN), 3, 16).bits())
        .isEqualTo(HexFormat.of().parseHex("00000000000000008000040000000001"));
    assertThat(new BloomFilter(255, new byte[] {-1}).mayHave(MAIN)).isTrue();
  }

  /** The example of the paper, and no bytes at all. */
  @Test
  void sipHash() {
    byte[] bytes = new byte[16];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    assertThat(SipHash.hash(bytes, Arrays.copyOf(bytes, 15))).isEqualTo(0xa129ca6149be45e5L);
    assertThat(SipHash.hash(bytes, new byte[0])).isEqualTo(0x726fdb47dd0e0e31L);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:0:0:0:0:0:1, [2001:db8::1]",
    "2001:db8:0:1:0:0:0:1, [2001:db8:0:1::1]",
    "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]",
    "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]",
    "0:0:0:0:0:0:0:1, [::1]",
    "fe80:0:0:0:0:0:0:0, [fe80::]"
  })
  void addressesInUrls(String address, String text) {
    assertThat(AddressText.inUrl(InetAddress.ofLiteral(address))).isEqualTo(text);
  }

  @Test
  void aLinkLocalAddressBelongsToAnInterface() throws UnknownHostException {
    byte[] address = InetAddress.ofLiteral("fe80::1").getAddress();
    assertThat(AddressText.inUrl(Inet6Address.getByAddress(null, address, 2)))
        .isEqualTo("[fe80::1%2]");
  }
}
