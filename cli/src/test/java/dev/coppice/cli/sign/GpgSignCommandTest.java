package dev.coppice.cli.sign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.cli.SideBySide;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenPGP signatures of commits and summaries, made by either tool and read by both. */
class GpgSignCommandTest {
  private static final String ALICE = "alice@example.org";
  private static final String BOB = "bob@example.org";

  private final TempTree temp = TempTree.create();
  private final CliRunner ours = CliRunner.in(temp.path(""));
  private Gpg gpg;
  private String home;

  @BeforeEach
  void make() throws IOException {
    gpg = Gpg.require();
    home = "--gpg-homedir=" + gpg.home();
    gpg.key("Alice (release) <alice@example.org>");
    gpg.key("Bob <bob@example.org>", "rsa2048", "never");
    Files.createDirectories(temp.path("rings"));
    Files.write(temp.path("rings/all.gpg"), gpg.export());
    Files.createDirectories(temp.path("tree"));
    Files.writeString(temp.path("tree/file"), "content");
    run("init", "--repo=repo", "--mode=archive");
    run("commit", "--repo=repo", "-b", "main", "--timestamp=@1", "tree");
  }

  @AfterEach
  void remove() {
    gpg.close();
    temp.close();
  }

  private CliRunner.Result run(String... words) {
    CliRunner.Result result = ours.ostree(words);
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  @Test
  void bothToolsReadWhatBothSign() {
    run("gpg-sign", "--repo=repo", home, "main", ALICE);
    RealOstree.require().on(temp.path("repo"), "gpg-sign", home, "main", BOB);
    String report = run("show", "--repo=repo", "--gpg-homedir=" + temp.path("rings"), "main").out();
    assertThat(report)
        .contains("Found 2 signatures:")
        .contains("Good signature from \"Alice <alice@example.org>\"", "Good signature from \"Bob");
    for (RealOstree real : RealOstree.requireAll()) {
      Programs.Result theirs =
          real.run(
              "show", "--repo=" + temp.path("repo"), "--gpg-homedir=" + temp.path("rings"), "main");
      assertThat(theirs.ok().out()).isEqualTo(report);
    }
    // gpg's own directory has a keybox, which is read here.
    assertThat(run("show", "--repo=repo", home, "main").out()).isEqualTo(report);
  }

  @Test
  void saysWhatOstreeSays() throws IOException {
    List<String> lines =
        SideBySide.lines(
                """
                gpg-sign --repo=repo
                gpg-sign --repo=repo main
                gpg-sign --repo=repo nothing {alice}
                gpg-sign --repo=repo {home} main nobody@example.org
                gpg-sign --repo=repo {rings} main {alice}
                gpg-sign --repo=repo {home} main example.org
                gpg-sign --repo=repo --delete main {alice}
                commit --repo=repo -b x {home} --gpg-sign=nobody@example.org tree
                """)
            .toList();
    Map<String, String> values =
        Map.of("alice", ALICE, "home", home, "rings", "--gpg-homedir=" + temp.path("rings"));
    for (RealOstree real : RealOstree.requireAll()) {
      var beside = new SideBySide(real, temp.path(""), temp.path(""), values);
      SoftAssertions.assertSoftly(
          softly -> lines.forEach(line -> softly.check(() -> beside.check(line))));
    }
    assertThat(run("refs", "--repo=repo").out()).isEqualTo("main\n");
    CliRunner.Result summary =
        ours.ostree("summary", "--repo=repo", "-u", home, "--gpg-sign=nobody@example.org");
    assertThat(summary.err()).contains("error: No gpg key found with ID nobody@example.org");
    assertThat(temp.path("repo/summary")).doesNotExist();
  }

  @Test
  void aCommitIsSignedOnceByAKey() {
    run("gpg-sign", "--repo=repo", home, "main", ALICE);
    for (String[] keys :
        new String[][] {{ALICE}, {BOB, ALICE}, {BOB, BOB}, {gpg.fingerprints(ALICE).getFirst()}}) {
      String[] words = {"gpg-sign", "--repo=repo", home, "main", keys[0], keys[keys.length - 1]};
      CliRunner.Result again = ours.ostree(words);
      assertThat(again.code()).isEqualTo(1);
      assertThat(again.err()).contains("error: Commit is already signed with GPG key");
    }
    assertThat(run("show", "--repo=repo", "main").out()).contains("Found 1 signature:");
  }

  @Test
  void aSubkeyCanBeNamed() {
    String primary = gpg.fingerprints(ALICE).getFirst();
    String subkey = gpg.subkey(primary, "ed25519", "sign", "never");
    String newer = gpg.subkey(primary, "ed25519", "sign", "never");
    assertThat(newer).isNotEqualTo(subkey);
    run("gpg-sign", "--repo=repo", home, "main", subkey + "!");
    assertThat(run("show", "--repo=repo", home, "main").out())
        .contains("key ID " + subkey.substring(24), "Primary key ID " + primary.substring(24));
  }

  @Test
  void deletesTheSignaturesOfKeys() {
    run("gpg-sign", "--repo=repo", home, "main", ALICE, BOB);
    assertThat(run("gpg-sign", "--repo=repo", "-d", "main", "nobody").out())
        .isEqualTo("Signatures deleted: 0\n");
    assertThat(run("gpg-sign", "--repo=repo", "--delete", home, "main", "Alice").out())
        .as("a word of the user id of a key that is known")
        .isEqualTo("Signatures deleted: 1\n");
    assertThat(run("show", "--repo=repo", home, "main").out())
        .contains("Found 1 signature:", "Bob");
    String fingerprint = gpg.fingerprints(BOB).getFirst();
    assertThat(run("gpg-sign", "--repo=repo", "-d", "main", "0x" + fingerprint.substring(24)).out())
        .as("the key id in the signature, of a key that is not known")
        .isEqualTo("Signatures deleted: 1\n");
    assertThat(run("show", "--repo=repo", home, "main").out()).doesNotContain("Found");
    for (RealOstree real : RealOstree.requireAll()) {
      assertThat(real.on(temp.path("repo"), "show", "main")).doesNotContain("Found");
    }
  }

  @Test
  void commitsAreSignedAsTheyAreMade() {
    run("commit", "--repo=repo", "-b", "signed", home, "--gpg-sign=" + ALICE, "tree");
    for (RealOstree real : RealOstree.requireAll()) {
      assertThat(
              real.on(temp.path("repo"), "show", "--gpg-homedir=" + temp.path("rings"), "signed"))
          .contains("Good signature from \"Alice <alice@example.org>\"");
    }
  }

  @Test
  void summariesAreSigned() throws IOException {
    run("config", "--repo=repo", "set", "core.collection-id", "org.example.Own");
    run("summary", "--repo=repo", "-u", home, "--gpg-sign=" + ALICE, "--gpg-sign=" + BOB);
    String rings = "--gpg-homedir=" + temp.path("rings");
    String report = run("summary", "--repo=repo", "--view", rings).out();
    assertThat(report).contains("Found 2 signatures on the summary:", "Good signature from \"Bob");
    assertThat(run("show", "--repo=repo", rings, "ostree-metadata").out()).contains("Found 2");
    for (RealOstree real : RealOstree.requireAll()) {
      if (real.atLeast(2026, 3)) {
        assertThat(real.run("summary", "--repo=" + temp.path("repo"), "--view", rings).ok().out())
            .isEqualTo(report);
      }
      // A client that trusts Bob takes the summary, one that trusts nobody does not.
      String client = "client-" + Pattern.compile("\\W").matcher(real.version()).replaceAll("-");
      real.on(temp.path(client), "init", "--mode=archive");
      String[] add = {
        "remote", "add", "--set=gpg-verify-summary=true", "up", "file://" + temp.path("repo")
      };
      real.on(temp.path(client), add);
      Files.write(temp.path("bob.gpg"), gpg.export(BOB));
      String[] pull = {"pull", "--repo=" + temp.path(client), "up", "ostree-metadata"};
      assertThat(real.run(pull).exit()).isEqualTo(1);
      real.on(
          temp.path(client), "remote", "gpg-import", "up", "-k", temp.path("bob.gpg").toString());
      assertThat(real.run(pull).exit()).as(real.toString()).isZero();
    }
    run("summary", "--repo=repo", "-u");
    assertThat(run("summary", "--repo=repo", "--view").out()).endsWith("Summary is unsigned\n");
  }

  @Test
  void theSummaryOfOstreeIsReported() throws IOException {
    for (RealOstree real : RealOstree.requireAll()) {
      real.on(temp.path("repo"), "summary", "-u", home, "--gpg-sign=" + ALICE);
      CliRunner.Result unknown = run("summary", "--repo=repo", "--view");
      assertThat(unknown.out()).contains("Found 1 signature on the summary:", "not found");
      assertThat(unknown.err()).contains("Unknown key");
      if (real.atLeast(2026, 3)) {
        assertThat(unknown.out())
            .isEqualTo(real.run("summary", "--repo=" + temp.path("repo"), "--view").ok().out());
      }
      Files.write(temp.path("repo/any.trustedkeys.gpg"), gpg.export(ALICE));
      assertThat(run("summary", "--repo=repo", "--view").out()).contains("Good signature");
      Files.delete(temp.path("repo/any.trustedkeys.gpg"));
    }
  }

  @Test
  void theKeysOfOneRemoteCount() throws IOException {
    run("gpg-sign", "--repo=repo", home, "main", ALICE);
    run("remote", "add", "--repo=repo", "one", "http://x");
    run("remote", "add", "--repo=repo", "two", "http://x");
    Files.write(temp.path("repo/one.trustedkeys.gpg"), gpg.export(ALICE));
    Files.write(temp.path("repo/two.trustedkeys.gpg"), gpg.export(BOB));
    assertThat(run("show", "--repo=repo", "main").out()).contains("Good signature");
    assertThat(run("show", "--repo=repo", "--gpg-verify-remote=one", "main").out())
        .contains("Good signature");
    CliRunner.Result two = run("show", "--repo=repo", "--gpg-verify-remote=two", "main");
    assertThat(two.out()).contains("public key not found");
    for (RealOstree real : RealOstree.requireAll()) {
      for (String line :
          List.of(
              "show --repo=repo main",
              "show --repo=repo --gpg-verify-remote=one main",
              "show --repo=repo --gpg-verify-remote=two main",
              "show --repo=repo --gpg-verify-remote=three main")) {
        new SideBySide(real, temp.path(""), temp.path(""), Map.of()).check(line);
      }
    }
    assertThat(run("show", "--repo=repo", "--json", "main").out())
        .contains("\"status\": \"good\"", "\"user-id\": \"Alice (release) <alice@example.org>\"");
  }
}
