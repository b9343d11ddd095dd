package dev.coppice.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.testdata.Ed25519Keys;
import dev.coppice.testdata.OpenSsl;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which keys count: files, directories of the system, revocations. */
class PublicKeysTest {
  private static final byte[] DATA = "data".getBytes(UTF_8);
  private static final SignatureType TYPE = SignatureType.ED25519;

  private final TempTree temp = TempTree.create();
  private final KeyPlaces places = new KeyPlaces(temp.root(), Map.of());
  private OpenSsl openssl;
  private Ed25519Keys alice;
  private Ed25519Keys bob;

  @BeforeEach
  void make() throws IOException {
    openssl = OpenSsl.require(temp.root());
    alice = Ed25519Keys.make(openssl, "alice");
    bob = Ed25519Keys.make(openssl, "bob");
    Files.createDirectories(temp.path("etc/ostree"));
    Files.createDirectories(temp.path("usr/share/ostree"));
  }

  @AfterEach
  void remove() {
    temp.close();
  }

  private void write(String path, String... lines) throws IOException {
    Path file = temp.path(path);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
  }

  private byte[] signature(Ed25519Keys key) throws IOException {
    return new Signers(TYPE, places).of(key.secret()).sign(DATA);
  }

  /** By the keys of the system. */
  private SignatureReport verify(byte[]... signatures) throws IOException {
    return new KeyVerifier(PublicKeys.none(TYPE), places).verify(DATA, List.of(signatures));
  }

  private static void refused(Runnable run, String message) {
    assertThatThrownBy(run::run)
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID))
        .hasMessageContaining(message);
  }

  @Test
  void keysOfTheSystemAreInFourPlaces() throws IOException {
    assertThatThrownBy(() -> verify(signature(alice)))
        .hasMessage("signature: ed25519: no keys loaded");
    for (String place :
        List.of(
            "etc/ostree/trusted.ed25519",
            "etc/ostree/trusted.ed25519.d/any",
            "usr/share/ostree/trusted.ed25519",
            "usr/share/ostree/trusted.ed25519.d/any.name")) {
      write(place, alice.publicKey());
      assertThat(verify(signature(alice)).accepted()).as(place).isTrue();
      assertThat(verify(signature(bob)).accepted()).as(place).isFalse();
      Files.delete(temp.path(place));
    }
  }

  @Test
  void revocationsOfOnePlaceCountInAll() throws IOException {
    write("etc/ostree/trusted.ed25519", alice.publicKey(), bob.publicKey());
    for (String place :
        List.of(
            "etc/ostree/revoked.ed25519",
            "usr/share/ostree/revoked.ed25519",
            "usr/share/ostree/revoked.ed25519.d/x",
            "etc/ostree/revoked.ed25519.d/x")) {
      write(place, alice.publicKey());
      SignatureReport report = verify(signature(alice));
      assertThat(report.verdicts().getFirst().status()).isEqualTo(SignatureStatus.REVOKED_KEY);
      assertThat(report.message()).contains("Signature by the revoked key");
      assertThat(verify(signature(alice), signature(bob)).accepted()).isTrue();
      Files.delete(temp.path(place));
    }
  }

  @Test
  void whatCannotBeReadHidesNoTrustedKeyButEndsAtARevokedOne() throws IOException {
    OpenSsl.KeyPair key = openssl.key("spki", "ED25519");
    byte[] signature =
        new Signers(SignatureType.SPKI, places).ofFile(key.secret()).getFirst().sign(DATA);
    var verifier = new KeyVerifier(PublicKeys.none(SignatureType.SPKI), places);
    write("etc/ostree/trusted.spki", "-----BEGIN PUBLIC KEY-----", "cut off");
    Files.createDirectories(temp.path("usr/share/ostree/trusted.spki.d"));
    Files.copy(key.publicKey(), temp.path("usr/share/ostree/trusted.spki.d/good"));
    // A directory among the files, and a key that is none.
    Files.createDirectories(temp.path("usr/share/ostree/trusted.spki.d/dir"));
    write(
        "etc/ostree/trusted.spki.d/odd",
        "-----BEGIN PUBLIC KEY-----",
        "AAAA",
        "-----END PUBLIC KEY-----");
    assertThat(verifier.verify(DATA, List.of(signature)).accepted()).isTrue();
    write("etc/ostree/revoked.spki", "-----BEGIN PUBLIC KEY-----", "cut off");
    assertThatThrownBy(() -> verifier.verify(DATA, List.of(signature)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("PEM trailer not found");
  }

  @Test
  void keysThatNobodyCanReadAreSaidToBeSo() {
    var verifier = new KeyVerifier(PublicKeys.none(SignatureType.SPKI).with("AAAA"), places);
    refused(
        () -> {
          try {
            verifier.verify(DATA, List.of(new byte[64]));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        "cannot read a public key");
  }

  @Test
  void filesOfKeys() throws IOException {
    write("keys", "# ours", "", alice.publicKey(), "AAAA", " " + bob.publicKey() + "\r");
    PublicKeys keys = PublicKeys.ofFile(TYPE, temp.path("keys"));
    for (Ed25519Keys key : List.of(alice, bob)) {
      assertThat(new KeyVerifier(keys, places).verify(DATA, List.of(signature(key))).accepted())
          .isTrue();
    }
    write("none", "# nothing", "AAAA");
    assertThatThrownBy(() -> PublicKeys.ofFile(TYPE, temp.path("none")))
        .hasMessage("signature: ed25519: no valid keys in file '" + temp.path("none") + "'");
    assertThatThrownBy(() -> PublicKeys.ofFile(TYPE, temp.path("etc")))
        .hasMessageEndingWith("is not a regular file");
    refused(() -> PublicKeys.none(TYPE).with("AAAA"), "expected 32 bytes, got 3 bytes");
  }

  @Test
  void theFirstGoodSignatureIsEnough() throws IOException {
    PublicKeys keys = PublicKeys.none(TYPE).with(alice.publicKey());
    byte[] good = signature(alice);
    byte[] damaged = good.clone();
    damaged[10] ^= 1;
    SignatureReport report =
        new KeyVerifier(keys, places).verify(DATA, List.of(new byte[3], damaged, good, good));
    assertThat(report.verdicts())
        .extracting(SignatureVerdict::status)
        .containsExactly(
            SignatureStatus.MALFORMED, SignatureStatus.WRONG_DATA, SignatureStatus.GOOD);
    assertThat(new KeyVerifier(keys, places).verify(DATA, List.of()).accepted()).isFalse();
  }
}
