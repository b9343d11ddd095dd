package dev.coppice.sign.openpgp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sign.SignatureReport;
import java.util.List;

/** Whatever bytes are given as OpenPGP keys or signatures: they are refused, or can be used. */
class PacketsFuzzTest {
  private static final byte[] DATA = {1, 2, 3};

  @FuzzTest(maxDuration = "20s")
  void keyrings(byte[] bytes) {
    try {
      Keyring keys = Keyring.of(bytes, "fuzz");
      for (OpenPgpKey key : keys.keys()) {
        assertThat(key.primary().fingerprint()).matches("[0-9A-F]+");
        assertThat(keys.matching(key.primary().fingerprint()).isEmpty()).isFalse();
      }
      Keyring sound = keys.sound();
      Keyring again = Keyring.of(sound.encode(), "again");
      assertThat(again.size()).isEqualTo(sound.size());
    } catch (Failure e) {
      assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID);
    }
  }

  @FuzzTest(maxDuration = "20s")
  void signatures(byte[] bytes) {
    SignatureReport report = new OpenPgpVerifier(FuzzKeys.keyring()).verify(DATA, List.of(bytes));
    assertThat(report.accepted()).isFalse();
    assertThat(report.verdicts()).isNotEmpty();
    assertThat(report.message()).isNotEmpty();
    assertThat(new SignatureOwners(FuzzKeys.keyring()).isByAny(bytes, List.of("nobody"))).isFalse();
  }
}
