package dev.coppice.cli.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keyrings of remotes: written here and read by the real tool, and the other way round. */
class RemoteGpgKeysTest {
  private static final List<String> PAST = List.of("--faked-system-time", "20240101T000000!");

  private final TempTree temp = TempTree.create();
  private Gpg gpg;

  @BeforeEach
  void make() {
    gpg = Gpg.require();
  }

  @AfterEach
  void remove() {
    gpg.close();
    temp.close();
  }

  @Test
  void keyringsOfEitherToolAreReadByBoth() throws IOException {
    String alice = gpg.key("Alice (release) <alice@example.org>", "rsa2048", "2y");
    gpg.subkey(alice, "ed25519", "sign", "1y");
    gpg.subkey(alice, "cv25519", "encr", "never");
    gpg.key("Bob Ümlaut <Bob.Upper+tag@Example.ORG>", "nistp256", "never");
    gpg.key("nobody", "ed25519", "never");
    Files.write(temp.path("all.gpg"), gpg.export());
    Files.write(temp.path("all.asc"), gpg.exportArmored());

    for (RealOstree real : RealOstree.requireAll()) {
      CliRunner ours = CliRunner.in(temp.path(""));
      repository(real, "a");
      repository(real, "b");
      assertThat(real.on(temp.path("a"), "remote", "gpg-import", "up", "-k", at("all.gpg")))
          .isEqualTo("Imported 3 GPG keys to remote \"up\"");
      assertThat(ours.ostree("remote", "gpg-import", "--repo=b", "up", "--keyring=all.asc").out())
          .isEqualTo("Imported 3 GPG keys to remote \"up\"\n");
      String listed = ours.ostree("remote", "gpg-list-keys", "--repo=b", "up").out();
      assertThat(listed).contains("Subkey:", "Direct update URL: https://example.org/");
      for (String repo : List.of("a", "b")) {
        assertThat(ours.ostree("remote", "gpg-list-keys", "--repo=" + repo, "up").out())
            .isEqualTo(listed);
        if (real.atLeast(2022, 1)) {
          assertThat(real.run("remote", "gpg-list-keys", "--repo=" + at(repo), "up").ok().out())
              .as(real + " " + repo)
              .isEqualTo(listed);
        }
      }
      // Importing again adds nothing, with either tool on the other's file.
      assertThat(real.on(temp.path("b"), "remote", "gpg-import", "up", "-k", at("all.gpg")))
          .isEqualTo("Imported 0 GPG keys to remote \"up\"");
      assertThat(ours.ostree("remote", "gpg-import", "--repo=a", "up", "-k", "all.gpg").out())
          .isEqualTo("Imported 0 GPG keys to remote \"up\"\n");
    }
  }

  @Test
  void statesOfKeys() throws IOException {
    gpg.run(
            PAST.get(0),
            PAST.get(1),
            "--quick-generate-key",
            "Old <o@example.org>",
            "ed25519",
            "sign",
            "1y")
        .ok();
    String old = gpg.fingerprints("o@example.org").getFirst();
    gpg.run(PAST.get(0), PAST.get(1), "--quick-add-key", old, "ed25519", "sign", "never").ok();
    gpg.run(PAST.get(0), PAST.get(1), "--quick-add-key", old, "ed25519", "sign", "2w").ok();
    String gone = gpg.key("Gone <gone@example.org>");
    gpg.subkey(gone, "ed25519", "sign", "never");
    gpg.revoke(gone);
    String many = gpg.key("First <first@example.org>");
    gpg.run("--quick-add-uid", many, "Second <second@example.org>").ok();
    gpg.run("--quick-add-uid", many, "Third <third@example.org>").ok();
    gpg.run("--quick-set-primary-uid", many, "Second <second@example.org>").ok();
    gpg.run("--quick-revoke-uid", many, "Third <third@example.org>").ok();
    String lost = gpg.key("Lost subkey <lost@example.org>");
    gpg.subkey(lost, "ed25519", "sign", "never");
    gpg.edit(lost, "key 1", "revkey", "y", "0", "", "y", "save");
    Files.write(temp.path("keys.gpg"), gpg.export());

    for (RealOstree real : RealOstree.requireAll()) {
      repository(real, "a");
      CliRunner ours = CliRunner.in(temp.path(""));
      ours.ostree("remote", "gpg-import", "--repo=a", "up", "-k", "keys.gpg");
      String theirs = real.on(temp.path("a"), "remote", "gpg-list-keys", "up");
      assertThat(ours.ostree("remote", "gpg-list-keys", "--repo=a", "up").out().strip())
          .as(real.toString())
          .isEqualTo(theirs);
      assertThat(theirs).contains("(revoked)", "Expired: ");
    }
  }

