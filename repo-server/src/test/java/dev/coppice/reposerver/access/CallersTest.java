package dev.coppice.reposerver.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallersTest {
  private final Callers callers =
      new Callers(
          new AddressList(
              List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("fd00::/8"))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1  | 192.0.2.7                     | 192.0.2.7",
        "10.0.0.1  | 192.0.2.7:4711                | 192.0.2.7",
        "10.0.0.1  | 2001:db8::7                   | 2001:db8:0:0:0:0:0:7",
        "fd00::1   | [2001:db8::7]:4711            | 2001:db8:0:0:0:0:0:7",
        "10.0.0.1  | [2001:db8::7]                 | 2001:db8:0:0:0:0:0:7",
        "10.0.0.1  | 192.0.2.7, 10.0.0.2           | 192.0.2.7",
        "10.0.0.1  | 198.51.100.1, 192.0.2.7       | 192.0.2.7",
        "10.0.0.1  | 198.51.100.1, 192.0.2.7,10.3.3.3 | 192.0.2.7",
        "10.0.0.1  | 10.9.9.9                      | 10.9.9.9",
        "10.0.0.1  | ''                            | 10.0.0.1",
        "10.0.0.1  | unknown                       | 10.0.0.1",
        "10.0.0.1  | 192.0.2.7, nonsense, 10.1.1.1 | 10.1.1.1",
        "10.0.0.1  | 999.0.2.7                     | 10.0.0.1",
        "10.0.0.1  | localhost                     | 10.0.0.1",
        "192.0.2.9 | 192.0.2.7                     | 192.0.2.9",
      })
  void onlyWhatTrustedProxiesWroteCounts(String remote, String forwarded, String caller) {
    var end = new InetSocketAddress(InetAddress.ofLiteral(remote), 1);
    var found = (InetSocketAddress) callers.of(end, List.of(forwarded));
    assertThat(found.getAddress().getHostAddress()).isEqualTo(caller);
  }
}
