package dev.coppice.core.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.testdata.DirSnapshot;
import dev.coppice.testdata.Jvm;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills a process that checks out at random moments. The repository stays as it was, the next
 * checkout works, and what is left in the repository goes away in time.
 */
@Tag("kill")
class CheckoutKillTest {
  /** Kills of one mode; the property raises it for a long run. */
  private static final int ROUNDS = Integer.getInteger("coppice.kill.rounds", 3);

  private static final int LONGEST_MILLIS = 700;

  static final CheckoutOptions OPTIONS =
      CheckoutOptions.DEFAULT.with(CheckoutMode.USER).with(CheckoutFlag.UNCOMPRESSED_CACHE);

  private final RealOstree real = RealOstree.require();
  private final TempTree temp = TempTree.create();
  private final Path path = temp.path("repo");

  @AfterEach
  void removeFiles() {
    temp.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "bare-user", "archive"})
  void theRepositoryStaysAsItWas(String mode) throws Exception {
    var source = temp.tree("source").symlink("usr/link", "d0");
    for (int i = 0; i < 600; i++) {
      source.randomFile("usr/d" + i % 20 + "/f" + i, 10_000, i);
    }
    source.randomFile("usr/large", 2 << 20, 1);
    real.run("--repo=" + path, "init", "--mode=" + mode).ok();
    real.on(path, "commit", "-b", "tree", source.root().toString());
    real.on(path, "checkout", "-U", "--disable-cache", "tree", temp.path("real").toString());
    DirSnapshot expected = DirSnapshot.of(temp.path("real"));
    List<String> before = DirSnapshot.of(path.resolve("objects")).lines();
    long seed = Long.getLong("coppice.kill.seed", System.nanoTime());
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String place = "seed " + seed + ", round " + round;
      kill(Files.createDirectory(temp.path("killed" + round)), random);
      assertThat(DirSnapshot.of(path.resolve("objects")).lines()).as(place).isEqualTo(before);
      Path after = temp.path("after" + round);
      try (Repo repo = Repo.open(path)) {
        Checkout.run(repo, CheckoutRequest.of(repo.resolve("tree"), after, OPTIONS));
      }
      assertThat(DirSnapshot.of(after)).as(place).isEqualTo(expected);
      TempTree.delete(after);
    }
    real.on(path, "fsck", "--quiet");
    // The real tool finds the same files, also in a cache that was filled between the kills.
    real.on(path, "checkout", "-U", "tree", temp.path("cached").toString());
    assertThat(DirSnapshot.of(temp.path("cached"))).isEqualTo(expected);
  }

  private void kill(Path destination, Random random) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Jvm.command(
                    List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                    CheckoutLoop.class,
                    path.toString(),
                    destination.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.getInputStream().read()).isEqualTo('r');
    Thread.sleep(random.nextInt(LONGEST_MILLIS));
    assertThat(process.isAlive()).as("it must not have failed by itself").isTrue();
    process.destroyForcibly().waitFor();
  }

  @Test
  void theNextTransactionRemovesWhatADeadCheckoutLeft() throws IOException {
    real.run("--repo=" + path, "init", "--mode=archive").ok();
    Path old = abandoned("checkout-0000000000000001");
    Path young = abandoned("checkout-0000000000000002");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    try (Repo repo = Repo.open(path);
        Transaction transaction = repo.begin()) {
      transaction.publish(List.of());
    }
    assertThat(old).doesNotExist();
    // It may belong to a process that still runs.
    assertThat(young).exists();
    real.on(path, "config", "set", "core.tmp-expiry-secs", "0");
    Files.setLastModifiedTime(young, FileTime.from(Instant.now().minusSeconds(10)));
    try (Repo repo = Repo.open(path);
        Transaction transaction = repo.begin()) {
      transaction.publish(List.of());
    }
    assertThat(young).doesNotExist();
  }

  /** As a killed process leaves it: {@code tmp/checkout-X/3f/….file}, made by {@link Checkout}. */
  private Path abandoned(String name) throws IOException {
    Path directory = Files.createDirectories(path.resolve("tmp").resolve(name));
    Files.createDirectory(directory.resolve("3f"));
    Files.writeString(directory.resolve("3f/" + "0".repeat(62) + ".file"), "half");
    return directory;
  }
}
