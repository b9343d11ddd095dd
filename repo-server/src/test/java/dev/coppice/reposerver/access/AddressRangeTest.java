package dev.coppice.reposerver.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of addresses. */
class AddressRangeTest {
  private static boolean contains(String range, String address) {
    var list = new AddressList(List.of(AddressRange.parse(range)));
    return list.contains(new InetSocketAddress(InetAddress.ofLiteral(address), 1));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.0, true",
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.0/23, 192.0.3.255, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.200, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "0.0.0.0/0, 255.1.2.3, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 192.0.2.1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8:8000::/33, 2001:db8:7fff::1, false",
    "::1/128, ::1, true",
    "192.0.2.0/24, ::ffff:192.0.2.9, true"
  })
  void contains(String range, String address, boolean expected) {
    assertThat(contains(range, address)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "192.0.2",
        "192.0.2.0/",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/+8",
        "192.0.2.0/8x",
        "192.0.2.1/24",
        "2001:db8::1/64",
        "2001:db8::/129",
        "localhost",
        "example.org/24",
        "192.0.2.0/24/24",
        "192.0.2.256"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("'" + text + "' is not a range of addresses");
  }

  @Test
  void localIsThisMachine() {
    assertThat(local("127.0.0.1")).isTrue();
    assertThat(local("127.255.0.1")).isTrue();
    assertThat(local("::1")).isTrue();
    assertThat(local("192.0.2.1")).isFalse();
  }

  private static boolean local(String address) {
    return AddressList.LOCAL.contains(new InetSocketAddress(InetAddress.ofLiteral(address), 1));
  }
}
