package dev.coppice.cli.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.delta.DeltaName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code deltas}: planned, made, led to, taken away, and pulled by real clients. */
class DeltasCommandsTest {
  private static final String REF = "os/x86_64/base";
  private static final byte[] NOISE = new byte[300_000];

  private final TempTree temp = TempTree.create();
  private final Path repo = temp.path("repo");
  private final RealOstree real = RealOstree.require();
  private final List<String> commits = new ArrayList<>();

  @BeforeEach
  void make() throws IOException {
    new Random(1).nextBytes(NOISE);
    real.on(repo, "init", "--mode=archive");
    Files.createDirectories(temp.path("tree"));
    for (int i = 0; i < 4; i++) {
      commit(i);
    }
  }

  @AfterEach
  void remove() {
    temp.close();
  }

  private void commit(int version) throws IOException {
    NOISE[version * 1000] ^= 1;
    Files.write(temp.path("tree/noise"), NOISE);
    Files.writeString(temp.path("tree/version"), version + "\n");
    String tree = temp.path("tree").toString();
    commits.add(
        real.on(repo, "commit", "-b", REF, "--owner-uid=0", "--owner-gid=0", "--no-xattrs", tree));
  }

  private String delta(int from, int to) {
    return commits.get(from) + "-" + commits.get(to);
  }

  private CliRunner.Result run(String... words) {
    var line = new ArrayList<>(List.of(words));
    line.add("--repo=repo");
    return CliRunner.in(temp.path("")).coppice(line.toArray(String[]::new));
  }

  private List<String> deltas() {
    return real.on(repo, "static-delta", "list").lines().sorted().toList();
  }

  @Test
  void aPlanChangesNothing() {
    CliRunner.Result plan = run("deltas", "plan", "--last=2", "--from-scratch");

    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .containsPattern("make +~.* os/x86_64/base, 1 version behind")
        .containsPattern("make +~.* os/x86_64/base, from scratch")
        .contains("Space of all deltas: ~");
    assertThat(repo.resolve("deltas")).doesNotExist();
    assertThat(repo.resolve("summary")).doesNotExist();
  }

  @Test
  void clientsFollowFromVersionToVersion() throws IOException {
    assertThat(run("deltas", "publish", "--last=2", "--grace=0").code()).isZero();
    assertThat(deltas()).containsExactlyInAnyOrder(delta(2, 3), delta(1, 3));
    List<Path> clients = new ArrayList<>();
    for (RealOstree client : RealOstree.requireAll()) {
      Path there = temp.path("client-" + client.version());
      clients.add(there);
      client.on(there, "init", "--mode=bare-user");
      client.on(there, "remote", "add", "--no-gpg-verify", "up", "file://" + repo);
      client.on(there, "pull", "up", REF + "@" + commits.get(1));
      client.on(there, "pull", "--require-static-deltas", "up", REF);
      client.on(there, "fsck");
    }

    commit(4);
    CliRunner.Result next = run("deltas", "publish", "--last=2", "--grace=0", "--json");

    assertThat(next.out()).contains("\"drop\"", delta(3, 4));
    assertThat(deltas()).containsExactlyInAnyOrder(delta(3, 4), delta(2, 4));
    String summary = real.on(repo, "summary", "-v");
    assertThat(summary).contains(delta(3, 4), delta(2, 4)).doesNotContain(delta(1, 3));
    for (RealOstree client : RealOstree.requireAll()) {
      Path there = temp.path("client-" + client.version());
      client.on(there, "pull", "--require-static-deltas", "up", REF);
      assertThat(client.on(there, "rev-parse", "up:" + REF)).isEqualTo(commits.get(4));
      client.on(there, "fsck");
    }
    assertThat(run("deltas", "publish", "--last=2", "--grace=0", "--unchanged-exit-77").code())
        .isEqualTo(77);
  }

  @Test
  void oldDeltasStayForAGraceTime() throws IOException {
    assertThat(run("deltas", "publish", "--last=1").code()).isZero();
    commit(4);

    assertThat(run("deltas", "publish", "--last=1").code()).isZero();

    assertThat(deltas()).containsExactlyInAnyOrder(delta(2, 3), delta(3, 4));
  }

  @Test
  void aBudgetIsKeptEvenWhereEstimatesAreWrong() throws IOException {
    // Content that no delta makes smaller: it is estimated to half of what it takes.
    new Random(2).nextBytes(NOISE);
    byte[] large = new byte[1_500_000];
    new Random(3).nextBytes(large);
    Files.write(temp.path("tree/large"), large);
    commit(4);

    CliRunner.Result result = run("deltas", "publish", "--last=1", "--budget=1MB", "--grace=0");

    assertThat(result.out()).contains("over the budget");
    assertThat(repo.resolve("deltas"))
        .satisfiesAnyOf(
            directory -> assertThat(directory).doesNotExist(),
            directory -> assertThat(deltas()).containsExactly("(No static deltas)"));
  }

  @Test
  void logsTellWhatClientsUse() throws IOException {
    String superblock = DeltaName.parse(delta(0, 2)).superblock();
    String line = "::1 - - [01/Mar/2026:10:00:00 +0000] \"GET /%s HTTP/1.1\" 200 99%n";
    Files.writeString(temp.path("log"), line.formatted(superblock).repeat(500));

    CliRunner.Result plan = run("deltas", "plan", "--access-log=log");

    // Most were two versions behind.
    assertThat(plan.lines().get(1)).contains("9").contains("os/x86_64/base, 2 versions behind");
  }

  @Test
  void mistakesAreTold() {
    assertThat(run("deltas", "plan", "--budget=lots").err()).contains("--budget");
    assertThat(run("deltas", "plan", "--grace=soon").err()).contains("--grace");
    assertThat(run("deltas", "plan", "--channel=a").err()).contains("[input-invalid]");
    assertThat(run("deltas", "plan", "--last=-1").err()).contains("[input-invalid]");
    assertThat(run("deltas", "publish", "--sign-deltas").err()).contains("--sign-deltas needs");
    assertThat(run("deltas", "plan", "--access-log=nothing").code()).isEqualTo(1);
  }
}
