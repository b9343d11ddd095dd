package dev.coppice.transfer.mdns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a name out of a message. It may go on where another name was, but only before where this
 * part of it began, so that every name ends. Source: RFC 1035, section 4.1.4.
 */
final class NameReader {
  /** The two top bits of a length: the rest is where the name goes on. */
  private static final int POINTER = 0xc0;

  /** A name has at most as many labels, and no need to go on elsewhere more often. */
  private static final int MAX_JUMPS = DnsName.MAX_NAME / 2;

  private final byte[] bytes;
  private final int first;
  private final List<String> labels = new ArrayList<>();
  private int total = 1;
  private int jumps;
  private int at;
  private int end;

  /**
   * Reads the name at a position.
   *
   * @param first the first position that a name can have
   */
  NameReader(byte[] bytes, int at, int first) throws MalformedMessageException {
    this.bytes = bytes;
    this.first = first;
    this.at = at;
    int start = at;
    int length = length();
    while (length > 0) {
      if ((length & POINTER) == POINTER) {
        start = jump(start);
      } else {
        label(length);
      }
      length = length();
    }
    if (jumps == 0) {
      end = this.at + 1;
    }
  }

  /** The name. */
  DnsName name() {
    return DnsName.ofBytes(labels);
  }

  /** Where what follows it begins. */
  int end() {
    return end;
  }

  private int length() throws MalformedMessageException {
    if (at >= bytes.length) {
      throw new MalformedMessageException("a name that ends early");
    }
    return bytes[at] & 0xff;
  }

  private int jump(int start) throws MalformedMessageException {
    if (jumps == 0) {
      end = at + 2;
    }
    jumps++;
    if (at + 1 >= bytes.length || jumps > MAX_JUMPS) {
      throw new MalformedMessageException("a name that ends early, or never");
    }
    int target = (bytes[at] & ~POINTER & 0xff) << 8 | bytes[at + 1] & 0xff;
    if (target < first || target >= start) {
      throw new MalformedMessageException("a name that goes on where none was");
    }
    at = target;
    return target;
  }

  private void label(int length) throws MalformedMessageException {
    total += length + 1;
    if (length > DnsName.MAX_LABEL || total > DnsName.MAX_NAME || at + length >= bytes.length) {
      throw new MalformedMessageException("a label that is too long");
    }
    labels.add(new String(bytes, at + 1, length, StandardCharsets.ISO_8859_1));
    at += length + 1;
  }
}
