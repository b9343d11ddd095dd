package dev.coppice.reposerver.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/** A client that sends and reads what no real one would, one connection for each. */
final class RawClient implements AutoCloseable {
  private static final int READ_MILLIS = 30_000;

  private final Socket socket = new Socket();

  /**
   * @param receiveBuffer bytes that the system takes in for this client; a small one makes a slow
   *     client
   */
  RawClient(URI server, int receiveBuffer) throws IOException {
    socket.setReceiveBufferSize(receiveBuffer);
    socket.setSoTimeout(READ_MILLIS);
    socket.connect(
        new InetSocketAddress(InetAddress.ofLiteral(server.getHost()), server.getPort()));
  }

  RawClient(URI server) throws IOException {
    this(server, 64 * 1024);
  }

  /** Waits no longer than this for each byte. */
  RawClient patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
    return this;
  }

  /** Sends text as it is. */
  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /** Asks for a path over HTTP/1.1 and says that this is the last request. */
  RawClient ask(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  /** Says that nothing more is sent. */
  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Reads one byte after the other up to the end of the headers. */
  String readHeaders() throws IOException {
    var headers = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (!headers.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended after " + headers);
      }
      headers.append((char) next);
    }
    return headers.toString();
  }

  /** Reads up to a number of bytes. */
  byte[] read(int most) throws IOException {
    return socket.getInputStream().readNBytes(most);
  }

  /** Reads to the end; a connection that was reset ends as well. */
  byte[] readAll() throws IOException {
    var all = new ByteArrayOutputStream();
    var buffer = new byte[64 * 1024];
    InputStream in = socket.getInputStream();
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (SocketException e) {
      // what came so far counts
    }
    return all.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
