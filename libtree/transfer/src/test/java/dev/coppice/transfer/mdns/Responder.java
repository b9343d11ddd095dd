package dev.coppice.transfer.mdns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Answers on the loopback interface, at a port of its own, whatever a test wants answered. */
public final class Responder implements AutoCloseable {
  private final Link link;
  private final DatagramChannel channel;
  private final Function<DnsMessage, List<byte[]>> answers;

  private Responder(
      Link link, DatagramChannel channel, Function<DnsMessage, List<byte[]>> answers) {
    this.link = link;
    this.channel = channel;
    this.answers = answers;
    Thread.ofPlatform().daemon().name("responder").start(this::run);
  }

  /** A responder; a question of an id is answered to whom asked, others to all. */
  public static Responder start(Function<DnsMessage, List<byte[]>> answers) throws IOException {
    NetworkInterface loopback =
        NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"));
    int port;
    try (var free = new DatagramSocket(0)) {
      port = free.getLocalPort();
    }
    Link link = Link.of(loopback, port).getFirst();
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
    channel.bind(link.group());
    channel.join(link.group().getAddress(), loopback);
    return new Responder(link, channel, answers);
  }

  /** A responder that answers all questions that it has records for. */
  public static Responder of(List<DnsRecord> records) throws IOException {
    return start(
        query -> {
          List<DnsRecord> found = new ArrayList<>();
          for (DnsQuestion question : query.questions()) {
            records.stream()
                .filter(each -> each.name().equals(question.name()))
                .filter(each -> each.data().type() == question.type())
                .forEach(found::add);
          }
          return found.isEmpty()
              ? List.of()
              : List.of(
                  MessageWriter.write(new DnsMessage(query.id(), true, query.questions(), found)));
        });
  }

  /** Where it answers. */
  public Link link() {
    return link;
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocate(DnsMessage.MAX_SIZE);
    try {
      while (true) {
        buffer.clear();
        var from = (InetSocketAddress) channel.receive(buffer);
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        boolean toAll = bytes.length > 1 && bytes[0] == 0 && bytes[1] == 0;
        for (byte[] answer : answers(bytes)) {
          channel.send(ByteBuffer.wrap(answer), toAll ? link.group() : from);
        }
      }
    } catch (ClosedChannelException e) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was said to all comes back here, junk as well, and is no question. */
  private List<byte[]> answers(byte[] bytes) {
    try {
      DnsMessage query = MessageReader.read(bytes);
      return query.response() ? List.of() : answers.apply(query);
    } catch (MalformedMessageException e) {
      return List.of();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
