package dev.coppice.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.testdata.OpenSsl;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of plain keys, made by the real tool and judged here, and the other way round. */
class RealSignaturesTest {
  private static final Map<String, String> WITH_DUMMY = Map.of("OSTREE_DUMMY_SIGN_ENABLED", "1");

  private TempTree tree;
  private KeyPlaces places;
  private OpenSsl openssl;

  @BeforeEach
  void setUp() {
    tree = TempTree.create();
    places = new KeyPlaces(tree.root(), WITH_DUMMY);
    openssl = OpenSsl.require(tree.root());
  }

  @AfterEach
  void tearDown() {
    tree.close();
  }

  @Test
  void ed25519() throws IOException {
    OpenSsl.KeyPair key = openssl.key("ed", "ED25519");
    OpenSsl.KeyPair other = openssl.key("other", "ED25519");
    String secret = ed25519Secret(key);
    String publicKey = ed25519Public(key);

    for (RealOstree ostree : RealOstree.requireFeature("sign-ed25519")) {
      try (Repo repo = newRepo(ostree)) {
        Checksum commit = repo.resolve("main");
        ostree.on(repo.path(), "sign", "--sign-type=ed25519", "main", secret);
        SignatureReport report = verify(repo, commit, SignatureType.ED25519, publicKey);
        assertThat(report.accepted()).as(ostree.toString()).isTrue();
        assertThat(verify(repo, commit, SignatureType.ED25519, ed25519Public(other)).accepted())
            .isFalse();

        unsign(repo, commit);
        sign(repo, commit, SignatureType.ED25519, secret);
        String said =
            ostree.on(repo.path(), "sign", "--verify", "--sign-type=ed25519", "main", publicKey);
        assertThat(said).isEqualTo(report.message());
        assertThat(ostree.run(verifying(repo, "ed25519", ed25519Public(other))).exit())
            .isEqualTo(1);
        // Deterministic: the same key and bytes give the same signature.
        byte[] ours =
            CommitSignatures.read(repo, commit).signatures().of(SignatureType.ED25519).getFirst();
        unsign(repo, commit);
        ostree.on(repo.path(), "sign", "--sign-type=ed25519", "main", secret);
        assertThat(CommitSignatures.read(repo, commit).signatures().of(SignatureType.ED25519))
            .containsExactly(ours);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ED25519",
        "ED448",
        "RSA rsa_keygen_bits:2048",
        "EC ec_paramgen_curve:P-256",
        "EC ec_paramgen_curve:P-384",
        "EC ec_paramgen_curve:P-521",
        "EC ec_paramgen_curve:secp256k1",
        "EC ec_paramgen_curve:brainpoolP384r1"
      })
  void spki(String algorithm) throws IOException {
    OpenSsl.KeyPair key = spkiKey("mine", algorithm);
    OpenSsl.KeyPair other = spkiKey("other", algorithm);

    for (RealOstree ostree : RealOstree.requireFeature("sign-spki")) {
      try (Repo repo = newRepo(ostree)) {
        Checksum commit = repo.resolve("main");
        ostree.on(repo.path(), "sign", "--sign-type=spki", "--keys-file=" + key.secret(), "main");
        SignatureReport report = verify(repo, commit, SignatureType.SPKI, key.publicText());
        assertThat(report.accepted()).as(ostree.toString()).isTrue();
        assertThat(verify(repo, commit, SignatureType.SPKI, other.publicText()).accepted())
            .isFalse();

        unsign(repo, commit);
        sign(repo, commit, SignatureType.SPKI, key.secretText());
        String said =
            ostree.on(
                repo.path(), "sign", "--verify", "--sign-type=spki", "main", key.publicText());
        assertThat(said).isEqualTo(report.message());
        assertThat(ostree.run(verifying(repo, "spki", other.publicText())).exit()).isEqualTo(1);
      }
    }
  }

  /**
   * OpenSSL answers neither yes nor no to a signature that it cannot even read, and ostree 2026.4
   * takes that for a yes. It must stay a no here.
   */
  @Test
  void bytesThatAreNoSignatureAreRefused() throws IOException {
    Path repoPath = tree.root().resolve("garbage");
    RealOstree ostree = RealOstree.require();
    try (Repo repo = newRepo(ostree, repoPath)) {
      Checksum commit = repo.resolve("main");
      for (String algorithm :
          List.of("EC ec_paramgen_curve:P-256", "ED25519", "RSA rsa_keygen_bits:2048")) {
        OpenSsl.KeyPair key = spkiKey("key", algorithm);
        for (byte[] garbage :
            List.of(new byte[0], new byte[] {0, 0x11}, "garbage".getBytes(UTF_8), new byte[256])) {
          CommitSignatures signatures = CommitSignatures.read(repo, commit);
          signatures.replace(Signatures.empty().with(SignatureType.SPKI, garbage));
          SignatureReport report = verify(repo, commit, SignatureType.SPKI, key.publicText());
          assertThat(report.verdicts())
              .extracting(SignatureVerdict::status)
              .containsExactly(SignatureStatus.WRONG_DATA);
        }
      }
    }
  }

  @Test
  void dummy() throws IOException {
    RealOstree ostree = RealOstree.require();
    try (Repo repo = newRepo(ostree)) {
      Checksum commit = repo.resolve("main");
      ostree
          .run(WITH_DUMMY, "--repo=" + repo.path(), "sign", "--sign-type=dummy", "main", "abc")
          .ok();
      SignatureReport report = verify(repo, commit, SignatureType.DUMMY, "abc");
      assertThat(report.accepted()).isTrue();
      assertThat(verify(repo, commit, SignatureType.DUMMY, "abd").accepted()).isFalse();

      unsign(repo, commit);
      sign(repo, commit, SignatureType.DUMMY, "xyz");
      Programs.Result said = ostree.run(WITH_DUMMY, verifying(repo, "dummy", "xyz")).ok();
      assertThat(said.out().strip()).isEqualTo(report.message());
    }
  }

  private OpenSsl.KeyPair spkiKey(String name, String algorithm) {
    String[] words = algorithm.split(" ");
    return words.length == 1 ? openssl.key(name, words[0]) : openssl.key(name, words[0], words[1]);
  }

  private static String[] verifying(Repo repo, String type, String key) {
    return new String[] {
      "--repo=" + repo.path(), "sign", "--verify", "--sign-type=" + type, "main", key
    };
  }

  private Repo newRepo(RealOstree ostree) throws IOException {
    return newRepo(
        ostree, tree.root().resolve("repo-" + ostree.version() + "-" + ostree.hashCode()));
  }

  private Repo newRepo(RealOstree ostree, Path path) throws IOException {
    Path content = tree.root().resolve("content");
    Files.createDirectories(content);
    Files.writeString(content.resolve("file"), "content");
    ostree.run("init", "--repo=" + path, "--mode=archive").ok();
    ostree.on(path, "commit", "-b", "main", "-s", "a subject", content.toString());
    return Repo.open(path);
  }

  private SignatureReport verify(Repo repo, Checksum commit, SignatureType type, String key)
      throws IOException {
    PublicKeys keys = PublicKeys.none(type).with(key);
    return CommitSignatures.read(repo, commit).verify(new KeyVerifier(keys, places));
  }

  private void sign(Repo repo, Checksum commit, SignatureType type, String secret)
      throws IOException {
    CommitSignatures.read(repo, commit).sign(List.of(new Signers(type, places).of(secret)));
  }

  private static void unsign(Repo repo, Checksum commit) throws IOException {
    CommitSignatures.read(repo, commit).replace(Signatures.empty());
  }

  private static String ed25519Public(OpenSsl.KeyPair key) {
    return Base64.getEncoder().encodeToString(key.rawPublic(32));
  }

  private static String ed25519Secret(OpenSsl.KeyPair key) {
    byte[] secret = new byte[64];
    System.arraycopy(key.rawSecret(32), 0, secret, 0, 32);
    System.arraycopy(key.rawPublic(32), 0, secret, 32, 32);
    return Base64.getEncoder().encodeToString(secret);
  }
}
