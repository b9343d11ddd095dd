package dev.coppice.testdata.http;

import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real nginx that serves a directory at a free port of the loopback interface. */
public final class Nginx implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final int WAITS = 200;

  private final Path home;
  private final int port;
  private final Process process;

  private Nginx(Path home, int port, Process process) {
    this.home = home;
    this.port = port;
    this.process = process;
  }

  /** Starts one; skips the running test when there is no nginx. */
  public static Nginx serve(Path root) {
    return serve(root, 0);
  }

  /**
   * Starts one that is slow.
   *
   * @param bytesPerSecond at which each file is sent; 0: no limit
   */
  public static Nginx serve(Path root, int bytesPerSecond) {
    Requirement.program("nginx", "nginx-light");
    try {
      for (int attempt = 1; ; attempt++) {
        Nginx server = start(root, freePort(), bytesPerSecond);
        // Somebody else may have taken the port in between.
        if (server.answers()) {
          return server;
        }
        server.close();
        if (attempt == ATTEMPTS) {
          throw new AssertionError("nginx does not answer");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static Nginx start(Path root, int port, int bytesPerSecond) throws IOException {
    Path home = Files.createTempDirectory("coppice-nginx-");
    Path configuration =
        Files.writeString(
            home.resolve("nginx.conf"),
            """
            worker_processes 1;
            daemon off;
            %s
            pid %s/pid;
            error_log %s/error.log;
            events { worker_connections 256; }
            http {
              access_log %s/access.log;
              client_body_temp_path %s/body;
              proxy_temp_path %s/proxy;
              fastcgi_temp_path %s/fastcgi;
              uwsgi_temp_path %s/uwsgi;
              scgi_temp_path %s/scgi;
              server {
                listen 127.0.0.1:%d;
                root %s;
                limit_rate %d;
              }
            }
            """
                .formatted(
                    "root".equals(System.getProperty("user.name")) ? "user root;" : "",
                    home,
                    home,
                    home,
                    home,
                    home,
                    home,
                    home,
                    home,
                    port,
                    root,
                    bytesPerSecond));
    Process process =
        new ProcessBuilder(
                "nginx",
                "-c",
                configuration.toString(),
                "-p",
                home.toString(),
                "-e",
                home.resolve("start.log").toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output").toFile())
            .start();
    return new Nginx(home, port, process);
  }

  private boolean answers() throws IOException {
    for (int i = 0; i < WAITS && process.isAlive(); i++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected() && process.isAlive()) {
          return true;
        }
      } catch (IOException e) {
        pause();
      }
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(25);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Where the directory is served. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** What was asked for so far, one line a request, as nginx logs it. */
  public List<String> accessLog() {
    try {
      return Files.readAllLines(home.resolve("access.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
      TempTree.delete(home);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
