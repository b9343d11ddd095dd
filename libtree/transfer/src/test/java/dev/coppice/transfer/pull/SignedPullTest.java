package dev.coppice.transfer.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.pull.PullRequest.Scope;
import dev.coppice.transfer.pull.PullRequest.Wanted;
import dev.coppice.transfer.remote.RemoteAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Repositories that the real tool signed, and what an attacker can make of them: each is refused
 * with the code and the words that tell why, the real tools refuse it as well, and nothing is left
 * behind.
 */
class SignedPullTest {
  private final List<PullEvent.Verified> verified = new ArrayList<>();
  private Gpg gpg;
  private TempTree temp;
  private SignedSource source;

  @BeforeEach
  void setUp() {
    RealOstree ostree = RealOstree.require();
    gpg = Gpg.require();
    temp = TempTree.create();
    source = new SignedSource(ostree, gpg, temp);
  }

  @AfterEach
  void tearDown() {
    if (temp != null) {
      gpg.close();
      temp.close();
    }
  }

  private static RealOstree newest() {
    return RealOstree.findNew().orElseGet(RealOstree::require);
  }

  /** A client whose remote {@code up} has these settings, and Alice's key. */
  private Path client(String name, String settings) throws IOException {
    Path path = temp.path(name);
    RealOstree.require().on(path, "init", "--mode=archive");
    Files.writeString(
        path.resolve("config"),
        "[core]\nrepo_version=1\nmode=archive-z2\n[remote \"up\"]\nurl=file://"
            + source.path
            + "\n"
            + settings);
    Files.write(path.resolve("up.trustedkeys.gpg"), gpg.export(source.alice));
    return path;
  }

  /** Pulls from the remote {@code up} as if it were far away. */
  private void pull(Path client, String... refs) throws IOException {
    try (Repo repo = Repo.open(client)) {
      Remotes remotes = Remotes.of(repo);
      var trusts = RemoteTrusts.of(remotes, "up");
      var access =
          RemoteAccess.open(repo, remotes, "up", RemoteAccess.Overrides.NONE, trusts.summary());
      try (var origin = new RemoteOrigin(access, trusts.commits())) {
        run(repo, origin, refs);
      }
    }
  }

  /** Pulls from the remote {@code up} as the directory that it is. */
  private void pullLocal(Path client, String... refs) throws IOException {
    try (Repo repo = Repo.open(client);
        Repo from = Repo.open(source.path)) {
      var trusts = RemoteTrusts.of(Remotes.of(repo), "up");
      run(
          repo,
          new LocalOrigin(
              from, Optional.of(RemoteName.of("up")), trusts.commits(), trusts.summary()),
          refs);
    }
  }

  private void run(Repo repo, Origin origin, String... refs) throws IOException {
    var request =
        new PullRequest(
            Stream.of(refs).map(Wanted::parse).toList(),
            Scope.COMMITS,
            Set.of(),
            List.of(),
            FsyncPolicy.NONE);
    new Pull(repo, origin)
        .run(
            request,
            event -> {
              if (event instanceof PullEvent.Verified seen) {
                verified.add(seen);
              }
            });
  }

  /** Objects, marks, refs: all that a refused pull must not add to. */
  private static List<String> content(Path client) throws IOException {
    try (Stream<Path> files = Files.walk(client)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> client.relativize(file).toString())
          .filter(name -> !name.endsWith("lock") && !name.startsWith("tmp/cache/summaries/"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void attacksAreRefusedAndLeaveNothing(SignatureAttack attack) throws IOException {
    attack.tamper(source);
    Path client = client("client", attack.settings(source));
    List<String> before = content(client);

    for (boolean local : new boolean[] {false, true}) {
      var failure =
          catchThrowableOfType(
              TreeException.class,
              () -> {
                if (local) {
                  pullLocal(client, "main");
                } else {
                  pull(client, "main");
                }
              });
      assertThat(failure).as("local %s", local).isNotNull();
      assertThat(failure.code()).isEqualTo(attack.code);
      assertThat(failure).hasMessageContaining(attack.words);
      assertThat(failure.nextStep()).isNotEmpty();
      assertThat(content(client)).isEqualTo(before);
    }
    RealOstree real = newest();
    Path theirs = client("theirs", attack.settings(source));
    Programs.Result result = real.run("pull", "--repo=" + theirs, "up", "main");
    assertThat(result.exit()).as(result.toString()).isNotZero();
    boolean sameTypes = !attack.name().contains("25519") || SignedSource.knowsEd25519(real);
    if (real.atLeast(2024, 1) && sameTypes) {
      assertThat(result.err()).contains(attack.words);
    }
  }

  @Test
  void whatIsSignedAsDemandedComesIn() throws IOException {
    source.sign("main", source.ed25519);
    source.summary(source.byAlice());
    Path client =
        client(
            "client",
            SignedSource.SUMMARIES
                + "sign-verify=true\nverification-ed25519-key="
                + source.ed25519.open()
                + "\n");
    pull(client, "main");
    assertThat(verified).hasSize(1);
    assertThat(verified.getFirst().lines())
        .startsWith("GPG: Verification enabled, found 1 signature:", "")
        .contains("  Good signature from \"Alice <alice@example.org>\"")
        .anySatisfy(line -> assertThat(line).contains("ed25519: Signature verified successfully"));
    try (Repo repo = Repo.open(client)) {
      assertThat(repo.resolve("up:main").hex()).isEqualTo(source.head("main"));
    }
    RealOstree real = newest();
    real.on(client, "fsck");
    if (SignedSource.knowsEd25519(real)) {
      real.on(client, "pull", "up", "main");
    }
  }

  @Test
  void aSummaryThatWasReplacedByAnOlderOneIsRefused() throws IOException {
    Path kept = source.keepSummary();
    Path client = client("client", SignedSource.SUMMARIES);
    pull(client, "main");
    waitForTheNextSecond();
    source.commit("main", "a security fix", source.byAlice());
    source.summary(source.byAlice());
    String fixed = source.head("main");
    pull(client, "main");
    List<String> before = content(client);

    source.restore(kept);

    assertThatThrownBy(() -> pull(client, "main"))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SUMMARY_OLDER));
    assertThat(content(client)).isEqualTo(before);
    try (Repo repo = Repo.open(client)) {
      assertThat(repo.resolve("up:main").hex()).isEqualTo(fixed);
    }
    // Whoever knows that the publisher went back can say so.
    Files.delete(client.resolve("tmp/cache/summaries/up"));
    pull(client, "main");
    try (Repo repo = Repo.open(client)) {
      assertThat(repo.resolve("up:main").hex()).isNotEqualTo(fixed);
    }
  }

  /** Summaries have times of whole seconds. */
  private static void waitForTheNextSecond() {
    long second = System.currentTimeMillis() / 1000;
    while (System.currentTimeMillis() / 1000 == second) {
      Thread.onSpinWait();
    }
  }

  @Test
  void signaturesThatWereAddedLaterAreFetched() throws IOException {
    Path client = client("client", "gpg-verify=false\n");
    pull(client, "bare");
    RealOstree.require().on(client, "config", "set", "remote \"up\".gpg-verify", "true");
    assertThatThrownBy(() -> pull(client, "bare"))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SIGNATURE_MISSING));

