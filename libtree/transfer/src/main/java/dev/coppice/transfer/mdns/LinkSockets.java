package dev.coppice.transfer.mdns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a link: one that hears what is said to all, and asks as everybody does; and one of
 * its own, which is answered directly. Each reaches where the other does not: firewalls let in what
 * is for all and not what is for a port that they do not know, and what was said to all a moment
 * ago is not said again (RFC 6762, sections 6 and 6.7).
 */
final class LinkSockets implements AutoCloseable {
  /** A packet that passed a router does not have it any more. Source: RFC 6762, section 11. */
  private static final int HOPS = 255;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Link link;
  private final DatagramChannel own;
  private final @Nullable DatagramChannel shared;

  /** The id of questions to which the answers come directly; others cannot know it. */
  private final int id = RANDOM.nextInt(1 << 16);

  private final ByteBuffer buffer = ByteBuffer.allocate(DnsMessage.MAX_SIZE + 1);

  private LinkSockets(Link link, DatagramChannel own, @Nullable DatagramChannel shared) {
    this.link = link;
    this.own = own;
    this.shared = shared;
  }

  /**
   * Opens the sockets of a link.
   *
   * @param selector told with these sockets attached when something can be received
   */
  static LinkSockets open(Link link, Selector selector) throws IOException {
    DatagramChannel own = channel(link);
    DatagramChannel shared = null;
    try {
      own.bind(new InetSocketAddress(0));
      shared = shared(link);
      var sockets = new LinkSockets(link, own, shared);
      own.register(selector, SelectionKey.OP_READ, sockets);
      if (shared != null) {
        shared.register(selector, SelectionKey.OP_READ, sockets);
      }
      return sockets;
    } catch (IOException | RuntimeException e) {
      own.close();
      if (shared != null) {
        shared.close();
      }
      throw e;
    }
  }

  private static DatagramChannel channel(Link link) throws IOException {
    DatagramChannel channel =
        DatagramChannel.open(
            link.isVersion6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, link.networkInterface());
      channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, HOPS);
      // A server on this machine is to be found as well.
      channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * The socket that hears what is said to all; null where somebody has the port for himself. It is
   * bound to the group, so that only what was sent to the group comes in, which no router lets
   * through.
   */
  private static @Nullable DatagramChannel shared(Link link) throws IOException {
    DatagramChannel channel = channel(link);
    try {
      share(channel, StandardSocketOptions.SO_REUSEADDR);
      share(channel, StandardSocketOptions.SO_REUSEPORT);
      channel.bind(link.group());
      channel.join(link.group().getAddress(), link.networkInterface());
      return channel;
    } catch (IOException e) {
      channel.close();
      return null;
    }
  }

  private static void share(DatagramChannel channel, SocketOption<Boolean> option)
      throws IOException {
    if (channel.supportedOptions().contains(option)) {
      channel.setOption(option, true);
    }
  }

  /** The link. */
  Link link() {
    return link;
  }

  /** Asks everybody on the link. */
  void send(DnsMessage query) throws IOException {
    own.send(ByteBuffer.wrap(MessageWriter.write(query.withId(id))), link.group());
    if (shared != null) {
      shared.send(ByteBuffer.wrap(MessageWriter.write(query)), link.group());
    }
  }

  /**
   * The next response that came in on a channel of these; empty when what came is none, or nothing
   * did.
   */
  Optional<DnsMessage> receive(DatagramChannel channel) throws IOException {
    buffer.clear();
    if (!(channel.receive(buffer) instanceof InetSocketAddress from)) {
      return Optional.empty();
    }
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    // Whoever may answer does so from this port. Source: RFC 6762, section 6.
    if (from.getPort() != link.group().getPort()
        || (channel == own && !link.isNeighbour(from.getAddress()))) {
      return Optional.empty();
    }
    try {
      DnsMessage message = MessageReader.read(bytes);
      boolean answer = message.response() && (channel != own || message.id() == id);
      return answer ? Optional.of(message) : Optional.empty();
    } catch (MalformedMessageException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    own.close();
    if (shared != null) {
      shared.close();
    }
  }
}
