package dev.coppice.reposerver.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A socket that recognises the buffer of a {@link FileWindow} and has the kernel send the file
 * itself, without a copy.
 *
 * <p>Only a buffer that arrives here as it left {@link FileSending} is recognised, which is so for
 * plain HTTP/1.1. TLS encrypts it and HTTP/2 cuts it up first, and what they send is their own.
 */
final class SendfileEndPoint extends SocketChannelEndPoint {
  private volatile @Nullable FileWindow window;

  SendfileEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
  }

  /** Announces the window that is about to be written, or null when that is over. */
  void announce(@Nullable FileWindow next) {
    window = next;
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    FileWindow file = window;
    int last = buffers.length - 1;
    if (file == null || last < 0 || !file.is(buffers[last])) {
      return super.flush(buffers);
    }
    if (last > 0 && !super.flush(Arrays.copyOf(buffers, last))) {
      return false;
    }
    return send(file);
  }

  private boolean send(FileWindow file) throws IOException {
    ByteBuffer buffer = file.buffer();
    while (buffer.hasRemaining()) {
      long position = file.start() + buffer.position();
      int sent = transfer(file, position, buffer.remaining());
      if (sent == 0) {
        if (file.file().size() <= position) {
          // The socket would take more, for ever.
          throw new EofException("the file was shortened while it was sent");
        }
        return false;
      }
      buffer.position(buffer.position() + sent);
      notIdle();
    }
    return true;
  }

  private int transfer(FileWindow file, long position, int length) throws IOException {
    try {
      return (int) file.file().transferTo(position, length, getChannel());
    } catch (ClosedChannelException e) {
      throw new EofException(e);
    } catch (IOException e) {
      throw new EofException(e); // as Jetty's own flush does: the client went away
    }
  }
}
