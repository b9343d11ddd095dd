package dev.coppice.reposerver.access;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of addresses in CIDR notation, IPv4 or IPv6.
 *
 * @param network its first address, 4 or 16 bytes
 * @param prefix bits that all addresses of the range share
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes the bytes
public record AddressRange(byte[] network, int prefix) {
  /**
   * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address.
   *
   * @throws Failure when it is none; also when bits behind the prefix are set, because then one of
   *     the two is a mistake
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash), text);
    int bits = address.length * 8;
    int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits, text);
    var range = new AddressRange(address, prefix);
    for (int bit = prefix; bit < bits; bit++) {
      if ((address[bit / 8] & (0x80 >> (bit % 8))) != 0) {
        throw invalid(text, "it has bits behind the prefix");
      }
    }
    return range;
  }

  private static byte[] address(String text, String whole) {
    try {
      // The JDK takes 10.1 for 10.0.0.1, which nobody means here.
      if (text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3) {
        return InetAddress.ofLiteral(text).getAddress();
      }
    } catch (IllegalArgumentException e) {
      // Reported below.
    }
    throw invalid(whole, "the address cannot be read");
  }

  private static int prefix(String text, int bits, String whole) {
    boolean number =
        !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(AddressRange::isDigit);
    if (!number || Integer.parseInt(text) > bits) {
      throw invalid(whole, "the prefix must be a number from 0 to " + bits);
    }
    return Integer.parseInt(text);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static Failure invalid(String text, String cause) {
    return new Failure(
        ErrorCode.USAGE,
        "'" + text + "' is not a range of addresses: " + cause,
        "Write for example 192.0.2.0/24, 2001:db8::/32 or a single address.");
  }

  /** Whether an address of 4 or 16 bytes is in the range. */
  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = prefix / 8;
    if (!Arrays.equals(network, 0, whole, address, 0, whole)) {
      return false;
    }
    int rest = prefix % 8;
    int mask = rest == 0 ? 0 : 0xff << (8 - rest);
    return rest == 0 || ((network[whole] ^ address[whole]) & mask & 0xff) == 0;
  }
}
