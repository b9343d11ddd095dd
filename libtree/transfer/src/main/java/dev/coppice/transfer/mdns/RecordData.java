package dev.coppice.transfer.mdns;

import java.net.InetAddress;
import java.util.List;

/** What a resource record says. */
public sealed interface RecordData {
  /** The number of its type. */
  int type();

  /** PTR: a name that belongs to another; here, an instance of a service. */
  record Pointer(DnsName target) implements RecordData {
    @Override
    public int type() {
      return RecordType.PTR;
    }
  }

  /**
   * SRV: where a service is. Priority and weight are left out: an instance has one place.
   *
   * @param port 0 to 65535
   */
  record Service(DnsName target, int port) implements RecordData {
    @Override
    public int type() {
      return RecordType.SRV;
    }
  }

  /**
   * TXT: strings of up to 255 bytes.
   *
   * @param strings not changed by anybody
   */
  record Text(List<byte[]> strings) implements RecordData {
    /** Copies the list. */
    public Text {
      strings = List.copyOf(strings);
    }

    @Override
    public int type() {
      return RecordType.TXT;
    }
  }

  /** A or AAAA: an address of a host, without a scope. */
  record Address(InetAddress address) implements RecordData {
    @Override
    public int type() {
      return address.getAddress().length == 4 ? RecordType.A : RecordType.AAAA;
    }
  }

  /** Of a type that nobody here asks for. */
  record Other(int type) implements RecordData {}
}
