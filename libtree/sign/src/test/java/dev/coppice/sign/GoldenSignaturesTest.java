package dev.coppice.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signatures that a real ostree made; the script {@code make-golden} beside the sources says how.
 */
class GoldenSignaturesTest {
  private static final KeyPlaces NOWHERE = new KeyPlaces(Path.of("/nonexistent"), Map.of());
  private static final List<String> NAMES =
      List.of("ed25519", "ed448", "p256", "p521", "brainpool", "rsa");

  private static Path file(String name) throws URISyntaxException {
    var url = GoldenSignaturesTest.class.getResource("golden/" + name);
    return Path.of(Objects.requireNonNull(url).toURI());
  }

  private static SignatureStatus status(String key, byte[] commit, byte[] detached)
      throws IOException, URISyntaxException {
    SignatureType type = key.equals("ed25519") ? SignatureType.ED25519 : SignatureType.SPKI;
    Signatures signatures = Signatures.parse(Optional.of(detached));
    List<SignatureVerdict> verdicts =
        new KeyVerifier(PublicKeys.ofFile(type, file(key + ".key")), NOWHERE)
            .verify(commit, signatures.of(type))
            .verdicts();
    assertThat(verdicts).hasSize(1);
    return verdicts.getFirst().status();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ed448", "p256", "p521", "brainpool", "rsa"})
  void areGoodForTheirCommitAndKeyOnly(String name) throws IOException, URISyntaxException {
    byte[] commit = Files.readAllBytes(file("commit"));
    byte[] detached = Files.readAllBytes(file(name + ".sig"));
    assertThat(status(name, commit, detached)).isEqualTo(SignatureStatus.GOOD);

    for (int at : List.of(0, commit.length / 2, commit.length - 1)) {
      byte[] other = commit.clone();
      other[at] ^= 1;
      assertThat(status(name, other, detached)).isEqualTo(SignatureStatus.WRONG_DATA);
    }
    for (String key : NAMES) {
      if (!key.equals(name) && !key.equals("ed25519") && !name.equals("ed25519")) {
        assertThat(status(key, commit, detached)).isEqualTo(SignatureStatus.WRONG_DATA);
      }
    }
  }
}
