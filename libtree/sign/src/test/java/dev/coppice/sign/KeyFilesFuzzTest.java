package dev.coppice.sign;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whatever stands in a file of keys or in a key: it is refused as a bad key, or is one. */
class KeyFilesFuzzTest {
  private static final byte[] DATA = {1, 2, 3};

  @FuzzTest(maxDuration = "10s")
  void files(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (SignatureType type : SignatureType.NAMED) {
      for (List<String> labels : List.of(KeyFiles.PUBLIC_LABELS, KeyFiles.SECRET_LABELS)) {
        try {
          List<byte[]> keys = KeyFiles.parse(type, text, labels, "fuzz");
          assertThat(keys).hasSizeLessThanOrEqualTo(bytes.length);
        } catch (Failure e) {
          assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID);
        }
      }
    }
  }

  @FuzzTest(maxDuration = "10s")
  void secretKeys(byte[] bytes) {
    Optional<byte[]> secret = SignatureScheme.secretKey(bytes);
    if (secret.isPresent()) {
      try {
        assertThat(SignatureScheme.sign(SignatureType.SPKI, secret.get(), DATA)).isNotEmpty();
      } catch (Failure e) {
        assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID);
      }
    }
  }

  @FuzzTest(maxDuration = "10s")
  void publicKeys(byte[] bytes) {
    var key = new PublicKeyBytes(bytes);
    try {
      assertThat(SignatureScheme.verify(SignatureType.SPKI, key, DATA, new byte[64])).isFalse();
    } catch (Failure e) {
      assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID);
    }
  }

  @FuzzTest(maxDuration = "10s")
  void detachedMetadata(byte[] bytes) {
    Signatures signatures;
    try {
      signatures = Signatures.parse(bytes);
    } catch (Failure e) {
      assertThat(e.code()).isEqualTo(ErrorCode.SIGNATURE_INVALID);
      return;
    }
    assertThat(signatures.encode()).isEqualTo(bytes);
    for (SignatureType type : SignatureType.values()) {
      List<byte[]> before = signatures.of(type);
      Signatures more = signatures.with(type, DATA);
      assertThat(more.of(type)).hasSize(before.size() + 1);
      assertThat(more.of(type).getLast()).isEqualTo(DATA);
      assertThat(more.without(type, before.size()).of(type)).hasSameSizeAs(before);
      assertThat(Signatures.parse(more.encode()).of(type)).hasSize(before.size() + 1);
    }
  }

  @FuzzTest(maxDuration = "10s")
  void textOfKeys(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    var places = new KeyPlaces(Path.of("/nonexistent"), Map.of());
    for (SignatureType type : List.of(SignatureType.ED25519, SignatureType.SPKI)) {
      if (text.startsWith("command:")) {
        continue; // Would run it.
      }
      try {
        assertThat(new Signers(type, places).of(text).type()).isEqualTo(type);
      } catch (Failure e) {
        assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID);
      }
      try {
        assertThat(PublicKeys.none(type).with(text).isEmpty()).isFalse();
      } catch (Failure e) {
        assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID);
      }
    }
  }
}
