package dev.coppice.transfer.mdns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes DNS messages, names without compression. Source: RFC 1035, section 4. */
public final class MessageWriter {
  /** The Internet. */
  private static final int CLASS = 1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private MessageWriter() {}

  /**
   * The bytes of a message.
   *
   * @throws IllegalArgumentException when they are more than {@link DnsMessage#MAX_SIZE}, or it has
   *     a record of another type
   */
  public static byte[] write(DnsMessage message) {
    var writer = new MessageWriter();
    writer.header(message);
    for (DnsQuestion question : message.questions()) {
      writer.name(question.name());
      writer.u16(question.type());
      writer.u16(CLASS);
    }
    message.records().forEach(writer::record);
    byte[] bytes = writer.out.toByteArray();
    if (bytes.length > DnsMessage.MAX_SIZE) {
      throw new IllegalArgumentException("a message of " + bytes.length + " bytes");
    }
    return bytes;
  }

  private void header(DnsMessage message) {
    u16(message.id());
    u16(message.response() ? DnsMessage.RESPONSE | DnsMessage.AUTHORITATIVE : 0);
    u16(message.questions().size());
    u16(message.records().size());
    u16(0);
    u16(0);
  }

  private void record(DnsRecord record) {
    name(record.name());
    u16(record.data().type());
    u16(CLASS);
    u16((int) (record.seconds() >> 16));
    u16((int) record.seconds());
    var data = new MessageWriter();
    data.data(record.data());
    u16(data.out.size());
    out.writeBytes(data.out.toByteArray());
  }

  private void data(RecordData data) {
    switch (data) {
      case RecordData.Pointer(DnsName target) -> name(target);
      case RecordData.Service(DnsName target, int port) -> {
        u16(0);
        u16(0);
        u16(port);
        name(target);
      }
      case RecordData.Text(List<byte[]> strings) -> text(strings);
      case RecordData.Address(var address) -> out.writeBytes(address.getAddress());
      case RecordData.Other(int type) ->
          throw new IllegalArgumentException("a record of type " + type);
    }
  }

  /** A record without strings has one that is empty. Source: RFC 6763, section 6.1. */
  private void text(List<byte[]> strings) {
    for (byte[] string : strings) {
      if (string.length > 255) {
        throw new IllegalArgumentException("a string of " + string.length + " bytes");
      }
      out.write(string.length);
      out.writeBytes(string);
    }
    if (strings.isEmpty()) {
      out.write(0);
    }
  }

  private void name(DnsName name) {
    for (String label : name.labels()) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
    }
    out.write(0);
  }

  private void u16(int value) {
    out.write(value >> 8);
    out.write(value);
  }
}
