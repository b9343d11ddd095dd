package dev.coppice.transfer.publish;

import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real rsync that serves a directory as the module {@code m}. */
final class RsyncDaemon implements AutoCloseable {
  private static final int WAITS = 200;

  private final Path home;
  private final int port;
  private final Process process;

  private RsyncDaemon(Path home, int port, Process process) {
    this.home = home;
    this.port = port;
    this.process = process;
  }

  static RsyncDaemon serve(Path directory) throws IOException, InterruptedException {
    Requirement.program("rsync", "rsync");
    Path home = Files.createTempDirectory("coppice-rsyncd-");
    int port;
    try (var probe = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    // Only root can become somebody; others stay who they are.
    String user = Root.is() ? "uid = " + System.getProperty("user.name") + "\ngid = *\n" : "";
    Path configuration =
        Files.writeString(
            home.resolve("conf"),
            """
            use chroot = no
            pid file = %s/pid
            log file = %s/log
            [m]
            path = %s
            read only = no
            %s\
            """
                .formatted(home, home, directory, user));
    Process process =
        new ProcessBuilder(
                "rsync",
                "--daemon",
                "--no-detach",
                "--address=127.0.0.1",
                "--port=" + port,
                "--config=" + configuration)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output").toFile())
            .start();
    var daemon = new RsyncDaemon(home, port, process);
    for (int i = 0; i < WAITS; i++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return daemon;
        }
      } catch (IOException e) {
        Thread.sleep(25);
      }
    }
    daemon.close();
    throw new AssertionError("rsync does not answer");
  }

  String address(String path) {
    return "rsync://127.0.0.1:" + port + "/m/" + path;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    TempTree.delete(home);
  }
}
