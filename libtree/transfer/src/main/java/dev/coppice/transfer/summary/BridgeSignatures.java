package dev.coppice.transfer.summary;

import dev.coppice.core.failure.Failure;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signatures;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A signature file that fits two summaries: a client is content with one good signature among those
 * of a type. Not so with OpenPGP: gpg ends at the first bad one, so of those only the old ones are
 * in it, which fit what stands while the bridge does. Source: {@code
 * ostree_sign_ed25519_data_verify} and {@code check_sig_and_print} of gpg, tried with both.
 */
public final class BridgeSignatures {
  private BridgeSignatures() {}

  /**
   * The bridge.
   *
   * @return empty when there is nothing to bridge, or the old file cannot be read
   */
  public static Optional<byte[]> between(byte[] old, byte[] fresh) {
    try {
      Signatures bridge = Signatures.parse(old);
      boolean differs = false;
      for (SignatureType type : SignatureType.NAMED) {
        List<byte[]> standing = bridge.of(type);
        if (standing.isEmpty()) {
          continue;
        }
        for (byte[] signature : Signatures.parse(fresh).of(type)) {
          if (standing.stream().noneMatch(each -> Arrays.equals(each, signature))) {
            bridge = bridge.with(type, signature);
            differs = true;
          }
        }
      }
      return differs ? Optional.of(bridge.encode()) : Optional.empty();
    } catch (Failure e) {
      return Optional.empty(); // What stands is damaged: the sooner it is replaced the better.
    }
  }
}