  @Test
  void revocationsAndNewUserIdsAreMerged() throws IOException {
    String alice = gpg.key("Alice <alice@example.org>");
    byte[] signature = gpg.sign(alice, "data".getBytes(UTF_8));
    assertThat(signature).isNotEmpty();
    Files.write(temp.path("before.gpg"), gpg.export());
    gpg.run("--quick-add-uid", alice, "Alice Again <again@example.org>").ok();
    gpg.revoke(alice);
    Files.write(temp.path("after.gpg"), gpg.export());
    RealOstree real = RealOstree.require();
    repository(real, "a");
    CliRunner ours = CliRunner.in(temp.path(""));
    ours.ostree("remote", "gpg-import", "--repo=a", "up", "-k", "before.gpg");
    assertThat(ours.ostree("remote", "gpg-import", "--repo=a", "up", "-k", "after.gpg").out())
        .contains("Imported 0 GPG keys");
    String listed = ours.ostree("remote", "gpg-list-keys", "--repo=a", "up").out();
    assertThat(listed).contains("(revoked)", "again@example.org");
    assertThat(real.on(temp.path("a"), "remote", "gpg-list-keys", "up")).isEqualTo(listed.strip());
    // An older copy takes nothing back.
    ours.ostree("remote", "gpg-import", "--repo=a", "up", "-k", "before.gpg");
    assertThat(ours.ostree("remote", "gpg-list-keys", "--repo=a", "up").out()).isEqualTo(listed);
  }

  @Test
  void sourcesAndSelections() throws IOException {
    String alice = gpg.key("Alice <alice@example.org>");
    String bob = gpg.key("Bob <bob@example.org>");
    Files.write(temp.path("alice.asc"), gpg.exportArmored(alice));
    Files.write(temp.path("bob.gpg"), gpg.export(bob));
    Files.write(
        temp.path("secret.asc"), gpg.run("--armor", "--export-secret-keys", alice).ok().bytes());
    RealOstree real = RealOstree.require();
    CliRunner ours = CliRunner.in(temp.path(""));

    repository(real, "a");
    assertThat(
            ours.ostree(
                    "remote", "gpg-import", "--repo=a", "up", "-k", "alice.asc", "-k", "bob.gpg")
                .out())
        .contains("Imported 2 GPG keys");
    repository(real, "b");
    var both = new ByteArrayOutputStream();
    both.writeBytes(gpg.export());
    assertThat(
            ours.fed(both.toByteArray())
                .ostree("remote", "gpg-import", "--repo=b", "up", "--stdin", bob)
                .out())
        .contains("Imported 1 GPG key to");
    assertThat(keys(ours, "b")).containsExactly(bob);
    repository(real, "c");
    assertThat(ours.ostree("remote", "gpg-import", "--repo=c", "up", "-k", "secret.asc").out())
        .contains("Imported 1 GPG key to");
    assertThat(keys(ours, "c")).containsExactly(alice);
    assertThat(Files.readString(temp.path("c/up.trustedkeys.gpg"), ISO_8859_1))
        .doesNotContain("PRIVATE");
    assertThat(real.on(temp.path("c"), "remote", "gpg-list-keys", "up")).contains(alice);
    repository(real, "d");
    assertThat(
            ours.with(Map.of("GNUPGHOME", gpg.home().toString()))
                .ostree("remote", "gpg-import", "--repo=d", "up", "alice@example.org")
                .out())
        .as("the user's own keyring, a keybox")
        .contains("Imported 1 GPG key to");
    assertThat(keys(ours, "d")).containsExactly(alice);
  }

