package dev.coppice.reposerver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code --deltas}: new commits get deltas, and real clients use them. */
class DeltasTest {
  private static final byte[] NOISE = new byte[200_000];

  private final TempTree temp = TempTree.create();
  private final Path repo = temp.path("repo");
  private final Path description = temp.path("deltas");
  private final RealOstree ostree = RealOstree.require();
  private final List<String> reports = new CopyOnWriteArrayList<>();

  @BeforeEach
  void make() throws IOException {
    new Random(1).nextBytes(NOISE);
    ostree.on(repo, "init", "--mode=archive");
    Files.createDirectories(temp.path("tree"));
  }

  @AfterEach
  void remove() {
    temp.close();
  }

  private String commit(int version) throws IOException {
    NOISE[version]++;
    Files.write(temp.path("tree/noise"), NOISE);
    String tree = temp.path("tree").toString();
    return ostree.on(
        repo, "commit", "-b", "main", "--owner-uid=0", "--owner-gid=0", "--no-xattrs", tree);
  }

  private void describe(String... keys) throws IOException {
    Files.writeString(
        description,
        "[deltas \"os\"]\nrepo=" + repo + "\ncheck-interval=0s\n" + String.join("\n", keys) + "\n");
  }

  private RepoServer serve() throws IOException {
    ServerSettings usual = ServerSettings.simple(repo, TestRepo.ANY_PORT);
    return RepoServer.start(
        new ServerSettings(
            usual.repos(),
            usual.listen(),
            usual.tls(),
            usual.access(),
            usual.log(),
            new ServerSettings.Jobs(Optional.empty(), Optional.of(description)),
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

  @Test
  void newCommitsGetDeltas() throws Exception {
    String first = commit(1);
    describe("last=1", "grace=0");
    try (RepoServer server = serve()) {
      String url = server.addresses().getFirst().toString();
      await("the first run", () -> reports.stream().anyMatch(line -> line.contains("0 made")));
      for (RealOstree client : RealOstree.requireAll()) {
        Path there = temp.path("client-" + client.version());
        client.on(there, "init", "--mode=bare-user-only");
        client.on(there, "remote", "add", "--no-gpg-verify", "up", url);
        client.on(there, "pull", "up", "main");
      }
      String second = commit(2);
      await("the delta", () -> reports.stream().anyMatch(line -> line.contains("1 made")));
      for (RealOstree client : RealOstree.requireAll()) {
        Path there = temp.path("client-" + client.version());
        client.on(there, "pull", "--require-static-deltas", "up", "main");
        assertThat(client.on(there, "rev-parse", "up:main")).isEqualTo(second);
        client.on(there, "fsck", "--quiet");
      }
      String third = commit(3);
      await(
          "the next delta",
          () -> reports.stream().anyMatch(line -> line.contains("1 made, 1 deleted")));
      assertThat(ostree.on(repo, "static-delta", "list").strip()).isEqualTo(second + "-" + third);
      assertThat(first).isNotEqualTo(third);
      Curl curl = Curl.of(server.addresses().getFirst());
      assertThat(curl.get("/-/health").text()).contains("deltas os: ").contains("last success");
      assertThat(curl.get("/-/metrics").text())
          .contains("coppice_deltas_made_total{deltas=\"os\"} 2")
          .contains("coppice_deltas_failures_total{deltas=\"os\"} 0");
    }
    assertThat(reports).noneMatch(line -> line.contains("error"));
  }

  @Test
  void failuresAreToldOfAndServingGoesOn() throws Exception {
    commit(1);
    describe("last=1");
    Path index = Files.createDirectories(repo.resolve("deltas/AA/" + "A".repeat(41)));
    Files.writeString(index.resolve("superblock"), "garbage");
    try (RepoServer server = serve()) {
      await(
          "the failure",
          () ->
              reports.stream()
                  .anyMatch(
                      line ->
                          line.contains("error: deltas os: ") && line.contains("cannot be read")));
      Curl curl = Curl.of(server.addresses().getFirst());
      assertThat(curl.get("/-/health").text()).contains("failures in a row: 1");
      assertThat(curl.get("/refs/heads/main").status()).isEqualTo(200);
    }
  }

  @Test
  void descriptionThatIsNotWellEndsTheStart() throws IOException {
    describe("latest=3");
    assertThatThrownBy(this::serve)
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("latest");
  }
}
