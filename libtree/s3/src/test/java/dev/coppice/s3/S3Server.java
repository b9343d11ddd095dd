package dev.coppice.s3;

import dev.coppice.testdata.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real S3 server, S3Proxy, in a process of its own; buckets are directories below its root. */
final class S3Server implements AutoCloseable {
  static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "access", "AWS_SECRET_ACCESS_KEY", "secret");

  private static final int WAITS = 600;

  private final int port;
  private final Process process;

  private S3Server(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** Whom it lets in. */
  enum Access {
    KEYS,
    ANYBODY
  }

  static S3Server start(Path root, Path scratch, Access access)
      throws IOException, InterruptedException {
    int port;
    try (var probe = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    String authorization = access == Access.KEYS ? "aws-v2-or-v4" : "none";
    Path properties =
        Files.write(
            scratch.resolve("s3proxy-" + port),
            List.of(
                "s3proxy.authorization=" + authorization,
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.identity=access",
                "s3proxy.credential=secret",
                "jclouds.provider=filesystem-nio2",
                "jclouds.identity=none",
                "jclouds.credential=none",
                "jclouds.filesystem.basedir=" + root));
    Path logging =
        Files.writeString(
            scratch.resolve("logback.xml"),
            "<configuration><root level=\"warn\"/></configuration>\n");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + logging,
                "-cp",
                libraries() + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                properties.toString())
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("s3proxy-" + port + ".log").toFile())
            .start();
    var server = new S3Server(port, process);
    server.await();
    return server;
  }

  private static Path libraries() {
    Path libraries = Path.of(System.getProperty("coppice.s3.server", "server/target/lib"));
    Requirement.check(
        Files.isDirectory(libraries), "needs S3Proxy, which Maven puts into " + libraries);
    return libraries.toAbsolutePath();
  }

  private void await() throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < WAITS && process.isAlive(); i++) {
        try {
          client.send(
              HttpRequest.newBuilder(uri()).build(), HttpResponse.BodyHandlers.discarding());
          return;
        } catch (IOException e) {
          Thread.sleep(50);
        }
      }
    }
    close();
    throw new AssertionError("S3Proxy does not answer");
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
