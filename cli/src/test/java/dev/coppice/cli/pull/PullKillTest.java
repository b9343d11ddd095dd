package dev.coppice.cli.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.Main;
import dev.coppice.testdata.Jvm;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.http.Fault;
import dev.coppice.testdata.http.FaultServer;
import dev.coppice.testdata.http.ReceivedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills a process that pulls at random moments. The next pull asks for nothing that was whole, what
 * it ends with is whole, and so is the repository at every moment between.
 */
@Tag("kill")
class PullKillTest {
  /** Kills of one mode; the property raises it for a long run. */
  private static final int ROUNDS = Integer.getInteger("coppice.kill.rounds", 5);

  private static final int FILES = 300;

  /** Requests after which a process is killed at the latest: a fraction of a pull. */
  private static final int MOST_REQUESTS = 160;

  private RealOstree ostree;
  private TempTree temp;
  private Path source;
  private String commit;

  @BeforeEach
  void create() {
    ostree = RealOstree.require();
    temp = TempTree.create();
    source = temp.path("source");
    var tree = temp.tree("tree");
    for (int i = 0; i < FILES; i++) {
      tree.randomFile("usr/d" + i % 30 + "/f" + i, 3000, i);
    }
    tree.randomFile("usr/large", 1 << 20, FILES);
    ostree.on(source, "init", "--mode=archive");
    commit = ostree.on(source, "commit", "-b", "main", temp.path("tree").toString());
    ostree.on(source, "summary", "-u");
  }

  @AfterEach
  void removeFiles() {
    temp.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"archive", "bare-user"})
  void nothingThatWasWholeIsAskedForAgain(String mode) throws Exception {
    long seed = Long.getLong("coppice.kill.seed", System.nanoTime());
    var random = new Random(seed);
    Path repo = fresh(mode, 0);
    Set<String> whole = new HashSet<>();
    int kept = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      String place = "seed " + seed + ", round " + round;
      Set<String> asked = pull(repo, 1 + random.nextInt(MOST_REQUESTS));
      asked.retainAll(whole);
      assertThat(asked).as(place).isEmpty();
      ostree.on(repo, "fsck", "--quiet");
      if (Files.exists(repo.resolve("refs/remotes/r/main"))) {
        check(repo);
        repo = fresh(mode, round);
        whole.clear();
      } else {
        whole = whole(repo);
        kept += whole.size();
      }
    }
    assertThat(kept).as("objects that were whole").isPositive();
    Set<String> asked = pull(repo, Integer.MAX_VALUE);
    asked.retainAll(whole);
    assertThat(asked).isEmpty();
    check(repo);
  }

  private Path fresh(String mode, int number) {
    Path repo = temp.path("repo-" + number);
    ostree.on(repo, "init", "--mode=" + mode);
    ostree.on(repo, "config", "set", "core.fsync", "false");
    return repo;
  }

  private void check(Path repo) throws IOException {
    assertThat(ostree.on(repo, "rev-parse", "r:main")).isEqualTo(commit);
    ostree.on(repo, "fsck", "--quiet");
    assertThat(repo.resolve("state").resolve(commit + ".commitpartial")).doesNotExist();
    assertThat(staging(repo)).isEmpty();
  }

  /** Pulls and kills; returns the objects that were asked for. */
  private Set<String> pull(Path repo, int requests) throws IOException, InterruptedException {
    try (FaultServer server = FaultServer.start(source)) {
      server.always(new Fault.Delay(Duration.ofMillis(4)));
      ostree.on(repo, "remote", "add", "--force", "--no-gpg-verify", "r", server.uri().toString());
      Process process =
          new ProcessBuilder(
                  Jvm.command(
                      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                      Main.class,
                      "--repo=" + repo,
                      "pull",
                      "r",
                      "main"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      while (process.isAlive() && server.requests().size() < requests) {
        Thread.sleep(1);
      }
      if (process.isAlive()) {
        process.destroyForcibly();
      } else {
        assertThat(process.exitValue()).isZero();
      }
      process.waitFor();
      return server.requests().stream()
          .map(ReceivedRequest::path)
          .filter(path -> path.startsWith("/objects/"))
          .map(path -> path.substring("/objects/".length()).replace(".filez", ".file"))
          .collect(Collectors.toSet());
    }
  }

  /** Objects that a killed process has left whole: published, named, or written down. */
  private static Set<String> whole(Path repo) throws IOException {
    Set<String> found = new HashSet<>(objects(repo.resolve("objects")));
    for (Path staging : staging(repo)) {
      found.addAll(objects(staging));
      Path journal = staging.resolve("journal");
      if (Files.exists(journal)) {
        Files.readAllLines(journal).forEach(line -> found.add(line.split(" ", 2)[1]));
      }
    }
    return found.stream().map(name -> name.replace(".filez", ".file")).collect(Collectors.toSet());
  }

  private static List<Path> staging(Path repo) throws IOException {
    try (Stream<Path> tmp = Files.list(repo.resolve("tmp"))) {
      return tmp.filter(path -> path.getFileName().toString().startsWith("staging-"))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private static List<String> objects(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.map(path -> directory.relativize(path).toString())
          .filter(path -> path.matches("[0-9a-f]{2}/[0-9a-f]{62}\\..*"))
          .toList();
    }
  }
}
