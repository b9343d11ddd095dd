package dev.coppice.reposerver.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import dev.coppice.sign.Signer;
import dev.coppice.sign.Signers;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.OsTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CommitPageTest {
  @Test
  void whatTheCommitSays() {
    try (var web = WebRepo.create()) {
      String first = web.commit("os/main", OsTree.V1.write(web.path("1")).root(), "First");
      String commit =
          web.commit(
              "os/main",
              OsTree.V2.write(web.path("2")).root(),
              "Second",
              "version=2.0",
              "ostree.linux=6.1.0-2",
              "own.key=value");
      Markup page = page(web, commit);
      assertThat(page.texts("h1")).containsExactly("Commit 2.0");
      assertThat(page.main())
          .contains(commit)
          .contains("Parent" + first)
          .contains("os/main (this is its newest commit)")
          .contains("Bound to the collectionorg.example.Os")
          .contains("Kernel6.1.0-2")
          .contains("own.keys'value'")
          .contains("Second")
          .contains("This commit is not signed.")
          .contains("There are none: clients fetch object by object.");
      assertThat(page.links())
          .contains(
              "../../-/tree/" + commit,
              "../../-/packages/" + commit,
              "../../-/diff/" + first + "/" + commit);
      assertThat(page(web, first).main())
          .contains("none: this is the first of its history")
          .contains("is another)");
    }
  }

  @Test
  void sizesAsTheRealToolCountsThem() {
    try (var web = WebRepo.create()) {
      web.commit("os/main", web.tree().randomFile("a", 50_000, 1).root(), "First");
      String second =
          web.commit(
              "os/main",
              web.tree().randomFile("a", 50_000, 1).randomFile("b", 7_000, 2).root(),
              "Second");
      String theirs = web.ostree().on(web.directory(), "show", "--print-sizes", second);
      String total = sizes(theirs, "Compressed size") + " in " + sizes(theirs, "Number of objects");
      assertThat(page(web, second).main())
          .contains("Unpacked" + sizes(theirs, "Unpacked size") + "\n")
          .contains("Whole download" + total + " objects")
          // The file and the root directory's names are new.
          .containsPattern("Download for those who have the parent7\\.\\d.kB in 2 objects");
    }
  }

  @Test
  void staticDeltasToAndFrom() {
    try (var web = WebRepo.create()) {
      String from = web.commit("os/main", web.tree().randomFile("a", 9_000, 1).root(), "A");
      String to = web.commit("os/main", web.tree().randomFile("a", 9_000, 2).root(), "B");
      web.ostree().on(web.directory(), "static-delta", "generate", "os/main");
      web.ostree().on(web.directory(), "static-delta", "generate", "--empty", "--to=os/main");
      assertThat(page(web, to).main()).contains("nothingthis commit").contains("Athis commit");
      assertThat(page(web, from).main()).contains("this commitB").doesNotContain("nothing");
    }
  }

  @Test
  void partialCommitsAndThoseAtTheirEndSaySo() throws IOException {
    try (var web = WebRepo.create()) {
      String commit =
          web.commit(
              "os/main",
              web.tree().file("a", "1").root(),
              "S",
              "ostree.endoflife=Use the next one",
              "ostree.endoflife-rebase=os/next");
      Files.writeString(web.directory().resolve("state/" + commit + ".commitpartial"), "");
      assertThat(page(web, commit).main())
          .contains("has only a part of the commit")
          .contains("End of life: Use the next one Clients go on with os/next.");
    }
  }

  @Test
  void ed25519SignaturesAreJudgedByTheKeysOfTheMachine() throws Exception {
    try (var web = WebRepo.create()) {
      String commit = web.commit("os/main", web.tree().file("a", "1").root(), "S");
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] publicKey = tail(pair.getPublic().getEncoded());
      byte[] secret = Arrays.copyOf(tail(pair.getPrivate().getEncoded()), 64);
      System.arraycopy(publicKey, 0, secret, 32, 32);
      String text = Base64.getEncoder().encodeToString(secret);
      sign(web, commit, new Signers(SignatureType.ED25519, KeyPlaces.system()).of(text));
      assertThat(page(web, commit).main())
          .contains("Ed255191 signature. Not judged: this server has no key of this type.");
      Path keys = Files.createDirectories(web.path("root").resolve("etc/ostree"));
      Files.writeString(keys.resolve("trusted.ed25519"), "A".repeat(43) + "=\n");
      assertThat(page(web, commit).main())
          .contains("Ed25519It fits none of the keys that this server has");
      String key = Base64.getEncoder().encodeToString(publicKey) + "\n";
      Files.writeString(keys.resolve("trusted.ed25519"), key);
      assertThat(page(web, commit).main()).contains("Ed25519Good.");
      Files.writeString(keys.resolve("trusted.ed25519"), "A".repeat(43) + "=\n");
      Files.writeString(keys.resolve("revoked.ed25519"), key);
      assertThat(page(web, commit).main()).contains("Ed25519The key that signed it was revoked");
    }
  }

  @Test
  void openPgpSignaturesAreJudgedByTheKeysOfRemotes() throws IOException {
    try (var web = WebRepo.create();
        var gpg = Gpg.require()) {
      String key = gpg.key("Ann <b>Example</b> <ann@example.org>");
      String commit = web.commit("os/main", web.tree().file("a", "1").root(), "S");
      web.ostree()
          .run("gpg-sign", "--repo=" + web.directory(), "--gpg-homedir=" + gpg.home(), commit, key)
          .ok();
      assertThat(page(web, commit).main())
          .contains("OpenPGPThis server does not have the key")
          .contains(key.substring(24));
      Path file = Files.write(web.path("key.gpg"), gpg.export(key));
      web.ostree()
          .on(
              web.directory(),
              "remote",
              "add",
              "--gpg-import=" + file,
              "origin",
              "https://example.org/");
      // A server sees remotes that were added when it is started the next time.
      try (var repo = Repo.open(web.directory())) {
        var view = WebView.of(repo, "T", new KeyPlaces(web.path("root"), Map.of()));
        String html = WebRepo.text(view.page("/-/commit/" + commit, Map.of()).orElseThrow());
        assertThat(Markup.of(html).check().main())
            .contains("OpenPGPGood.Ann <b>Example</b> <ann@example.org>" + key);
      }
    }
  }

  @Test
  void signaturesThatCannotBeReadAreTold() throws IOException {
    try (var web = WebRepo.create()) {
      String commit = web.commit("os/main", web.tree().file("a", "1").root(), "S");
      Files.write(detached(web, commit), new byte[] {1, 2, 3});
      assertThat(page(web, commit).main()).contains("The signatures cannot be read");
    }
  }

  private static Markup page(WebRepo web, String commit) {
    return Markup.of(web.html("/-/commit/" + commit)).check();
  }

  /** The total that the real tool counted. */
  private static String sizes(String shown, String what) {
    Matcher matcher = Pattern.compile(what + " \\(needed/total\\): .*/(.*)").matcher(shown);
    assertThat(matcher.find()).as(shown).isTrue();
    return matcher.group(1);
  }

  private static void sign(WebRepo web, String commit, Signer signer) throws IOException {
    byte[] bytes = web.repo().loadCommit(Checksum.ofHex(commit)).encode();
    Signatures signatures = Signatures.empty().with(signer.type(), signer.sign(bytes));
    Files.write(detached(web, commit), signatures.encode());
  }

  private static Path detached(WebRepo web, String commit) {
    return web.directory()
        .resolve("objects")
        .resolve(commit.substring(0, 2))
        .resolve(commit.substring(2) + ".commitmeta");
  }

  /** The 32 bytes that stand at the end of both encodings. */
  private static byte[] tail(byte[] encoded) throws NoSuchAlgorithmException {
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }
}
