package dev.coppice.cli.sign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.cli.SideBySide;
import dev.coppice.testdata.Ed25519Keys;
import dev.coppice.testdata.OpenSsl;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** {@code sign} with plain keys: what it says, beside ostrees that were built with them. */
@TestInstance(Lifecycle.PER_CLASS)
class SignCommandTest {
  private final TempTree temp = TempTree.create();
  private final Map<String, String> values = new HashMap<>();
  private Ed25519Keys mine;
  private Ed25519Keys other;
  private OpenSsl.KeyPair spki;
  private CliRunner ours;

  @BeforeAll
  void make() throws IOException {
    OpenSsl openssl = OpenSsl.require(temp.path(""));
    mine = Ed25519Keys.make(openssl, "mine");
    other = Ed25519Keys.make(openssl, "other");
    spki = openssl.key("spki", "EC", "ec_paramgen_curve:P-256");
    OpenSsl.KeyPair otherSpki = openssl.key("other-spki", "RSA", "rsa_keygen_bits:2048");
    ours = CliRunner.in(temp.path(""));
    Files.createDirectories(temp.path("tree"));
    Files.writeString(temp.path("tree/file"), "content");
    run("init", "--repo=repo", "--mode=archive");
    run("commit", "--repo=repo", "-b", "unsigned", "--timestamp=@1", "tree");
    run("commit", "--repo=repo", "-b", "main", "--timestamp=@2", "--sign=" + mine.secret(), "tree");
    run("sign", "--repo=repo", "-s", "spki", "--keys-file=" + spki.secret(), "main");

    write("mine.txt", mine.publicKey());
    write("other.txt", other.publicKey());
    write("several.txt", other.publicKey(), "# a comment", mine.publicKey());
    write("wrong.txt", "# a comment", "AAAA");
    write("secret.txt", mine.secret(), other.secret());
    write("blank.txt", mine.publicKey(), "");
    Files.createDirectories(temp.path("trusting/trusted.ed25519.d"));
    write("trusting/trusted.ed25519.d/a", other.publicKey());
    write("trusting/trusted.ed25519", mine.publicKey());
    write("trusting/revoked.ed25519", other.publicKey());
    Files.createDirectories(temp.path("revoking/revoked.ed25519.d"));
    write("revoking/trusted.ed25519", mine.publicKey(), other.publicKey());
    write("revoking/revoked.ed25519.d/a", mine.publicKey());
    Files.createDirectories(temp.path("empty"));
    String five = "";
    for (int i = 0; i < 5; i++) {
      five += Ed25519Keys.make(openssl, "k" + i).publicKey() + "\n";
    }
    Files.writeString(temp.path("five.txt"), five);
    values.put("mine", mine.publicKey());
    values.put("other", other.publicKey());
    values.put("spki", spki.publicText());
    values.put("otherspki", otherSpki.publicText());
    values.put("spkifile", spki.publicKey().toString());
    values.put("otherspkifile", otherSpki.publicKey().toString());
    values.put("spkisecret", spki.secret().toString());
  }

  @AfterAll
  void remove() {
    temp.close();
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(temp.path(name), List.of(lines));
  }

