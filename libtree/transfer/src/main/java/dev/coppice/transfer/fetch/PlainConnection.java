package dev.coppice.transfer.fetch;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection that one request after another goes over. For one thread at a time. */
final class PlainConnection implements Closeable {
  private static final int BUFFER = 16 << 10;

  private final SocketChannel channel;
  private byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private boolean used;
  private final StallWatch watch;
  private final StallWatch.Watched watched;
  private final Set<PlainConnection> open;

  private PlainConnection(SocketChannel channel, StallWatch watch, Set<PlainConnection> open) {
    this.channel = channel;
    this.watch = watch;
    this.watched = watch.watch(this);
    this.open = open;
    open.add(this);
  }

  /**
   * Connects to the first address of a host that answers.
   *
   * @param millis that each address has
   * @param open has the connection until it is closed, whoever closes it
   */
  static PlainConnection open(
      String host, int port, int millis, StallWatch watch, Set<PlainConnection> open)
      throws IOException {
    @Nullable IOException first = null;
    for (InetAddress address : InetAddress.getAllByName(host)) {
      SocketChannel channel = SocketChannel.open();
      try {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.socket().connect(new InetSocketAddress(address, port), millis);
        return new PlainConnection(channel, watch, open);
      } catch (IOException e) {
        channel.close();
        first = first == null ? e : first;
      }
    }
    throw first == null ? new IOException("no address") : first;
  }

  /** Whether a request went over it before, so that the other side may have closed it since. */
  boolean used() {
    return used;
  }

  /** Ends what waits too long for the server. */
  StallWatch.Watched watched() {
    return watched;
  }

  /** Whether bytes came that nobody asked for. */
  boolean hasLeftover() {
    return to > from;
  }

  void send(byte[] request) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(request);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Reads the head of a reply.
   *
   * @throws EOFException when the connection ended before its first byte
   */
  ReplyHead head() throws IOException {
    ReplyHead head = oneHead();
    while (head.status() / 100 == 1) {
      head = oneHead();
    }
    used = true;
    return head;
  }

  private ReplyHead oneHead() throws IOException {
    int searched = from;
    while (true) {
      for (int i = searched; i < to; i++) {
        if (buffer[i] == '\n' && i > from && isEmptyLine(i)) {
          ReplyHead head = ReplyHead.parse(buffer, from, i);
          from = i + 1;
          return head;
        }
      }
      searched = to;
      if (to - from > ReplyHead.MAX_BYTES) {
        throw new ProtocolException("the headers of the answer have no end");
      }
      searched -= makeRoom();
      int count = channel.read(ByteBuffer.wrap(buffer, to, buffer.length - to));
      if (count < 0) {
        throw to == from
            ? new EOFException("the connection ended before the answer")
            : new ProtocolException("the connection ended within the headers");
      }
      to += count;
    }
  }

  /** Whether the line that ends here is the empty one that ends a head. */
  private boolean isEmptyLine(int end) {
    int before = buffer[end - 1] == '\r' ? end - 2 : end - 1;
    return before >= from && buffer[before] == '\n';
  }

  /** Makes room for more bytes; tells how far those that are there moved. */
  private int makeRoom() {
    int moved = from;
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = java.util.Arrays.copyOf(buffer, buffer.length * 2);
    }
    return moved;
  }

  /** Reads a line of at most so many bytes, without its end. */
  String line(int most) throws IOException {
    var line = new StringBuilder();
    while (true) {
      int c = read();
      if (c == '\n') {
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\r') {
          line.setLength(end - 1);
        }
        return line.toString();
      }
      if (c < 0 || line.length() >= most) {
        throw new ProtocolException("a line of the body has no end");
      }
      line.append((char) c);
    }
  }

  private int read() throws IOException {
    if (from == to) {
      from = 0;
      to = Math.max(0, channel.read(ByteBuffer.wrap(buffer)));
      if (to == 0) {
        return -1;
      }
    }
    return buffer[from++] & 0xff;
  }

  /** Reads bytes of a body; -1 when the connection ended. */
  int read(byte[] out, int offset, int wanted) throws IOException {
    int there = to - from;
    if (there == 0) {
      // Past the buffer, or large bodies would be copied once more.
      return channel.read(ByteBuffer.wrap(out, offset, wanted));
    }
    int count = Math.min(there, wanted);
    System.arraycopy(buffer, from, out, offset, count);
    from += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    open.remove(this);
    watch.forget(watched);
    channel.close();
  }
}
