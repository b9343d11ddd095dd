package dev.coppice.transfer.mdns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * One family of addresses on one network interface, where everybody can be asked at once.
 *
 * @param group the address and port that all listen to
 */
public record Link(NetworkInterface networkInterface, InetSocketAddress group) {
  /** Source: RFC 6762, section 3. */
  static final int PORT = 5353;

  private static final byte[] GROUP_4 = {(byte) 224, 0, 0, (byte) 251};
  private static final byte[] GROUP_6 = {
    (byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xfb
  };

  /** More interfaces are those of containers, and would each cost a socket. */
  private static final int MAX_LINKS = 64;

  /**
   * The links of this machine: of every interface that is up and takes multicast, and the loopback
   * interface, on which services of the machine itself are announced. The Avahi daemon has the
   * same.
   */
  public static List<Link> all() throws SocketException {
    List<Link> links = new ArrayList<>();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      if (each.isUp() && (takesMulticast(each) || each.isLoopback())) {
        links.addAll(of(each, PORT));
      }
    }
    return links.subList(0, Math.min(links.size(), MAX_LINKS));
  }

  private static boolean takesMulticast(NetworkInterface each) throws SocketException {
    return each.supportsMulticast() && !each.isPointToPoint();
  }

  /** The links on an interface: one for each family that it has addresses of. */
  public static List<Link> of(NetworkInterface networkInterface, int port) {
    List<Link> links = new ArrayList<>();
    for (byte[] group : new byte[][] {GROUP_4, GROUP_6}) {
      boolean present =
          networkInterface.getInterfaceAddresses().stream()
              .anyMatch(address -> address.getAddress().getAddress().length == group.length);
      if (present) {
        links.add(
            new Link(
                networkInterface, new InetSocketAddress(scoped(group, networkInterface), port)));
      }
    }
    return links;
  }

  /** Whether it is of IPv6. */
  boolean isVersion6() {
    return group.getAddress() instanceof Inet6Address;
  }

  /** An address as it is reached from here: link-local ones belong to the interface. */
  InetAddress scoped(InetAddress address) {
    boolean local = address instanceof Inet6Address && address.isLinkLocalAddress();
    return local ? scoped(address.getAddress(), networkInterface) : address;
  }

  private static InetAddress scoped(byte[] address, NetworkInterface networkInterface) {
    try {
      return address.length == 4
          ? InetAddress.getByAddress(address)
          : Inet6Address.getByAddress(null, address, networkInterface.getIndex());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.length + " bytes", e);
    }
  }

  /**
   * Whether an address is one of this link, so that whoever has it is a neighbour. Source: RFC
   * 6762, section 11.
   */
  boolean isNeighbour(InetAddress address) {
    return address.isLinkLocalAddress() || samePrefix(address);
  }

  /**
   * Whether a host on this link can have this address: nobody there may send us to ourselves, or to
   * everybody.
   */
  boolean isPlausible(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isMulticastAddress()
        && (!address.isLoopbackAddress() || samePrefix(address));
  }

  private boolean samePrefix(InetAddress address) {
    return networkInterface.getInterfaceAddresses().stream()
        .anyMatch(own -> samePrefix(own, address.getAddress()));
  }

  private static boolean samePrefix(InterfaceAddress own, byte[] other) {
    byte[] address = own.getAddress().getAddress();
    int bits = own.getNetworkPrefixLength();
    if (address.length != other.length) {
      return false;
    }
    for (int i = 0; i < address.length && bits > 0; i++, bits -= 8) {
      int mask = bits >= 8 ? 0xff : 0xff << (8 - bits) & 0xff;
      if (((address[i] ^ other[i]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
