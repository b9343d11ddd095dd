package dev.coppice.reposerver.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.testdata.Jvm;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program as a process: messages, exit codes, signals. */
class MainTest {
  private TempTree temp;
  private Path repo;

  @BeforeEach
  void create() {
    temp = TempTree.create();
    repo = temp.path("repo");
    RealOstree.require().on(repo, "init", "--mode=archive");
  }

  @AfterEach
  void close() {
    temp.close();
  }

  private static List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    // A run that outlives its terminal ignores the signal, and all that it starts does.
    command.addAll(List.of("env", "--default-signal=HUP"));
    command.addAll(
        Jvm.command(
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"),
            Main.class,
            arguments));
    return command;
  }

  private static Programs.Result run(String... arguments) {
    return Programs.run(command(arguments).toArray(String[]::new));
  }

  private static void refused(Programs.Result result, String message, String code) {
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines().toList())
        .first()
        .asString()
        .startsWith("error: ")
        .contains(message);
    assertThat(result.err()).contains("  [" + code + "]: ").doesNotContain("\tat ");
  }

  @Test
  void helpAndVersionArePrinted() {
    assertThat(run("--help").ok().out()).startsWith("Usage: coppice-repo-server ");
    assertThat(run("--version").ok().out()).startsWith("coppice-repo-server ");
  }

  @Test
  void whatIsNoRepositoryIsRefused() throws IOException {
    refused(run("--repo=" + repo, "--port=1"), "Unknown option --port", "usage");
    Path bare = temp.path("bare");
    RealOstree.require().on(bare, "init", "--mode=bare-user");
    refused(run("--repo=" + bare), "whose mode is not archive", "repo-unsuitable");
    Path missing = temp.path("missing");
    Programs.Result nothing = run("--repo=" + missing);
    assertThat(nothing.exit()).isEqualTo(1);
    assertThat(nothing.err()).isEqualTo("error: " + missing + ": No such file or directory\n");
    Path elsewhere = Files.move(repo.resolve("objects"), temp.path("elsewhere"));
    Files.createSymbolicLink(repo.resolve("objects"), elsewhere);
    refused(run("--repo=" + repo), "symbolic link", "repo-unsuitable");
  }

  @Test
  void anAddressThatIsTakenIsRefused() throws IOException {
    try (var taken = new ServerSocket(0)) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      refused(run("--repo=" + repo, "--listen=" + address), "Cannot listen on", "usage");
    }
    refused(run("--repo=" + repo, "--listen=192.0.2.1:0"), "Cannot listen on", "usage");
  }

  @Test
  void servesUntilItIsAskedToEnd() throws Exception {
    Process process = start(Redirect.INHERIT, "--access-log=-");
    try (BufferedReader out = process.inputReader()) {
      Curl curl = Curl.of(address(out));
      assertThat(curl.get("/config").status()).isEqualTo(200);
      assertThat(curl.get("/").text()).as("the web view").contains("<html");
      process.toHandle().destroy(); // SIGTERM; Process's own method closes the streams as well
      assertThat(process.waitFor()).isZero();
      assertThat(String.join("\n", out.lines().toList())).contains("GET /config HTTP/1.1\" 200");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aRequestThatIsUnderWayEnds() throws Exception {
    byte[] large = new byte[30_000_000];
    new Random(1).nextBytes(large);
    String hex = "0".repeat(64);
    Path object = repo.resolve("objects/00/" + hex.substring(2) + ".filez");
    Files.createDirectories(object.getParent());
    Files.write(object, large);
    Process process = start(Redirect.INHERIT);
    try (BufferedReader out = process.inputReader()) {
      URI address = address(out);
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
        var in = new DataInputStream(socket.getInputStream());
        String request =
            "GET /objects/00/" + hex.substring(2) + ".filez HTTP/1.1\r\nHost: x\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        in.readNBytes(1000);
        process.toHandle().destroy();
        while (answers(address)) {
          Thread.sleep(10);
        }
        byte[] rest = in.readAllBytes();
        assertThat(Arrays.copyOfRange(rest, rest.length - 1_000_000, rest.length))
            .isEqualTo(Arrays.copyOfRange(large, large.length - 1_000_000, large.length));
      }
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean answers(URI address) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void filesAreReadAgainOnHangup() throws Exception {
    TestTls tls = TestTls.in(temp.path("tls"));
    TlsFiles files = tls.server("server");
    Process process =
        start(Redirect.PIPE, "--tls-cert=" + files.certificates(), "--tls-key=" + files.key());
    try (BufferedReader out = process.inputReader();
        BufferedReader err = process.errorReader()) {
      Curl curl = Curl.of(address(out), "--cacert", tls.authority().toString());
      Programs.run("kill", "-HUP", Long.toString(process.pid())).ok();
      assertThat(err.readLine()).startsWith("read again: [").contains("server.pem");
      assertThat(curl.get("/config").status()).isEqualTo(200);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(Redirect errors, String... more) throws IOException {
    var arguments = new ArrayList<>(List.of("--repo=" + repo, "--listen=127.0.0.1:0"));
    arguments.addAll(List.of(more));
    return new ProcessBuilder(command(arguments.toArray(String[]::new)))
        .redirectError(errors)
        .start();
  }

  private static URI address(BufferedReader out) throws IOException {
    String line = out.readLine();
    assertThat(line).startsWith("listening on http");
    return URI.create(line.substring(line.indexOf("http")));
  }
}
