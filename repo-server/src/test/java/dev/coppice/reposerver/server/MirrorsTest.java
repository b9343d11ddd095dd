package dev.coppice.reposerver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.http.Fault;
import dev.coppice.testdata.http.FaultServer;
import dev.coppice.testdata.http.Nginx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that mirrors what a real ostree made and others serve, and real clients of it. */
class MirrorsTest {
  private static final int FILES = 12;
  private static final int FILE_BYTES = 30_000;

  private final List<String> reports = new CopyOnWriteArrayList<>();
  private RealOstree ostree;
  private TempTree temp;
  private Path upstream;
  private Path mirror;
  private Path description;

  @BeforeEach
  void create() throws IOException {
    ostree = RealOstree.require();
    temp = TempTree.create();
    upstream = temp.path("upstream");
    mirror = temp.path("mirror");
    description = temp.path("mirrors");
    for (Path each : List.of(upstream, mirror)) {
      ostree.on(each, "init", "--mode=archive");
      ostree.on(each, "config", "set", "core.fsync", "false");
    }
    commit("main", 1);
  }

  @AfterEach
  void close() {
    temp.close();
  }

  private String commit(String ref, int round) {
    var tree = temp.tree("tree");
    for (int i = 0; i < FILES; i++) {
      // Where the upstream is slow, half of them come at once, and the others one after the other.
      int bytes = i < FILES / 2 ? 100 : (i - FILES / 2 + 1) * FILE_BYTES;
      tree.randomFile("usr/lib/f" + i, bytes, round * 1000L + i);
    }
    String commit =
        ostree.on(
            upstream,
            "commit",
            "-b",
            ref,
            "--owner-uid=0",
            "--owner-gid=0",
            "--no-xattrs",
            temp.path("tree").toString());
    ostree.on(upstream, "summary", "-u");
    return commit;
  }

  private void remote(String name, URI url) {
    ostree.on(mirror, "remote", "add", "--no-gpg-verify", name, url.toString());
  }

  private String section(String name, String... keys) {
    return "[mirror \""
        + name
        + "\"]\nrepo="
        + mirror
        + "\nremotes=up\njitter=0s\n"
        + String.join("\n", keys)
        + "\n";
  }