    RealOstree.require()
        .on(source.path, "gpg-sign", "--gpg-homedir=" + gpg.home(), "bare", source.alice);
    pull(client, "bare");

    assertThat(verified).hasSize(1);
    assertThat(Files.readAllBytes(source.signatures("bare")))
        .isEqualTo(
            Files.readAllBytes(client.resolve(source.path.relativize(source.signatures("bare")))));
  }

  @Test
  void oldSignaturesAreKeptWhenNewOnesAreBad() throws IOException {
    Path client = client("client", SignedSource.COMMITS);
    pull(client, "main");
    Path kept = client.resolve(source.path.relativize(source.signatures("main")));
    byte[] good = Files.readAllBytes(kept);
    source.swapSignatures("other", "main");

    assertThatThrownBy(() -> pull(client, "main")).isInstanceOf(TreeException.class);
    assertThat(Files.readAllBytes(kept)).isEqualTo(good);
  }

  @Test
  void aKeyThatIsDemandedMustBeThere() throws IOException {
    Path client = client("client", "gpg-verify=false\nsign-verify=ed25519\n");
    assertThatThrownBy(() -> pull(client, "main"))
        .hasMessageContaining("No keys found for required signapi type ed25519");
    Programs.Result result = newest().run("pull", "--repo=" + client, "up", "main");
    assertThat(result.exit()).isNotZero();
    if (SignedSource.knowsEd25519(newest())) {
      assertThat(result.err()).contains("No keys found for required signapi type ed25519");
    }
  }

  @Test
  void keysOfTheConfigurationAndOfTheSystem() throws IOException {
    Path keys = Files.createDirectory(temp.path("keys"));
    Files.write(keys.resolve("alice.asc"), gpg.exportArmored(source.alice));
    Path system = Files.createDirectory(temp.path("system"));
    Files.write(system.resolve("alice.gpg"), gpg.export(source.alice));
    for (String path : List.of(keys.toString(), keys + "/alice.asc", "")) {
      String name = "client" + path.length();
      Path client = client(name, path.isEmpty() ? "" : "gpgkeypath=" + path + "\n");
      Files.delete(client.resolve("up.trustedkeys.gpg"));
      String home = path.isEmpty() ? system.toString() : temp.path("none").toString();
      var places = new KeyPlaces(temp.path("root"), Map.of("OSTREE_GPG_HOME", home));
      try (Repo repo = Repo.open(client);
          Repo from = Repo.open(source.path)) {
        Checksum main = Checksum.ofHex(source.head("main"));
        byte[] commit = from.objects().load(ObjectName.commit(main));
        var trust = RemoteTrusts.of(Remotes.of(repo), "up", places).commits();
        assertThat(trust.verify(main, commit, from.loadDetachedMetadata(main))).isNotEmpty();
        assertThatThrownBy(() -> trust.verify(main, commit, Optional.empty()))
            .hasMessageContaining("no signatures found");
      }
      Programs.Result result =
          newest().run(Map.of("OSTREE_GPG_HOME", home), "pull", "--repo=" + client, "up", "main");
      assertThat(result.exit()).as(result.toString()).isZero();
    }
  }
}
