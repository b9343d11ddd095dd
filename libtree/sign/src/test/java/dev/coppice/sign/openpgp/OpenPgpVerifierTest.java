package dev.coppice.sign.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sign.SignatureReport;
import dev.coppice.sign.SignatureStatus;
import dev.coppice.sign.SignatureVerdict;
import dev.coppice.testdata.Gpg;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and signatures of the real gpg. */
class OpenPgpVerifierTest {
  private static final byte[] DATA = "the bytes of a commit".getBytes(UTF_8);
  private static final String ALICE = "Alice (release key) <alice@example.org>";
  private static final List<String> PAST = List.of("--faked-system-time", "20240101T000000!");

  private Gpg gpg;

  @BeforeEach
  void setUp() {
    gpg = Gpg.require();
  }

  @AfterEach
  void tearDown() {
    gpg.close();
  }

  private static SignatureReport verify(byte[] keys, byte[] data, byte[]... signatures) {
    return new OpenPgpVerifier(Keyring.of(keys, "test")).verify(data, List.of(signatures));
  }

  private static SignatureReport verifyAt(Instant now, byte[] keys, byte[] signature) {
    return new OpenPgpVerifier(Keyring.of(keys, "test"), InstantSource.fixed(now), ZoneOffset.UTC)
        .verify(DATA, List.of(signature));
  }

