package dev.coppice.cli.tour;

import dev.coppice.cli.frame.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The repository server as a process of its own, for as long as the tour needs it. */
final class TourServer implements AutoCloseable {
  private static final String PROGRAM = "coppice-repo-server";
  private static final String LISTENING = "listening on ";
  private static final long GRACE_SECONDS = 10;

  private final Process process;
  private final String address;

  private TourServer(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** The program: beside this one, or else on PATH; empty when it is not installed. */
  static Optional<Path> program(Environment environment) {
    Stream<Path> onPath =
        Stream.of(environment.variable("PATH").split(":", -1))
            .filter(directory -> directory.startsWith("/"))
            .map(directory -> Path.of(directory, PROGRAM));
    return Stream.concat(beside().stream(), onPath).filter(Files::isExecutable).findFirst();
  }

  /** The launchers are in {@code bin}, beside the {@code lib} that has the jar of this class. */
  private static Optional<Path> beside() {
    try {
      Path jar =
          Path.of(TourServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Optional.of(jar.resolve("../../bin").resolve(PROGRAM).normalize());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Starts it at a free port of the loopback interface. */
  static TourServer start(Path program, Path repo) throws IOException {
    var line = List.of(program.toString(), "--repo=" + repo, "--listen=127.0.0.1:0");
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      var out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String said = out.readLine();
      if (said == null || !said.startsWith(LISTENING)) {
        throw new IOException(PROGRAM + " did not start: " + said);
      }
      return new TourServer(process, trimmed(URI.create(said.substring(LISTENING.length()))));
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static String trimmed(URI uri) {
    return uri.toString().replaceFirst("/+$", "");
  }

  /** Where it listens. */
  String address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
