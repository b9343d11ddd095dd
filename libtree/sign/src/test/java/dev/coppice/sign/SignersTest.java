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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secret keys of all sources and forms. */
class SignersTest {
  private static final byte[] DATA = "data".getBytes(UTF_8);

  private final TempTree temp = TempTree.create();
  private OpenSsl openssl;

  @BeforeEach
  void make() {
    openssl = OpenSsl.require(temp.root());
  }

  @AfterEach
  void remove() {
    temp.close();
  }

  private static Signers signers(SignatureType type, Map<String, String> environment) {
    return new Signers(type, new KeyPlaces(Path.of("/nonexistent"), environment));
  }

  private static void good(String publicKey, SignatureType type, byte[] signature)
      throws IOException {
    var keys = PublicKeys.none(type).with(publicKey);
    var verifier = new KeyVerifier(keys, new KeyPlaces(Path.of("/nonexistent"), Map.of()));
    assertThat(verifier.verify(DATA, List.of(signature)).accepted()).isTrue();
  }

  @Test
  void olderFormsOfSecretKeys() throws IOException {
    Path elliptic = temp.path("ec.pem");
    openssl.run("ecparam", "-name", "prime256v1", "-genkey", "-out", elliptic.toString()).ok();
    assertThat(Files.readString(elliptic)).contains("EC PARAMETERS", "EC PRIVATE KEY");
    Path brainpool = temp.path("bp.pem");
    openssl
        .run("ecparam", "-name", "brainpoolP256r1", "-genkey", "-out", brainpool.toString())
        .ok();
    Path rsa = temp.path("rsa.pem");
    openssl.run("genrsa", "-traditional", "-out", rsa.toString(), "2048").ok();
    for (Path file : List.of(elliptic, brainpool, rsa)) {
      Path publicKey = temp.path("public.der");
      openssl
          .run(
              "pkey",
              "-in",
              file.toString(),
              "-pubout",
              "-outform",
              "DER",
              "-out",
              publicKey.toString())
          .ok();
      String text = Base64.getEncoder().encodeToString(Files.readAllBytes(publicKey));
      List<Signer> found = signers(SignatureType.SPKI, Map.of()).ofFile(file);
      assertThat(found).hasSize(1);
      good(text, SignatureType.SPKI, found.getFirst().sign(DATA));
    }
  }

  @Test
  void sourcesOnTheCommandLine() throws IOException {
    Ed25519Keys key = Ed25519Keys.make(openssl, "key");
    var signers = signers(SignatureType.ED25519, Map.of("KEY", key.secret(), "ODD", "AAAA"));
    good(key.publicKey(), SignatureType.ED25519, signers.of(key.secret()).sign(DATA));
    good(key.publicKey(), SignatureType.ED25519, signers.of("env:KEY").sign(DATA));
    for (String bad : List.of("", "AAAA", "env:NONE", "env:ODD", "env:")) {
      assertThatThrownBy(() -> signers.of(bad))
          .as(bad)
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID));
    }
    assertThat(signers.of(key.secret()).toString()).doesNotContain(key.secret());
  }

  @Test
  void programsThatSign() throws IOException {
    OpenSsl.KeyPair key = openssl.key("key", "EC", "ec_paramgen_curve:P-256");
    String digest = "openssl dgst -sha256 -sign " + key.secret();
    var signers = signers(SignatureType.SPKI, Map.of());
    good(key.publicText(), SignatureType.SPKI, signers.of("command:" + digest).sign(DATA));
    Path script = temp.path("base64");
    Files.writeString(script, "#!/bin/sh\n" + digest + " | base64\n");
    script.toFile().setExecutable(true);
    good(key.publicText(), SignatureType.SPKI, signers.of("command:" + script).sign(DATA));
    for (String bad : List.of("command:true", "command:false", "command:/no/such")) {
      assertThatThrownBy(() -> signers.of(bad).sign(DATA))
          .as(bad)
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID));
    }
    assertThatThrownBy(() -> signers.of("command: "))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
    // A program that reads nothing while it is given more than a pipe holds.
    byte[] large = new byte[1 << 20];
    assertThat(signers.of("command:echo QUJDREVGR0g=").sign(large))
        .asString()
        .isEqualTo("ABCDEFGH");
  }

  @Test
  void encryptedKeysAreRefused() {
    Path file = temp.path("encrypted.pem");
    openssl
        .run(
            "genpkey",
            "-algorithm",
            "ED25519",
            "-aes256",
            "-pass",
            "pass:x",
            "-out",
            file.toString())
        .ok();
    assertThatThrownBy(() -> signers(SignatureType.SPKI, Map.of()).ofFile(file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Unexpected label \"ENCRYPTED PRIVATE KEY\"");
  }

  @Test
  void dummyKeysNeedPermission() throws IOException {
    assertThatThrownBy(() -> signers(SignatureType.DUMMY, Map.of()).of("abc"))
        .hasMessageContaining("only for ostree testing");
    Map<String, String> allowed = Map.of("OSTREE_DUMMY_SIGN_ENABLED", "1");
    assertThat(signers(SignatureType.DUMMY, allowed).of("env:x").sign(DATA))
        .as("taken as it is")
        .asString()
        .isEqualTo("env:x");
  }
}
