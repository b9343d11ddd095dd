package dev.coppice.cli.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.CommitSignatures;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenPGP signatures as {@code show} and {@code summary} report them, beside the real tool. */
class ShownSignaturesTest {
  private static final String ALICE = "Alice (release key) <alice@example.org>";
  private static final String BOB = "Bob <bob@example.org>";
  private static final List<String> PAST = List.of("--faked-system-time", "20240101T000000!");

  private final TempTree temp = TempTree.create();
  private Gpg gpg;
  private Path repo;
  private Path rings;
  private byte[] commit;

  @BeforeEach
  void make() throws IOException {
    gpg = Gpg.require();
    RealOstree real = RealOstree.require();
    repo = temp.path("repo");
    rings = Files.createDirectories(temp.path("rings"));
    real.on(repo, "init", "--mode=archive");
    Path tree = Files.createDirectories(temp.path("tree"));
    Files.writeString(tree.resolve("file"), "content");
    real.on(repo, "commit", "-b", "main", "-s", "subject", tree.toString());
    try (Repo opened = Repo.open(repo)) {
      commit = CommitSignatures.read(opened, opened.resolve("main")).bytes();
    }
  }

  @AfterEach
  void remove() {
    gpg.close();
    temp.close();
  }

  @Test
  void keysOfAllKinds() throws IOException {
    byte[] rsa = gpg.sign(gpg.key(ALICE, "rsa2048", "never"), commit);
    byte[] dsa = gpg.sign(gpg.key(BOB, "dsa2048", "never"), commit);
    byte[] curve = gpg.sign(gpg.key("nist@example.org", "nistp384", "2y"), commit);
    byte[] edwards = gpg.sign(gpg.key("No Mail", "ed25519", "never"), commit);
    trust(gpg.export());
    assertThat(sameReport(rsa, dsa, curve, edwards)).contains("Found 4 signatures:");
  }

  @Test
  void unknownKeys() throws IOException {
    byte[] alice = gpg.sign(gpg.key(ALICE), commit);
    String bob = gpg.key(BOB);
    trust(gpg.export(bob));
    assertThat(sameReport(alice)).contains("Found 1 signature:", "public key not found");
    assertThat(sameReport(alice, gpg.sign(bob, commit))).contains("Good signature from \"Bob");
    assertThat(sameReport(joined(alice, gpg.sign(bob, commit)))).contains("Found 2 signatures:");
  }

  @Test
  void otherBytes() throws IOException {
    String alice = gpg.key(ALICE);
    trust(gpg.export());
    CliRunner.Result ours = report(gpg.sign(alice, "other".getBytes(UTF_8)));
    // The real tool knows neither the date nor the kind of key of a signature that does not fit.
    assertThat(ours.out())
        .containsPattern("Signature made .* using EdDSA key ID " + alice.substring(24))
        .contains("BAD signature from \"Alice <alice@example.org>\"");
    assertThat(ours.err()).contains("Wrong data");
  }

  @Test
  void expired() throws IOException {
    gpg.run(PAST.get(0), PAST.get(1), "--quick-generate-key", ALICE, "ed25519", "sign", "1y").ok();
    byte[] byExpired = gpg.sign(PAST, "alice@example.org", commit);
    gpg.run(PAST.get(0), PAST.get(1), "--quick-generate-key", BOB, "ed25519", "sign", "20y").ok();
    byte[] brief =
        gpg.sign(
            List.of(PAST.get(0), PAST.get(1), "--default-sig-expire", "2w"),
            "bob@example.org",
            commit);
    byte[] lasting =
        gpg.sign(
            List.of(PAST.get(0), PAST.get(1), "--default-sig-expire", "15y"),
            "bob@example.org",
            commit);
    trust(gpg.export());
    // In this order: gpg looks at no signature behind one that has expired, so that the real tool
    // does not see a good one there.
    assertThat(sameReport(lasting, brief))
        .contains("Signature expires", "Signature expired Mon Jan 15");
    assertThat(sameReport(byExpired)).contains("Key expired Tue Dec 31");
    assertThat(report(brief, lasting).out()).contains("Good signature");
  }

  @Test
  void subkeys() throws IOException {
    String alice = gpg.key(ALICE, "ed25519", "2y");
    byte[] first = gpg.sign(gpg.subkey(alice, "ed25519", "sign", "1y") + "!", commit);
    byte[] second = gpg.sign(gpg.subkey(alice, "rsa2048", "sign", "never") + "!", commit);
    trust(gpg.export());
    assertThat(sameReport(first, second)).contains("Primary key ID", "Primary key expires");
    gpg.edit(alice, "key 1", "revkey", "y", "0", "", "y", "save");
    trust(gpg.export());
    assertThat(sameReport(first, second)).contains("Key revoked");
  }

  @Test
  void subkeysOfAnExpiredKey() throws IOException {
    gpg.run(PAST.get(0), PAST.get(1), "--quick-generate-key", ALICE, "ed25519", "cert", "1y").ok();
    String primary = gpg.fingerprints("alice").getFirst();
    gpg.run(PAST.get(0), PAST.get(1), "--quick-add-key", primary, "ed25519", "sign", "never").ok();
    byte[] signature = gpg.sign(PAST, primary, commit);
    trust(gpg.export());
    sameReport(signature);
  }

  @Test
  void revoked() throws IOException {
    String alice = gpg.key(ALICE);
    byte[] signature = gpg.sign(alice, commit);
    gpg.revoke(alice);
    trust(gpg.export());
    assertThat(sameReport(signature)).contains("Key revoked");
  }

  private void trust(byte[] keyring) throws IOException {
    Files.write(rings.resolve("trusted.gpg"), keyring);
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** What {@code show} says of these signatures, which must be what the real tools say. */
  private String sameReport(byte[]... signatures) throws IOException {
    CliRunner.Result ours = report(signatures);
    for (RealOstree real : RealOstree.requireAll()) {
      Programs.Result theirs = real.run(words()).ok();
      assertThat(ours.out()).as(real.toString()).isEqualTo(theirs.out());
    }
    return ours.out();
  }

  private CliRunner.Result report(byte[]... signatures) throws IOException {
    try (Repo opened = Repo.open(repo)) {
      Checksum main = opened.resolve("main");
      Signatures all = Signatures.empty();
      for (byte[] signature : signatures) {
        all = all.with(SignatureType.GPG, signature);
      }
      CommitSignatures.read(opened, main).replace(all);
    }
    CliRunner.Result ours = CliRunner.in(temp.path("")).ostree(words());
    assertThat(ours.code()).as(ours.err()).isZero();
    return ours;
  }

  private String[] words() {
    return new String[] {"--repo=" + repo, "show", "--gpg-homedir=" + rings, "main"};
  }
}