  private CliRunner.Result run(String... words) {
    CliRunner.Result result = ours.ostree(words);
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  @Test
  void saysWhatOstreeSays() {
    List<String> lines =
        SideBySide.lines(
                """
                sign --repo=repo
                sign --repo=repo main
                sign --repo=repo nothing key
                sign --repo=repo --verify
                ~ sign --repo=repo --verify -s nonsense main key
                sign --repo=repo --verify main {mine}
                sign --repo=repo --verify main {other}
                sign --repo=repo --verify main {other} {mine}
                sign --repo=repo --verify main garbage
                sign --repo=repo --verify main garbage {mine}
                sign --repo=repo --verify unsigned {mine}
                sign --repo=repo --verify --keys-file=mine.txt unsigned
                sign --repo=repo --verify --keys-file=mine.txt main
                sign --repo=repo --verify --keys-file=other.txt main
                sign --repo=repo --verify --keys-file=several.txt main
                ~ sign --repo=repo --verify --keys-file=wrong.txt main
                sign --repo=repo --verify --keys-file=five.txt main
                ~ sign --repo=repo --verify --keys-file=nothing.txt main
                sign --repo=repo --verify --keys-file=mine.txt main {other}
                sign --repo=repo --verify --keys-dir=trusting main
                ~ sign --repo=repo --verify --keys-dir=revoking main
                ~ sign --repo=repo --verify --keys-dir=empty main
                new sign --repo=repo main garbage
                new sign --repo=repo --keys-file=mine.txt main
                ~ sign --repo=repo --keys-file=nothing.txt main
                new sign --repo=repo -s spki --verify main {spki}
                new sign --repo=repo -s spki --verify main {otherspki}
                new sign --repo=repo -s spki --verify --keys-file={spkifile} main
                new sign --repo=repo -s spki --verify --keys-file={otherspkifile} main
                new sign --repo=repo -s spki --verify --keys-file={spkisecret} main
                new sign --repo=repo -s spki --verify unsigned {spki}
                new ~ sign --repo=repo -s spki main garbage
                """)
            .toList();
    Path here = temp.path("");
    for (RealOstree real : RealOstree.requireFeature("sign-ed25519")) {
      var beside = new SideBySide(real, here, here, values);
      SoftAssertions.assertSoftly(
          softly -> lines.forEach(line -> softly.check(() -> beside.check(line))));
    }
  }

  /** Ed25519 signatures are the same whoever makes them, so the files must be as well. */
  @Test
  void writesWhatOstreeWrites() throws IOException {
    for (RealOstree real : RealOstree.requireFeature("sign-ed25519")) {
      for (String repo : List.of("theirs", "ours")) {
        fresh(repo);
      }
      real.on(temp.path("theirs"), "sign", "main", mine.secret(), other.secret());
      run("sign", "--repo=ours", "main", mine.secret(), other.secret());
      assertThat(detached("ours")).isEqualTo(detached("theirs"));
      run("sign", "--repo=ours", "--keys-file=secret.txt", "main");
      if (real.atLeast(2024, 1)) {
        real.on(temp.path("theirs"), "sign", "--keys-file=" + temp.path("secret.txt"), "main");
        assertThat(detached("ours")).isEqualTo(detached("theirs"));
      }
      String[] commit = {
        "commit",
        "-b",
        "two",
        "--timestamp=@5",
        "--add-detached-metadata-string=a=b",
        "--sign",
        mine.secret(),
        "--sign",
        other.secret(),
        temp.path("tree").toString()
      };
      real.on(temp.path("theirs"), commit);
      run(concat(List.of("--repo=ours"), commit));
      assertThat(detached("ours", "two")).isEqualTo(detached("theirs", "two"));
    }
  }

  @Test
  void ostreeVerifiesWhatWeSign() throws IOException {
    fresh("signed");
    write("one.txt", mine.secret());
    run("commit", "--repo=signed", "-b", "two", "--sign-from-file=one.txt", "tree");
    run(
        "commit",
        "--repo=signed",
        "-b",
        "three",
        "--sign-type=spki",
        "--sign-from-file=" + spki.secret(),
        "tree");
    for (RealOstree real : RealOstree.requireFeature("sign-ed25519")) {
      assertThat(real.on(temp.path("signed"), "sign", "--verify", "two", mine.publicKey()))
          .contains("Signature verified successfully");
    }
    for (RealOstree real : RealOstree.requireFeature("sign-spki")) {
      assertThat(
              real.on(
                  temp.path("signed"),
                  "sign",
                  "-s",
                  "spki",
                  "--verify",
                  "three",
                  spki.publicText()))
          .contains("Signature verified successfully");
    }
  }

  /** A client that trusts the key takes commits and summaries; one that trusts another does not. */
  @Test
  void ostreePullsWhatWeSign() throws IOException {
    for (RealOstree real : RealOstree.requireFeature("sign-ed25519")) {
      fresh("served");
      run("sign", "--repo=served", "main", mine.secret());
      run("summary", "--repo=served", "-u", "--sign=" + mine.secret());
      String url = "file://" + temp.path("served");
      for (Ed25519Keys trusted : List.of(mine, other)) {
        for (String repo : List.of("client", "our-client")) {
          if (Files.exists(temp.path(repo))) {
            TempTree.delete(temp.path(repo));
          }
          run("init", "--repo=" + repo, "--mode=archive");
        }
        String[] add = {
          "remote",
          "add",
          "--no-gpg-verify",
          "--set=sign-verify-summary=true",
          "--sign-verify=ed25519=inline:" + trusted.publicKey(),
          "up",
          url,
          "main"
        };
        real.on(temp.path("client"), add);
        run(concat(List.of(add), "--repo=our-client"));
        assertThat(Files.readString(temp.path("our-client/config")))
            .isEqualTo(Files.readString(temp.path("client/config")));
        int expected = trusted == mine ? 0 : 1;
        Programs.Result pulled = real.run("pull", "--repo=" + temp.path("client"), "up");
        assertThat(pulled.exit()).as(real + ": " + pulled).isEqualTo(expected);
        assertThat(ours.ostree("pull", "--repo=our-client", "up").code()).isEqualTo(expected);
      }
    }
  }

  @Test
  void otherSourcesOfSecretKeys() throws IOException {
    fresh("sources");
    CliRunner.Result missing = ours.ostree("sign", "--repo=sources", "main", "env:SIGNING_KEY");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("The environment variable SIGNING_KEY is not set");
    assertThat(
            ours.with(Map.of("SIGNING_KEY", mine.secret()))
                .ostree("sign", "--repo=sources", "main", "env:SIGNING_KEY")
                .code())
        .isZero();
    run("sign", "--repo=sources", "--verify", "main", mine.publicKey());

    Path script = temp.path("signer");
    Files.writeString(
        script,
        """
        #!/bin/sh
        cat > "$2"
        openssl pkeyutl -sign -rawin -inkey "$1" -in "$2" | base64 -w 0
        """);
    script.toFile().setExecutable(true);
    run(
        "sign",
        "--repo=sources",
        "main",
        "command:" + script + " " + temp.path("other.pem") + " " + temp.path("input"));
    run("sign", "--repo=sources", "--verify", "main", other.publicKey());

    CliRunner.Result failing = ours.ostree("sign", "--repo=sources", "main", "command:false");
    assertThat(failing.err()).contains("false could not sign: exit status 1");
    CliRunner.Result chatting = ours.ostree("sign", "--repo=sources", "main", "command:echo hello");
    assertThat(chatting.err()).contains("echo printed no Ed25519 signature");
    assertThat(ours.ostree("sign", "--repo=sources", "main", "command:").code()).isEqualTo(1);
    assertThat(ours.ostree("sign", "--repo=sources", "main", "command:/no/such/program").err())
        .contains("Cannot run /no/such/program");
  }

  @Test
  void oneBadKeyAndNothingIsSigned() throws IOException {
    fresh("atomic");
    assertThat(ours.ostree("sign", "--repo=atomic", "main", mine.secret(), "AAAA").code())
        .isEqualTo(1);
    assertThat(ours.ostree("sign", "--repo=atomic", "--verify", "main", mine.publicKey()).err())
        .contains("[signature-missing]");
    assertThat(ours.ostree("commit", "--repo=atomic", "-b", "new", "--sign=AAAA", "tree").code())
        .isEqualTo(1);
    assertThat(ours.ostree("refs", "--repo=atomic").out()).isEqualTo("main\n");
  }

  @Test
  void deletesTheSignaturesOfAKey() throws IOException {
    fresh("deleting");
    run("sign", "--repo=deleting", "main", mine.secret(), other.secret(), mine.secret());
    assertThat(run("sign", "--repo=deleting", "--delete", "main", mine.publicKey()).out())
        .isEqualTo("Signatures deleted: 2\n");
    assertThat(ours.ostree("sign", "--repo=deleting", "--verify", "main", mine.publicKey()).code())
        .isEqualTo(1);
    run("sign", "--repo=deleting", "--verify", "main", other.publicKey());
    assertThat(run("sign", "--repo=deleting", "-d", "--keys-file=other.txt", "main").out())
        .isEqualTo("Signatures deleted: 1\n");
    assertThat(run("sign", "--repo=deleting", "-d", "--keys-file=other.txt", "main").out())
        .isEqualTo("Signatures deleted: 0\n");
    assertThat(ours.ostree("sign", "--repo=deleting", "-d", "main", "garbage").code()).isEqualTo(1);
  }

  @Test
  void saysWhyInPlainWords() {
    CliRunner.Result revoked =
        ours.ostree("sign", "--repo=repo", "--verify", "--keys-dir=revoking", "main");
    assertThat(revoked.err()).contains("[signature-key-revoked]", "was revoked");
    CliRunner.Result wrong =
        ours.ostree("sign", "--repo=repo", "--verify", "main", other.publicKey());
    assertThat(wrong.err()).contains("[signature-invalid]", "or of another key");
    CliRunner.Result none =
        ours.ostree("sign", "--repo=repo", "--verify", "unsigned", mine.publicKey());
    assertThat(none.err()).contains("[signature-missing]");
    CliRunner.Result empty =
        ours.ostree("sign", "--repo=repo", "--verify", "--keys-dir=empty", "main");
    assertThat(empty.err()).contains("[key-invalid]", "empty/trusted.ed25519");
  }

  @Test
  void json() {
    CliRunner.Result good =
        ours.coppice("sign", "--repo=repo", "--verify", "--json", "main", mine.publicKey());
    assertThat(good.code()).isZero();
    assertThat(good.out())
        .contains("\"verified\": true", "\"type\": \"ed25519\"", "\"status\": \"good\"");
    CliRunner.Result bad =
        ours.coppice("sign", "--repo=repo", "--verify", "--json", "main", other.publicKey());
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out())
        .contains("\"verified\": false", "\"status\": \"wrong-data\"", "\"good\": false");
    assertThat(ours.coppice("show", "--repo=repo", "--json", "main").out())
        .contains("\"type\": \"ed25519\"", "\"type\": \"spki\"", "\"judged\": false");
  }

