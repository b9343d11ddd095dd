package dev.coppice.reposerver.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/** Addresses that may do something. */
public record AddressList(List<AddressRange> ranges) {
  /** This machine alone. */
  public static final AddressList LOCAL =
      new AddressList(List.of(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("::1/128")));

  /** Everybody. */
  public static final AddressList ALL =
      new AddressList(List.of(AddressRange.parse("0.0.0.0/0"), AddressRange.parse("::/0")));

  /** Nobody. */
  public static final AddressList NONE = new AddressList(List.of());

  /** Copies the list. */
  public AddressList {
    ranges = List.copyOf(ranges);
  }

  /** Whether the list has the other end of a connection. */
  public boolean contains(SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress internet)) {
      return false;
    }
    InetAddress address = internet.getAddress();
    // The JDK turns IPv4 addresses in the form of IPv6 into plain ones itself.
    return address != null && contains(address.getAddress());
  }

  private boolean contains(byte[] address) {
    for (AddressRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
