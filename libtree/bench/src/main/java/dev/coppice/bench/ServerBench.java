package dev.coppice.bench;

import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The repository server against nginx, asked by wrk for the same files: small objects by requests a
 * second, large ones by bytes a second. Both are asked in turns, after a warm-up of each.
 *
 * <pre>
 * java -cp 'libtree/bench/target/*:libtree/bench/target/lib/*' dev.coppice.bench.ServerBench \
 *     --ours cli/target/dist/bin/coppice-repo-server --work DIRECTORY [--seconds 10] [--rounds 3]
 * </pre>
 */
public final class ServerBench {
  private static final int SMALL_OBJECTS = 2000;
  private static final int SMALL_BYTES = 1500;
  private static final int LARGE_OBJECTS = 8;
  private static final int LARGE_BYTES = 16 << 20;
  private static final double SMALL_TARGET = 0.9;
  private static final double LARGE_TARGET = 0.8;
  private static final double GIGA = 1e9;
  private static final int WAITS = 600;

  private static final Pattern REQUESTS = Pattern.compile("Requests/sec: +([0-9.]+)");
  private static final Pattern TRANSFER = Pattern.compile("Transfer/sec: +([0-9.]+)([KMGT]?)B");
  private static final Pattern FAILED =
      Pattern.compile("(Non-2xx or 3xx responses|Socket errors): .*");

  private final Map<String, String> options;
  private final Path work;
  private final Path repo;

  private ServerBench(Map<String, String> options) {
    this.options = options;
    this.work = Path.of(option("--work")).toAbsolutePath();
    this.repo = work.resolve("repo");
  }

  /** Prints a table. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var options = new HashMap<>(Map.of("--seconds", "10", "--rounds", "3"));
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    new ServerBench(options).run();
  }

  private String option(String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is needed");
    }
    return value;
  }

  /** A kind of file, and how much of it a run of wrk got. */
  private enum Measure {
    SMALL("small objects, requests/s", SMALL_TARGET, 64),
    LARGE("objects of 16 MB, GB/s", LARGE_TARGET, 16);

    private final String title;
    private final double target;
    private final int connections;

    Measure(String title, double target, int connections) {
      this.title = title;
      this.target = target;
      this.connections = connections;
    }
  }

  private void run() throws IOException, InterruptedException {
    Files.createDirectories(work);
    prepare();
    int ourPort = freePort();
    int theirPort = freePort();
    Process ours =
        start("ours.log", option("--ours"), "--repo=" + repo, "--listen=127.0.0.1:" + ourPort);
    Process theirs =
        start("nginx.log", "nginx", "-p", work.toString(), "-c", nginx(theirPort).toString());
    try {
      await(ourPort, ours);
      await(theirPort, theirs);
      System.out.println("| work | nginx | coppice-repo-server | ratio | target |");
      System.out.println("|---|---|---|---|---|");
      for (Measure each : Measure.values()) {
        compare(each, ourPort, theirPort);
      }
    } finally {
      ours.destroy();
      theirs.destroy();
      ours.waitFor();
      theirs.waitFor();
    }
  }

  /** A repository of the mode archive, which nobody looks into: random bytes are enough. */
  private void prepare() throws IOException {
    Files.createDirectories(repo.resolve("refs/heads"));
    Files.createDirectories(repo.resolve("tmp"));
    Files.createDirectories(repo.resolve("state"));
    Files.writeString(repo.resolve("config"), "[core]\nrepo_version=1\nmode=archive-z2\n");
    script(Measure.SMALL, plant(SMALL_OBJECTS, SMALL_BYTES));
    script(Measure.LARGE, plant(LARGE_OBJECTS, LARGE_BYTES));
  }

  private List<String> plant(int count, int size) throws IOException {
    var random = new Random(size);
    var paths = new ArrayList<String>();
    byte[] bytes = new byte[size];
    for (int i = 0; i < count; i++) {
      random.nextBytes(bytes);
      String hex = Checksum.sha256(bytes).hex();
      String path = "objects/" + hex.substring(0, 2) + "/" + hex.substring(2) + ".filez";
      Files.createDirectories(repo.resolve(path).getParent());
      Files.write(repo.resolve(path), bytes);
      paths.add("/" + path);
    }
    return paths;
  }

  /** wrk asks for the files one after the other, again and again. */
  private void script(Measure measure, List<String> paths) throws IOException {
    var lua = new StringBuilder("local requests = {}\nfunction init(args)\n");
    for (String path : paths) {
      lua.append("  requests[#requests + 1] = wrk.format('GET', '").append(path).append("')\n");
    }
    lua.append("end\nlocal i = 0\nfunction request()\n  i = i % #requests + 1\n");
    lua.append("  return requests[i]\nend\n");
    Files.writeString(work.resolve(measure.name() + ".lua"), lua);
  }

  /** As one sets it up for files that do not change. */
  private Path nginx(int port) throws IOException {
    String user = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
    return Files.writeString(
        work.resolve("nginx.conf"),
        user
            + """
            worker_processes auto;
            daemon off;
            pid %s/nginx.pid;
            error_log %s/nginx-error.log;
            events { worker_connections 4096; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_requests 100000000;
              open_file_cache max=20000 inactive=1h;
              server { listen 127.0.0.1:%d backlog=4096; root %s; }
            }
            """
                .formatted(work, work, port, repo));
  }

  private Process start(String log, String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(work.resolve(log).toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static void await(int port, Process process) throws InterruptedException, IOException {
    for (int i = 0; i < WAITS && process.isAlive(); i++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    throw new IOException("a server does not answer at port " + port);
  }

  private void compare(Measure measure, int ourPort, int theirPort)
      throws IOException, InterruptedException {
    wrk(measure, theirPort);
    wrk(measure, ourPort);
    var ours = new ArrayList<Double>();
    var theirs = new ArrayList<Double>();
    for (int round = 0; round < Integer.parseInt(option("--rounds")); round++) {
      theirs.add(wrk(measure, theirPort));
      ours.add(wrk(measure, ourPort));
    }
    double their = median(theirs);
    double our = median(ours);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %.1f |%n",
        measure.title,
        their,
        our,
        our / their,
        measure.target);
  }

  private double wrk(Measure measure, int port) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c" + measure.connections,
                "-d" + option("--seconds"),
                "--timeout",
                "30s",
                "-s",
                work.resolve(measure.name() + ".lua").toString(),
                "http://127.0.0.1:" + port + "/")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher failed = FAILED.matcher(output);
    if (process.waitFor() != 0 || failed.find()) {
      throw new IOException("wrk: " + output);
    }
    Matcher figure = (measure == Measure.SMALL ? REQUESTS : TRANSFER).matcher(output);
    if (!figure.find()) {
      throw new IOException("wrk said nothing that is known: " + output);
    }
    double number = Double.parseDouble(figure.group(1));
    if (measure == Measure.SMALL) {
      return number;
    }
    int power = " KMGT".indexOf(figure.group(2).isEmpty() ? " " : figure.group(2));
    return number * Math.pow(1024, power) / GIGA;
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }
}
