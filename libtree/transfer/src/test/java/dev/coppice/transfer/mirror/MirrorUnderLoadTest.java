package dev.coppice.transfer.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.http.Fault;
import dev.coppice.testdata.http.FaultServer;
import dev.coppice.testdata.http.Nginx;
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.mirror.MirrorRequest.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mirrors while clients pull, and while the upstream misbehaves. */
class MirrorUnderLoadTest {
  private static final int FILES = 20;
  private static final int FILE_BYTES = 20_000;

  /** A quarter of a second for each file: a pull takes as long as some updates. */
  private static final int BYTES_PER_SECOND = 4 * FILE_BYTES;

  /** Longer than a pull of so few files takes on a machine that does much else. */
  private static final Duration GRACE = Duration.ofSeconds(6);

  /** Without a grace time some of so many fail. */
  private static final int ENOUGH_PULLS = 20;

  /** Commits retire after one grace time and their trees after another. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private MirrorFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new MirrorFixture();
  }

  @AfterEach
  void tearDown() {
    if (fixture != null) {
      fixture.close();
    }
  }

  private Checksum publish(int round) {
    var tree = fixture.temp.tree("tree");
    for (int i = 0; i < FILES; i++) {
      tree.randomFile("usr/lib/d" + i % 7 + "/f" + i, FILE_BYTES, round * 1000L + i);
    }
    Checksum commit = fixture.commit("main", "round " + round);
    fixture.summary();
    return commit;
  }

  /** The clock is real: what a pull was promised must outlive it, and nothing more is kept. */
  @Test
  void clientsNeverFailWhileTheMirrorIsUpdatedAndPruned() throws Exception {
    publish(0);
    fixture.remote("file://" + fixture.upstream);
    MirrorRequest one = MirrorFixture.request();
    var request =
        new MirrorRequest(
            one.remotes(),
            one.selection(),
            one.depth(),
            one.publication(),
            one.verification(),
            MirrorFixture.keep(1, GRACE),
            one.options(),
            one.fetch());
    assertThat(run(request).changed()).isTrue();
    var over = new AtomicBoolean();
    var failures = new ConcurrentLinkedQueue<String>();
    var pulls = new AtomicInteger();
    long swept = 0;
    try (Nginx served = Nginx.serve(fixture.mirror, BYTES_PER_SECOND)) {
      List<Thread> clients = new ArrayList<>();
      for (RealOstree client : RealOstree.requireAll()) {
        for (String depth : List.of("0", "-1")) {
          clients.add(
              Thread.ofPlatform()
                  .start(
                      () -> {
                        for (int i = 0; !over.get(); i++) {
                          Programs.Result result = pull(client, served, depth, i);
                          pulls.incrementAndGet();
                          if (result.exit() != 0) {
                            failures.add(client + " --depth=" + depth + ": " + result.err());
                          }
                        }
                      }));
        }
      }
      long end = System.nanoTime() + LONGEST.toNanos();
      for (int round = 1;
          System.nanoTime() < end && (swept <= 4 * FILES || pulls.get() < ENOUGH_PULLS);
          round++) {
        publish(round);
        swept += run(request).cleaning().objects();
      }
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
    }

    assertThat(failures).isEmpty();
    // The test would show nothing if nobody pulled, or nothing went.
    assertThat(pulls.get()).isGreaterThanOrEqualTo(ENOUGH_PULLS);
    assertThat(swept).isGreaterThan(4 * FILES);
    fixture.ostree.on(fixture.mirror, "fsck");
  }

  private MirrorReport run(MirrorRequest request) throws IOException {
    try (Repo repo = Repo.open(fixture.mirror)) {
      return new Mirror(repo).run(request, event -> {});
    }
  }

  private Programs.Result pull(RealOstree client, Nginx served, String depth, int number) {
    Path repo = fixture.temp.path("c" + client.version() + depth + "-" + number);
    client.on(repo, "init", "--mode=archive");
    client.on(repo, "remote", "add", "--no-gpg-verify", "m", served.uri().toString());
    return client.run("--repo=" + repo, "pull", "--disable-fsync", "--depth=" + depth, "m", "main");
  }

  @Test
  void upstreamThatMisbehavesIsMirroredAllTheSame() throws IOException {
    Checksum commit = publish(1);
    try (FaultServer server = FaultServer.start(fixture.upstream)) {
      server.randomly(
          7,
          150,
          new Fault.Status(503),
          new Fault.Reset(100),
          new Fault.Truncate(20),
          new Fault.Chunked());
      fixture.remote(server.uri().toString());

      MirrorReport report = fixture.mirror(MirrorFixture.request());

      assertThat(report.upstreams().getFirst().refs().getFirst().after()).contains(commit);
      fixture.ostree.on(fixture.mirror, "fsck");
    }
  }

  @Test
  void damagedObjectsAreNotPublished() throws IOException {
    publish(1);
    try (FaultServer server = FaultServer.start(fixture.upstream)) {
      fixture.remote(server.uri().toString());
      fixture.mirror(MirrorFixture.request());
      String before = fixture.ref("main").orElseThrow();
      byte[] summary = Files.readAllBytes(fixture.mirror.resolve("summary"));
      Checksum commit = publish(2);
      Checksum file = fixture.upstreamFile("main", "usr/lib/d0/f0");
      String path = "/" + fixture.objectPath(file, "filez");
      for (int i = 0; i < 20; i++) {
        server.queue(path, new Fault.WrongByte(30));
      }
      var impatient =
          FetchSettings.DEFAULTS.withRetry(
              new FetchSettings.Retry(0, 1000, Duration.ofSeconds(30)));
      MirrorRequest one = MirrorFixture.request();
      var request =
          new MirrorRequest(
              one.remotes(),
              one.selection(),
              0,
              one.publication(),
              one.verification(),
              one.retention(),
              one.options(),
              impatient);

      assertThatThrownBy(() -> fixture.mirror(request)).hasMessageContaining(file.hex());

      assertThat(fixture.ref("main")).contains(before);
      assertThat(fixture.mirror.resolve("summary")).hasBinaryContent(summary);
      // The server has recovered: what was fetched is kept, the rest comes.
      for (int i = 0; i < 20; i++) {
        server.queue(path, new Fault.None());
      }
      while (!fixture.ref("main").equals(Optional.of(commit.hex()))) {
        try {
          fixture.mirror(request);
        } catch (TreeException e) {
          assertThat(e).hasMessageContaining(file.hex());
        }
      }
      fixture.ostree.on(fixture.mirror, "fsck");
    }
  }

  @Test
  void secondRunAtTheSameTimeIsRefused() throws IOException {
    publish(1);
    fixture.remote("file://" + fixture.upstream);
    try (Repo repo = Repo.open(fixture.mirror);
        MirrorState held = MirrorState.take(repo)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> fixture.mirror(MirrorFixture.request()))
          .hasMessageContaining("Another run is mirroring into");
      // To look is allowed.
      assertThat(fixture.mirror(MirrorFixture.request(Option.DRY_RUN)).dryRun()).isTrue();
    }
  }
}
