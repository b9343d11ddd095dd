package dev.coppice.testdata.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One connection of a client: requests one after another, until a fault ends it. */
final class Connection {
  private static final Duration FOREVER = Duration.ofHours(1);

  private final FaultServer server;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Connection(FaultServer server, Socket socket) throws IOException {
    this.server = server;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  void run() throws IOException {
    boolean open = true;
    while (open) {
      Optional<ReceivedRequest> request = request();
      open = request.isPresent() && answer(request.get(), server.received(request.get()));
      out.flush();
    }
  }

  private Optional<ReceivedRequest> request() throws IOException {
    String[] first = line().split(" ", 3);
    if (first.length < 2) {
      return Optional.empty();
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    // A client of a proxy names the whole address.
    String path = first[1].replaceFirst("^https?://[^/]*", "");
    return Optional.of(new ReceivedRequest(first[0], path, Map.copyOf(headers)));
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** Answers; false when the connection ends with it. */
  private boolean answer(ReceivedRequest request, Fault fault) throws IOException {
    if (fault instanceof Fault.Status status) {
      return plain(status.code(), status.headers());
    }
    Path file = server.root().resolve(request.path().substring(1)).normalize();
    if (!file.startsWith(server.root()) || !Files.isRegularFile(file)) {
      return plain(404, Map.of());
    }
    byte[] whole = Files.readAllBytes(file);
    String tag =
        fault instanceof Fault.OtherTag other
            ? other.tag()
            : "\"" + Integer.toHexString(Arrays.hashCode(whole)) + "\"";
    if (request.header("if-none-match").filter(tag::equals).isPresent()) {
      return plain(304, Map.of("ETag", tag));
    }
    int from = fault instanceof Fault.NoRange ? 0 : from(request, tag);
    byte[] body = Arrays.copyOfRange(whole, Math.min(from, whole.length), whole.length);
    var headers = new TreeMap<>(Map.of("ETag", tag, "Content-Length", "" + body.length));
    if (from > 0) {
      String range = "bytes " + from + "-" + (whole.length - 1) + "/" + whole.length;
      headers.put("Content-Range", range);
    }
    return send(new Answer(from > 0 ? 206 : 200, headers, body), request, fault);
  }

  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record Answer(int status, Map<String, String> headers, byte[] body) {}

  private static int from(ReceivedRequest request, String tag) {
    boolean same = request.header("if-range").filter(wanted -> !wanted.equals(tag)).isEmpty();
    return request
        .header("range")
        .filter(range -> same && range.matches("bytes=[0-9]{1,9}-"))
        .map(range -> Integer.parseInt(range.substring("bytes=".length(), range.length() - 1)))
        .orElse(0);
  }

  private boolean send(Answer answer, ReceivedRequest request, Fault fault) throws IOException {
    byte[] body = answer.body();
    if (fault instanceof Fault.Delay delay) {
      pause(delay.time());
    }
    switch (fault) {
      case Fault.WrongLength wrong ->
          answer.headers().put("Content-Length", "" + wrong.announced());
      case Fault.Chunked _, Fault.Endless _ -> {
        answer.headers().remove("Content-Length");
        answer.headers().put("Transfer-Encoding", "chunked");
      }
      case Fault.WrongByte wrong -> body[wrong.at()] ^= 1;
      case Fault _ -> {}
    }
    head(answer.status(), answer.headers());
    if (request.method().equals("HEAD")) {
      return true;
    }
    return switch (fault) {
      case Fault.Reset reset -> {
        part(body, reset.after());
        socket.setSoLinger(true, 0);
        yield false;
      }
      case Fault.Truncate truncate -> {
        part(body, truncate.after());
        yield false;
      }
      case Fault.Stall stall -> {
        part(body, stall.after());
        pause(FOREVER);
        yield false;
      }
      case Fault.Drip drip -> {
        for (int at = 0; at < body.length; at += drip.bytes()) {
          out.write(body, at, Math.min(drip.bytes(), body.length - at));
          out.flush();
          pause(drip.pause());
        }
        yield true;
      }
      case Fault.Chunked _ -> {
        chunk(body);
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        yield true;
      }
      case Fault.Endless _ -> {
        byte[] zeros = new byte[1 << 14];
        while (true) {
          chunk(zeros);
        }
      }
      case Fault.WrongLength _ -> {
        out.write(body);
        yield false;
      }
      case Fault.None _,
          Fault.Status _,
          Fault.Delay _,
          Fault.WrongByte _,
          Fault.NoRange _,
          Fault.OtherTag _ -> {
        out.write(body);
        yield true;
      }
    };
  }

  private boolean plain(int status, Map<String, String> more) throws IOException {
    var headers = new TreeMap<>(more);
    headers.put("Content-Length", "0");
    head(status, headers);
    return true;
  }

  private void head(int status, Map<String, String> headers) throws IOException {
    var text = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
    headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void part(byte[] body, int length) throws IOException {
    out.write(body, 0, Math.min(length, body.length));
    out.flush();
  }

  private void chunk(byte[] body) throws IOException {
    out.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted");
    }
  }
}