  /** Replaced as a whole, so that the server never reads half of it. */
  private void describe(String text) throws IOException {
    Path next = Files.writeString(temp.path("mirrors-next"), text);
    Files.move(
        next, description, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private RepoServer serve() throws IOException {
    ServerSettings usual = ServerSettings.simple(mirror, TestRepo.ANY_PORT);
    return RepoServer.start(
        new ServerSettings(
            usual.repos(),
            usual.listen(),
            usual.tls(),
            usual.access(),
            usual.log(),
            new ServerSettings.Jobs(Optional.of(description), Optional.empty()),
            TestRepo.QUICK),
        (repo, base) -> new HelloPages(base),
        reports::add);
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; !condition.getAsBoolean(); i++) {
      assertThat(i).as(what + " never came: " + reports).isLessThan(3000);
      Thread.sleep(10);
    }
  }

  private boolean reported(String... parts) {
    return reports.stream().anyMatch(line -> List.of(parts).stream().allMatch(line::contains));
  }

  private String served(Curl curl, String ref) {
    Curl.Answer answer = curl.get("/refs/heads/" + ref);
    return answer.status() == 200 ? answer.text().strip() : "";
  }

  private static double metric(Curl curl, String name, String mirror) {
    String start = "coppice_mirror_" + name + "{mirror=\"" + mirror + "\"} ";
    return curl.get("/-/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void followsTheUpstreamAndClientsPullFromIt() throws Exception {
    String first = Files.readString(upstream.resolve("refs/heads/main")).strip();
    describe(section("os", "interval=1s", "settle=0s"));
    try (Nginx nginx = Nginx.serve(upstream)) {
      remote("up", nginx.uri());
      try (RepoServer server = serve()) {
        Curl curl = Curl.of(server.addresses().getFirst());
        await("the first commit", () -> served(curl, "main").equals(first));
        String second = commit("main", 2);
        await("the second commit", () -> served(curl, "main").equals(second));
        await("its report", () -> reported("mirror os: ", "main " + second.substring(0, 10)));

        for (RealOstree client : RealOstree.requireAll()) {
          Path copy = temp.path("client-" + client.version());
          client.on(copy, "init", "--mode=bare-user-only");
          client.on(
              copy,
              "remote",
              "add",
              "--no-gpg-verify",
              "m",
              server.addresses().getFirst().toString());
          client.on(copy, "pull", "m", "main");
          client.on(copy, "fsck", "--quiet");
        }
        assertThat(metric(curl, "refs_changed_total", "os")).isEqualTo(2);
        assertThat(metric(curl, "bytes_total", "os")).isGreaterThan(1.0 * FILES * FILE_BYTES);
        assertThat(metric(curl, "failures_total", "os")).isZero();
        assertThat(metric(curl, "last_success_timestamp_seconds", "os")).isGreaterThan(1.7e9);
        assertThat(metric(curl, "last_duration_seconds", "os")).isPositive();
        assertThat(curl.get("/-/health").text()).startsWith("ok\nmirror os: ").contains("success");
      }
    }
    assertThat(reported("error")).as(reports.toString()).isFalse();
  }

  @Test
  void upstreamThatFailsIsToldOfAndAskedAgain() throws Exception {
    describe(section("os", "interval=1s", "settle=0s", "network-retries=0"));
    try (FaultServer faults = FaultServer.start(upstream)) {
      faults.always(new Fault.Status(500));
      remote("up", faults.uri());
      try (RepoServer server = serve()) {
        Curl curl = Curl.of(server.addresses().getFirst());
        await("a second failure", () -> reported("error: mirror os: ", "failed 2 times in a row"));
        assertThat(metric(curl, "failures_in_a_row", "os")).isGreaterThanOrEqualTo(2);
        assertThat(metric(curl, "last_success_timestamp_seconds", "os")).isZero();
        assertThat(curl.get("/-/health").text()).contains("failed ");
        assertThat(curl.get("/-/health").status()).as("it serves").isEqualTo(200);
        assertThat(served(curl, "main")).isEmpty();
        faults.always(new Fault.None());
        await("the commit", () -> !served(curl, "main").isEmpty());
        await("the count", () -> metric(curl, "failures_in_a_row", "os") == 0);
      }
    }
  }

  @Test
  void fileIsReadAgainWithoutARestart() throws Exception {
    commit("other", 3);
    describe(section("one", "include=main", "interval=1h", "settle=0s"));
    try (Nginx nginx = Nginx.serve(upstream)) {
      remote("up", nginx.uri());
      try (RepoServer server = serve()) {
        Curl curl = Curl.of(server.addresses().getFirst());
        await("main", () -> !served(curl, "main").isEmpty());
        describe(section("one", "nonsense=1"));
        await("the refusal", () -> reported("nonsense", "stays in force"));
        describe(section("two", "include=other", "interval=1h", "settle=0s"));
        await("other", () -> !served(curl, "other").isEmpty());
        String health = curl.get("/-/health").text();
        assertThat(health).contains("mirror two: ").doesNotContain("mirror one: ");
      }
    }
  }

  @Test
  void stopsInTheMiddleOfARunAndGoesOnLater() throws Exception {
    describe(section("os", "interval=1h", "settle=0s"));
    var whole = new ArrayList<String>();
    try (Nginx slow = Nginx.serve(upstream, FILE_BYTES)) {
      remote("up", slow.uri());
      try (RepoServer server = serve()) {
        Curl curl = Curl.of(server.addresses().getFirst());
        // The first of the large ones: the small ones are in store since long, the others come.
        await("half", () -> files(slow).size() > FILES / 2);
        assertThat(curl.get("/-/health").text()).contains("mirror os: running since ");
        whole.addAll(files(slow).subList(0, FILES / 2));
      }
      assertThat(reported("mirror os: stopped")).as(reports.toString()).isTrue();
      assertThat(mirror.resolve("refs/heads/main")).doesNotExist();
      assertThat(mirror.resolve("summary")).doesNotExist();
    }
    ostree.on(mirror, "fsck", "--quiet");
    try (Nginx quick = Nginx.serve(upstream)) {
      ostree.on(mirror, "remote", "delete", "up");
      remote("up", quick.uri());
      try (RepoServer server = serve()) {
        Curl curl = Curl.of(server.addresses().getFirst());
        await("the commit", () -> !served(curl, "main").isEmpty());
      }
      assertThat(files(quick))
          .hasSizeLessThanOrEqualTo(FILES / 2)
          .doesNotContainAnyElementsOf(whole);
    }
    ostree.on(mirror, "fsck", "--quiet");
  }

  /** The file objects that were asked for, in the order in which their answers ended. */
  private static List<String> files(Nginx server) {
    return server.accessLog().stream()
        .filter(line -> line.contains(".filez"))
        .map(line -> line.replaceAll(".*GET (\\S+) .*", "$1"))
        .toList();
  }

  /** Each pull is of what one summary says, while refs and summary are switched again and again. */
  @Test
  void clientsNeverSeeHalfAnUpdate() throws Exception {
    describe(section("os", "interval=1s", "settle=500ms"));
    try (Nginx nginx = Nginx.serve(upstream)) {
      remote("up", nginx.uri());
      try (RepoServer server = serve()) {
        URI address = server.addresses().getFirst();
        Curl curl = Curl.of(address);
        await("the first commit", () -> !served(curl, "main").isEmpty());
        var done = new AtomicBoolean();
        var failures = new CopyOnWriteArrayList<String>();
        var pulls = new ArrayList<String>();
        Thread client = Thread.ofPlatform().start(() -> pull(address, done, pulls, failures));
        try {
          for (int round = 2; round <= 5; round++) {
            String next = commit("main", round);
            await("round " + round, () -> served(curl, "main").equals(next));
          }
        } finally {
          done.set(true);
          client.join();
        }
        assertThat(failures).isEmpty();
        assertThat(pulls).hasSizeGreaterThan(3);
      }
    }
  }

  private void pull(URI address, AtomicBoolean done, List<String> pulls, List<String> failures) {
    while (!done.get()) {
      Path copy = temp.path("copy-" + pulls.size());
      ostree.on(copy, "init", "--mode=archive");
      ostree.on(copy, "config", "set", "core.fsync", "false");
      ostree.on(copy, "remote", "add", "--no-gpg-verify", "m", address.toString());
      Programs.Result result = ostree.run("--repo=" + copy, "pull", "--mirror", "m", "main");
      if (result.exit() != 0) {
        failures.add(result.err());
      }
      pulls.add(Checksum.ofHex(ostree.on(copy, "rev-parse", "main")).hex());
    }
  }

  @Test
  void descriptionThatIsNotWellEndsTheStart() throws IOException {
    describe("[mirror \"os\"]\nrepo=" + mirror + "\nremote=up\n");
    assertThatThrownBy(this::serve)
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID));
  }
}
