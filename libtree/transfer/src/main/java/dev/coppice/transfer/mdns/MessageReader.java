package dev.coppice.transfer.mdns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads DNS messages that anybody may have sent. A message that is wrong anywhere is wrong as a
 * whole. Source: RFC 1035, section 4; RFC 6762, sections 10.2 and 18.
 */
public final class MessageReader {
  private static final int HEADER = 12;

  /** The top bit of a class says in multicast DNS that others are to be forgotten. */
  private static final int CLASS_MASK = 0x7fff;

  private static final int INTERNET = 1;

  private final byte[] bytes;
  private int at = HEADER;

  private MessageReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The message that these bytes are.
   *
   * @throws MalformedMessageException when they are none, or one with an operation or an error
   *     code, which nobody may heed
   */
  public static DnsMessage read(byte[] bytes) throws MalformedMessageException {
    if (bytes.length < HEADER || bytes.length > DnsMessage.MAX_SIZE) {
      throw new MalformedMessageException("a message of " + bytes.length + " bytes");
    }
    var reader = new MessageReader(bytes);
    int flags = reader.peek16(2);
    if ((flags & DnsMessage.OPERATION_AND_ERROR) != 0) {
      throw new MalformedMessageException("an operation or an error");
    }
    List<DnsQuestion> questions = new ArrayList<>();
    for (int i = reader.peek16(4); i > 0; i--) {
      questions.add(reader.question());
    }
    List<DnsRecord> records = new ArrayList<>();
    reader.records(reader.peek16(6), records);
    reader.records(reader.peek16(8), new ArrayList<>());
    reader.records(reader.peek16(10), records);
    return new DnsMessage(reader.peek16(0), (flags & DnsMessage.RESPONSE) != 0, questions, records);
  }

  private DnsQuestion question() throws MalformedMessageException {
    DnsName name = name();
    int type = u16();
    u16();
    return new DnsQuestion(name, type);
  }

  private void records(int count, List<DnsRecord> to) throws MalformedMessageException {
    for (int i = 0; i < count; i++) {
      DnsName name = name();
      int type = u16();
      int recordClass = u16() & CLASS_MASK;
      long seconds = ((long) u16() << 16) | u16();
      int length = u16();
      int end = at + length;
      require(length);
      RecordData data = recordClass == INTERNET ? data(type, end) : new RecordData.Other(type);
      // What nobody asks for is skipped, and only that.
      if (at != end && !(data instanceof RecordData.Other)) {
        throw new MalformedMessageException("a record with more than its data");
      }
      at = end;
      to.add(new DnsRecord(name, seconds, data));
    }
  }

  private RecordData data(int type, int end) throws MalformedMessageException {
    return switch (type) {
      case RecordType.A -> address(4, end);
      case RecordType.AAAA -> address(16, end);
      case RecordType.PTR -> new RecordData.Pointer(name());
      case RecordType.TXT -> text(end);
      case RecordType.SRV -> {
        u16();
        u16();
        int port = u16();
        yield new RecordData.Service(name(), port);
      }
      default -> new RecordData.Other(type);
    };
  }

  private RecordData address(int length, int end) throws MalformedMessageException {
    if (end - at != length) {
      throw new MalformedMessageException("an address of " + (end - at) + " bytes");
    }
    byte[] address = Arrays.copyOfRange(bytes, at, end);
    at = end;
    try {
      InetAddress read = InetAddress.getByAddress(address);
      if (read.getAddress().length != length) {
        throw new MalformedMessageException("an address of another family");
      }
      return new RecordData.Address(read);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + length + " bytes", e);
    }
  }

  private RecordData text(int end) throws MalformedMessageException {
    List<byte[]> strings = new ArrayList<>();
    while (at < end) {
      int length = bytes[at] & 0xff;
      at++;
      if (length > end - at) {
        throw new MalformedMessageException("a string beyond its record");
      }
      if (length > 0) {
        strings.add(Arrays.copyOfRange(bytes, at, at + length));
      }
      at += length;
    }
    return new RecordData.Text(strings);
  }

  private DnsName name() throws MalformedMessageException {
    var name = new NameReader(bytes, at, HEADER);
    at = name.end();
    return name.name();
  }

  private int u16() throws MalformedMessageException {
    int value = peek16(at);
    at += 2;
    return value;
  }

  private void require(int length) throws MalformedMessageException {
    if (length > bytes.length - at) {
      throw new MalformedMessageException("a message that ends early");
    }
  }

  private int peek8(int position) throws MalformedMessageException {
    if (position >= bytes.length) {
      throw new MalformedMessageException("a message that ends early");
    }
    return bytes[position] & 0xff;
  }

  private int peek16(int position) throws MalformedMessageException {
    return (peek8(position) << 8) | peek8(position + 1);
  }
}