  @Test
  void dummySignaturesMustBeAllowed() throws IOException {
    fresh("dummies");
    assertThat(ours.ostree("sign", "--repo=dummies", "-s", "dummy", "main", "abc").err())
        .contains("dummy signature type is only for ostree testing");
    Map<String, String> allowed = Map.of("OSTREE_DUMMY_SIGN_ENABLED", "1");
    assertThat(
            ours.with(allowed)
                .ostree("sign", "--repo=dummies", "-s", "dummy", "main", "abc")
                .code())
        .isZero();
    for (RealOstree real : RealOstree.requireAll()) {
      String[] verify = {
        "--repo=" + temp.path("dummies"), "sign", "-s", "dummy", "--verify", "main"
      };
      assertThat(ours.with(allowed).ostree(concat(List.of(verify), "abc")).out())
          .isEqualTo(real.run(allowed, concat(List.of(verify), "abc")).ok().out());
      assertThat(real.run(allowed, concat(List.of(verify), "xyz")).exit()).isEqualTo(1);
      assertThat(ours.with(allowed).ostree(concat(List.of(verify), "xyz")).code()).isEqualTo(1);
    }
  }

  private void fresh(String repo) throws IOException {
    if (Files.exists(temp.path(repo))) {
      TempTree.delete(temp.path(repo));
    }
    run("init", "--repo=" + repo, "--mode=archive");
    run("commit", "--repo=" + repo, "-b", "main", "--timestamp=@3", "tree");
  }

  private byte[] detached(String repo) throws IOException {
    return detached(repo, "main");
  }

  private byte[] detached(String repo, String ref) throws IOException {
    String commit = ours.ostree("rev-parse", "--repo=" + repo, ref).out().strip();
    return Files.readAllBytes(
        temp.path(
            repo
                + "/objects/"
                + commit.substring(0, 2)
                + "/"
                + commit.substring(2)
                + ".commitmeta"));
  }

  private static String[] concat(List<String> first, String... rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(rest));
    return all.toArray(String[]::new);
  }
}
