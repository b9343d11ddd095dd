package dev.coppice.transfer.mdns;

import java.net.InetAddress;
import java.util.List;

/**
 * A service that somebody on a link announces.
 *
 * @param name of this instance, the type of the service behind it
 * @param port 1 to 65535
 * @param addresses of the host, at least one, in the order in which they were told
 * @param text the strings of the TXT record; not changed by anybody
 */
public record ServiceInstance(
    DnsName name, int port, List<InetAddress> addresses, List<byte[]> text) {
  /** Copies the lists. */
  public ServiceInstance {
    addresses = List.copyOf(addresses);
    text = List.copyOf(text);
  }
}