  private static SignatureStatus status(SignatureReport report) {
    assertThat(report.verdicts()).hasSize(1);
    return report.verdicts().getFirst().status();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa2048", "dsa2048", "nistp256", "brainpoolP256r1", "ed25519"})
  void keysOfAllKinds(String algorithm) {
    String key = gpg.key(ALICE, algorithm, "never");
    byte[] signature = gpg.sign(key, DATA);

    SignatureReport report = verify(gpg.export(), DATA, signature);

    assertThat(status(report)).isEqualTo(SignatureStatus.GOOD);
    SignatureVerdict verdict = report.verdicts().getFirst();
    assertThat(verdict.key()).isEqualTo(key);
    assertThat(verdict.userId()).isEqualTo(ALICE);
    assertThat(verdict.lines().getLast())
        .isEqualTo("Good signature from \"Alice <alice@example.org>\"");
    byte[] other = DATA.clone();
    other[3] ^= 1;
    assertThat(status(verify(gpg.export(), other, signature)))
        .isEqualTo(SignatureStatus.WRONG_DATA);
  }

  @Test
  void armorOfKeysAndOfSignatures() {
    String key = gpg.key(ALICE);
    String bob = gpg.key("Bob <bob@example.org>");
    byte[] armored = gpg.sign(List.of("--armor"), bob, DATA);
    // Blocks behind one another, with words around them, as people paste them.
    var file = new ByteArrayOutputStream();
    file.writeBytes("Keys of our project:\n\n".getBytes(UTF_8));
    file.writeBytes(gpg.exportArmored(key));
    file.writeBytes("and\n".getBytes(UTF_8));
    file.writeBytes(gpg.exportArmored(bob));

    assertThat(status(verify(file.toByteArray(), DATA, armored))).isEqualTo(SignatureStatus.GOOD);
    assertThat(status(verify(gpg.exportArmored(key), DATA, armored)))
        .isEqualTo(SignatureStatus.UNKNOWN_KEY);
  }

  @Test
  void severalSigners() {
    String alice = gpg.key(ALICE);
    String bob = gpg.key("Bob <bob@example.org>");
    byte[] first = gpg.sign(alice, DATA);
    byte[] second = gpg.sign(bob, DATA);

    SignatureReport report = verify(gpg.export(bob), DATA, first, second);

    assertThat(report.verdicts())
        .extracting(SignatureVerdict::status)
        .containsExactly(SignatureStatus.UNKNOWN_KEY, SignatureStatus.GOOD);
    assertThat(report.accepted()).isTrue();
    // gpg puts several signatures into one blob when it is given several keys.
    var joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    assertThat(verify(gpg.export(bob), DATA, joined.toByteArray()).verdicts())
        .extracting(SignatureVerdict::status)
        .containsExactly(SignatureStatus.UNKNOWN_KEY, SignatureStatus.GOOD);
  }

  @Test
  void threadsShareAKeyring() throws Exception {
    String key = gpg.key(ALICE);
    byte[] signature = gpg.sign(key, DATA);
    var verifier = new OpenPgpVerifier(Keyring.of(gpg.export(key), "test"));

    try (var threads = Executors.newFixedThreadPool(8)) {
      Callable<SignatureStatus> check = () -> status(verifier.verify(DATA, List.of(signature)));
      for (Future<SignatureStatus> each : threads.invokeAll(Collections.nCopies(3000, check))) {
        assertThat(each.get()).isEqualTo(SignatureStatus.GOOD);
      }
    }
  }

  @Test
  void aSubkeySigns() {
    String primary = gpg.key(ALICE);
    String subkey = gpg.subkey(primary, "ed25519", "sign", "never");
    byte[] signature = gpg.sign(subkey + "!", DATA);

    SignatureReport report = verify(gpg.export(), DATA, signature);

    assertThat(status(report)).isEqualTo(SignatureStatus.GOOD);
    assertThat(report.verdicts().getFirst().key()).isEqualTo(subkey);
    assertThat(report.message()).contains("Primary key ID " + primary.substring(24));
  }

  @Test
  void aRevokedKeyCountsAlsoWhenOneKeyringDoesNotKnowYet() {
    String key = gpg.key(ALICE);
    byte[] signature = gpg.sign(key, DATA);
    byte[] before = gpg.export();
    gpg.revoke(key);
    byte[] after = gpg.export();

    assertThat(status(verify(before, DATA, signature))).isEqualTo(SignatureStatus.GOOD);
    SignatureReport report = verify(after, DATA, signature);
    assertThat(status(report)).isEqualTo(SignatureStatus.REVOKED_KEY);
    assertThat(report.message()).endsWith("Key revoked");
    Keyring both = Keyring.of(after, "new").and(Keyring.of(before, "old"));
    assertThat(status(new OpenPgpVerifier(both).verify(DATA, List.of(signature))))
        .isEqualTo(SignatureStatus.REVOKED_KEY);
    assertThatThrownBy(report::requireAccepted)
        .isInstanceOfSatisfying(
            Failure.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SIGNATURE_KEY_REVOKED);
              assertThat(e.nextStep()).contains("revoked");
            });
  }

  @Test
  void aRevokedSubkey() {
    String primary = gpg.key(ALICE);
    String subkey = gpg.subkey(primary, "ed25519", "sign", "never");
    byte[] signature = gpg.sign(subkey + "!", DATA);
    gpg.edit(primary, "key 1", "revkey", "y", "0", "", "y", "save");

    assertThat(status(verify(gpg.export(), DATA, signature)))
        .isEqualTo(SignatureStatus.REVOKED_KEY);
    assertThat(status(verify(gpg.export(), DATA, gpg.sign(primary + "!", DATA))))
        .isEqualTo(SignatureStatus.GOOD);
  }

  @Test
  void keysAndSignaturesExpire() {
    gpg.run(PAST.get(0), PAST.get(1), "--quick-generate-key", ALICE, "ed25519", "sign", "1y").ok();
    byte[] keys = gpg.export();
    byte[] signature = gpg.sign(PAST, "alice@example.org", DATA);
    byte[] brief =
        gpg.sign(
            List.of(PAST.get(0), PAST.get(1), "--default-sig-expire", "2w"),
            "alice@example.org",
            DATA);

    Instant valid = Instant.parse("2024-01-02T00:00:00Z");
    assertThat(status(verifyAt(valid, keys, signature))).isEqualTo(SignatureStatus.GOOD);
    assertThat(verifyAt(valid, keys, signature).message())
        .isEqualTo(
            "Signature made Mon Jan \u20071 00:00:00 2024 using EdDSA key ID "
                + gpg.fingerprints("alice").getFirst().substring(24)
                + "\nGood signature from \"Alice <alice@example.org>\""
                + "\nKey expires Tue Dec 31 00:00:00 2024");
    assertThat(status(verifyAt(valid, keys, brief))).isEqualTo(SignatureStatus.GOOD);
    assertThat(status(verifyAt(Instant.parse("2024-02-01T00:00:00Z"), keys, brief)))
        .isEqualTo(SignatureStatus.EXPIRED_SIGNATURE);
    SignatureReport expired = verifyAt(Instant.parse("2025-02-01T00:00:00Z"), keys, signature);
    assertThat(status(expired)).isEqualTo(SignatureStatus.EXPIRED_KEY);
    assertThat(expired.message()).contains("Key expired Tue Dec 31 00:00:00 2024");
    assertThatThrownBy(expired::requireAccepted)
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SIGNATURE_EXPIRED));

    // The owner lets it live longer: the newest statement counts.
    gpg.run("--quick-set-expire", gpg.fingerprints("alice").getFirst(), "1y").ok();
    assertThat(status(verify(gpg.export(), DATA, signature))).isEqualTo(SignatureStatus.GOOD);
  }

  @Test
  void aSubkeyOfAnExpiredPrimaryKey() {
    gpg.run(PAST.get(0), PAST.get(1), "--quick-generate-key", ALICE, "ed25519", "cert", "1y").ok();
    String primary = gpg.fingerprints("alice").getFirst();
    gpg.run(PAST.get(0), PAST.get(1), "--quick-add-key", primary, "ed25519", "sign", "never").ok();
    byte[] signature = gpg.sign(PAST, primary, DATA);

    assertThat(status(verifyAt(Instant.parse("2024-02-01T00:00:00Z"), gpg.export(), signature)))
        .isEqualTo(SignatureStatus.GOOD);
    SignatureReport report =
        verifyAt(Instant.parse("2026-02-01T00:00:00Z"), gpg.export(), signature);
    assertThat(status(report)).isEqualTo(SignatureStatus.EXPIRED_KEY);
  }

  @Test
  void sha1IsRefused() {
    String key = gpg.key(ALICE, "rsa2048", "never");
    byte[] signature = gpg.sign(List.of("--digest-algo", "SHA1"), key, DATA);
    assertThat(status(verify(gpg.export(), DATA, signature)))
        .isEqualTo(SignatureStatus.WEAK_DIGEST);
  }

  @Test
  void aSignatureOfTextIsNotOneOfBytes() {
    String key = gpg.key(ALICE);
    byte[] signature = gpg.sign(List.of("--textmode"), key, DATA);
    assertThat(status(verify(gpg.export(), DATA, signature))).isEqualTo(SignatureStatus.WRONG_DATA);
  }

  @Test
  void whatIsNoSignature() {
    String key = gpg.key(ALICE);
    byte[] good = gpg.sign(key, DATA);
    byte[] cut = Arrays.copyOf(good, good.length - 5);
    byte[] damaged = good.clone();
    damaged[damaged.length - 3] ^= 1;
    for (byte[] bad : List.of(new byte[0], "hello".getBytes(UTF_8), cut, gpg.export())) {
      assertThat(status(verify(gpg.export(), DATA, bad))).isEqualTo(SignatureStatus.MALFORMED);
    }
    assertThat(status(verify(gpg.export(), DATA, damaged))).isEqualTo(SignatureStatus.WRONG_DATA);
    assertThat(verify(gpg.export(), DATA).accepted()).isFalse();
    // A damaged signature does not hide a good one.
    assertThat(verify(gpg.export(), DATA, cut, good).accepted()).isTrue();
  }

  @Test
  void aDirectoryOfKeyrings() throws IOException {
    String key = gpg.key(ALICE);
    byte[] signature = gpg.sign(key, DATA);
    Path directory = Files.createDirectory(gpg.home().resolve("rings"));
    Files.write(directory.resolve("alice.gpg"), gpg.export());
    Files.writeString(directory.resolve("README"), "no keyring");

    assertThat(
            new OpenPgpVerifier(Keyring.ofDirectory(directory))
                .verify(DATA, List.of(signature))
                .accepted())
        .isTrue();
    assertThatThrownBy(() -> Keyring.ofPath(directory))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("README");
  }

  /** Packets of every kind that say they are as large as memory: none of it is set aside. */
  @Test
  void lengthsThatLie() {
    Keyring none = Keyring.empty();
    for (int tag = 1; tag < 64; tag++) {
      byte[] fresh = {
        (byte) (0xC0 | tag), (byte) 0xFF, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xF0, 4, 0
      };
      byte[] old = {
        (byte) (0x80 | (tag & 0xF) << 2 | 2), 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xF0, 4, 0
      };
      for (byte[] packet : List.of(fresh, old)) {
        assertThat(new OpenPgpVerifier(none).verify(DATA, List.of(packet)).accepted()).isFalse();
        try {
          assertThat(Keyring.of(packet, "test").size()).isZero();
        } catch (Failure e) {
          assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID);
        }
      }
    }
  }
}
