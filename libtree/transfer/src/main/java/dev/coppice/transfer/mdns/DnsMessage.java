package dev.coppice.transfer.mdns;

import java.util.List;

/**
 * A DNS message, as far as multicast DNS uses it.
 *
 * @param id of a question that is answered to whom asked only; else 0
 * @param response whether it answers
 * @param records answers and additional records
 */
public record DnsMessage(
    int id, boolean response, List<DnsQuestion> questions, List<DnsRecord> records) {
  /** Bytes of the longest message. Source: RFC 6762, section 17. */
  public static final int MAX_SIZE = 9000;

  /** The top bits of flags: it is a response. */
  static final int RESPONSE = 0x8000;

  /** An answer that whoever gives it is responsible for, as all of multicast DNS are. */
  static final int AUTHORITATIVE = 0x0400;

  /** Operation and error, which are 0 in whatever counts. Source: RFC 6762, section 18. */
  static final int OPERATION_AND_ERROR = 0x780f;

  /** Copies the lists. */
  public DnsMessage {
    questions = List.copyOf(questions);
    records = List.copyOf(records);
  }

  /** Questions to all. */
  public static DnsMessage query(List<DnsQuestion> questions) {
    return new DnsMessage(0, false, questions, List.of());
  }

  /** The same, of an id. */
  DnsMessage withId(int other) {
    return new DnsMessage(other, response, questions, records);
  }
}
