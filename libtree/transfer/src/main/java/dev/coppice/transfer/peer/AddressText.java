package dev.coppice.transfer.peer;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.StringJoiner;

/** Addresses as they stand in URLs. Source: RFC 5952, section 4; RFC 3986, section 3.2.2. */
final class AddressText {
  private static final int GROUPS = 8;

  private AddressText() {}

  /** The address, in brackets if it is of IPv6, with the number of the interface it belongs to. */
  static String inUrl(InetAddress address) {
    if (!(address instanceof Inet6Address version6)) {
      return address.getHostAddress();
    }
    String scope = version6.getScopeId() == 0 ? "" : "%" + version6.getScopeId();
    return "[" + compressed(version6.getAddress()) + scope + "]";
  }

  /** The first of the longest runs of at least two zeros is left out. */
  private static String compressed(byte[] address) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (address[2 * i] & 0xff) << 8 | address[2 * i + 1] & 0xff;
    }
    int from = 0;
    int longest = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = 0;
      while (i + run < GROUPS && groups[i + run] == 0) {
        run++;
      }
      if (run > longest) {
        from = i;
        longest = run;
      }
    }
    return longest == 1
        ? joined(groups, 0, GROUPS)
        : joined(groups, 0, from) + "::" + joined(groups, from + longest, GROUPS);
  }

  private static String joined(int[] groups, int from, int to) {
    var text = new StringJoiner(":");
    for (int i = from; i < to; i++) {
      text.add(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