  @Test
  void whatCannotBeImported() throws IOException {
    gpg.key("Alice <alice@example.org>");
    Files.write(temp.path("keys.gpg"), gpg.export());
    Files.writeString(temp.path("text"), "no key at all\n");
    Files.write(temp.path("empty"), new byte[0]);
    RealOstree real = RealOstree.require();
    repository(real, "a");
    CliRunner ours = CliRunner.in(temp.path(""));
    refused(
        ours,
        "GPG: Unable to find key \"nobody@example.org\"",
        "up",
        "-k",
        "keys.gpg",
        "nobody@example.org");
    refused(ours, "GPG: Remote \"nope\" not found", "nope", "-k", "keys.gpg");
    refused(ours, "Cannot read the OpenPGP keys of", "up", "-k", "text");
    refused(ours, "GPG: No usable keys to import", "up", "-k", "empty");
    refused(ours, "Error opening file nothing: No such file or directory", "up", "-k", "nothing");
    refused(
        ours, "--keyring and --stdin are mutually exclusive", "up", "-k", "keys.gpg", "--stdin");
    refused(ours, "NAME must be specified");
    assertThat(temp.path("a/up.trustedkeys.gpg")).doesNotExist();
  }

  @Test
  void keysOfTheSystem() throws IOException {
    String alice = gpg.key("Alice <alice@example.org>");
    Files.createDirectories(temp.path("rings"));
    Files.write(temp.path("rings/alice.gpg"), gpg.export());
    RealOstree real = RealOstree.require();
    repository(real, "a");
    Map<String, String> variables = Map.of("OSTREE_GPG_HOME", at("rings"));
    String listed =
        CliRunner.in(temp.path(""))
            .with(variables)
            .ostree("remote", "gpg-list-keys", "--repo=a")
            .out();
    assertThat(listed).contains(alice);
    Programs.Result theirs =
        real.run(variables, "remote", "gpg-list-keys", "--repo=" + temp.path("a")).ok();
    assertThat(theirs.out()).isEqualTo(listed);
    String json =
        CliRunner.in(temp.path(""))
            .with(variables)
            .coppice("remote", "gpg-list-keys", "--repo=a", "--json")
            .out();
    assertThat(json)
        .contains("\"fingerprint\": \"" + alice + "\"", "\"email\": \"alice@example.org\"")
        .contains("\"expired\": false", "\"subkeys\": []");
  }

  @Test
  void remoteAddImports() throws IOException {
    String alice = gpg.key("Alice <alice@example.org>");
    Files.write(temp.path("keys.asc"), gpg.exportArmored());
    for (RealOstree real : RealOstree.requireAll()) {
      repository(real, "a");
      repository(real, "b");
      CliRunner ours = CliRunner.in(temp.path(""));
      CliRunner.Result added =
          ours.ostree("remote", "add", "--repo=a", "--gpg-import=keys.asc", "new", "http://x");
      assertThat(added.out())
          .isEqualTo(
              real.on(
                      temp.path("b"),
                      "remote",
                      "add",
                      "--gpg-import=" + at("keys.asc"),
                      "new",
                      "http://x")
                  + "\n");
      assertThat(real.on(temp.path("a"), "remote", "gpg-list-keys", "new")).contains(alice);
      assertThat(Files.readString(temp.path("a/config")))
          .isEqualTo(Files.readString(temp.path("b/config")));
      assertThat(
              ours.ostree("remote", "add", "--repo=a", "--gpg-import=nothing", "bad", "http://x")
                  .code())
          .isEqualTo(1);
      assertThat(ours.ostree("remote", "list", "--repo=a").out()).doesNotContain("bad");
    }
  }

  private void repository(RealOstree real, String name) throws IOException {
    if (Files.exists(temp.path(name))) {
      TempTree.delete(temp.path(name));
    }
    real.on(temp.path(name), "init", "--mode=archive");
    real.on(temp.path(name), "remote", "add", "up", "http://example.org");
  }

  private String at(String name) {
    return temp.path(name).toString();
  }

  private static List<String> keys(CliRunner ours, String repo) {
    return ours.ostree("remote", "gpg-list-keys", "--repo=" + repo, "up").lines().stream()
        .filter(line -> line.startsWith("Key: "))
        .map(line -> line.substring(5))
        .toList();
  }

  private static void refused(CliRunner ours, String message, String... words) {
    List<String> line = new ArrayList<>(List.of("remote", "gpg-import", "--repo=a"));
    line.addAll(List.of(words));
    CliRunner.Result result = ours.ostree(line.toArray(String[]::new));
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("error: " + message);
  }
}
