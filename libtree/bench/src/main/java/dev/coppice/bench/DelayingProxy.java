package dev.coppice.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/**
 * A line that is long: what a client sends arrives at the server so much later. What the server
 * answers comes at once, so that each request costs the delay once, as a round trip does.
 */
final class DelayingProxy implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final ServerSocket listener;
  private final URI server;
  private final Duration delay;

  DelayingProxy(URI server, Duration delay) throws IOException {
    this.server = server;
    this.delay = delay;
    this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("long-line").start(this::accept);
  }

  /** Where clients go instead of the server. */
  String address() {
    return "http://127.0.0.1:" + listener.getLocalPort() + server.getPath();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket there = new Socket(server.getHost(), server.getPort());
        client.setTcpNoDelay(true);
        there.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> pass(client, there, delay));
        Thread.ofVirtual().start(() -> pass(there, client, Duration.ZERO));
      } catch (IOException e) {
        // Closed, which the loop sees, or a client that went away.
      }
    }
  }

  private static void pass(Socket from, Socket to, Duration delay) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (!delay.isZero()) {
          Thread.sleep(delay);
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // One side ended; both are closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
