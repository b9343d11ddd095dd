package dev.coppice.reposerver.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.coppice.testdata.Programs;
import dev.coppice.testdata.Requirement;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The real curl, asking one server. */
final class Curl {
  private final URI server;
  private final List<String> options;

  private Curl(URI server, List<String> options) {
    this.server = server;
    this.options = options;
  }

  /** An answer as curl printed it: status line, headers, body. */
  @SuppressWarnings("ArrayRecordComponent") // the parts are compared, never the whole
  record Answer(String protocol, int status, List<String> headers, byte[] body) {
    /** The only header of a name; empty when there is none. */
    Optional<String> header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      List<String> values =
          headers.stream()
              .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(start))
              .map(header -> header.substring(start.length()).strip())
              .toList();
      if (values.size() > 1) {
        throw new AssertionError(name + " was sent twice: " + values);
      }
      return values.stream().findFirst();
    }

    String text() {
      return new String(body, UTF_8);
    }
  }

  /** Skips the running test where there is no curl. */
  static Curl of(URI server, String... options) {
    Requirement.program("curl", "curl");
    return new Curl(server, List.of(options));
  }

  /** Asks for a path, which is sent as it is. */
  Answer get(String path, String... more) {
    byte[] output = run(path, more).ok().bytes();
    var text = new String(output, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    List<String> lines = text.substring(0, end).lines().toList();
    List<String> status = List.of(lines.getFirst().split(" ", 3));
    byte[] body = text.substring(end + 4).getBytes(ISO_8859_1);
    return new Answer(
        status.get(0), Integer.parseInt(status.get(1)), lines.subList(1, lines.size()), body);
  }

  /** Asks, and may fail. */
  Programs.Result run(String path, String... more) {
    var command = new ArrayList<>(List.of("curl", "-si", "--path-as-is", "--max-time", "60"));
    command.addAll(options);
    command.addAll(List.of(more));
    command.add(server.resolve("/").toString().replaceAll("/$", "") + path);
    return Programs.run(command.toArray(String[]::new));
  }
}
