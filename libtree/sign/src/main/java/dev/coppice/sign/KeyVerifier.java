package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Judges signatures of plain keys: {@code ed25519}, {@code spki} and {@code dummy}. */
public final class KeyVerifier implements Verifier {
  /** As many keys as the real tool names in an error. */
  private static final int NAMED_KEYS = 3;

  private final PublicKeys keys;
  private final KeyPlaces places;

  /**
   * @param keys the keys to trust; with none, those of the system
   */
  public KeyVerifier(PublicKeys keys, KeyPlaces places) {
    this.keys = keys;
    this.places = places;
  }

  @Override
  public SignatureType type() {
    return keys.type();
  }

  @Override
  public SignatureReport verify(byte[] data, List<byte[]> signatures) throws IOException {
    if (type() == SignatureType.DUMMY) {
      return dummy(signatures);
    }
    PublicKeys trusted = keys.isEmpty() ? PublicKeys.ofSystem(type(), places) : keys;
    List<PublicKeyBytes> usable = trusted.usable();
    List<SignatureVerdict> verdicts = new ArrayList<>();
    List<String> tried = new ArrayList<>();
    for (byte[] signature : signatures) {
      SignatureVerdict verdict = verdict(data, signature, trusted);
      verdicts.add(verdict);
      if (verdict.status() == SignatureStatus.GOOD) {
        String text = type().id() + ": Signature verified successfully with key '";
        return new SignatureReport(verdicts, text + verdict.key() + "'");
      }
      usable.forEach(key -> tried.add("key '" + key.hex() + "'"));
    }
    return new SignatureReport(verdicts, refusal(tried));
  }

  private SignatureVerdict verdict(byte[] data, byte[] signature, PublicKeys trusted) {
    boolean sized =
        type() != SignatureType.ED25519 || signature.length == SignatureScheme.ED25519_SIGNATURE;
    if (!sized) {
      return SignatureVerdict.plain(type(), SignatureStatus.MALFORMED, "");
    }
    for (PublicKeyBytes key : trusted.usable()) {
      if (SignatureScheme.verify(type(), key, data, signature)) {
        return SignatureVerdict.plain(type(), SignatureStatus.GOOD, key.hex());
      }
    }
    for (PublicKeyBytes key : trusted.revoked()) {
      if (SignatureScheme.verify(type(), key, data, signature)) {
        return SignatureVerdict.plain(type(), SignatureStatus.REVOKED_KEY, key.hex());
      }
    }
    return SignatureVerdict.plain(type(), SignatureStatus.WRONG_DATA, "");
  }

  private String refusal(List<String> tried) {
    if (tried.isEmpty()) {
      return type().id() + ": no signatures found";
    }
    String start = type().id() + ": Signature couldn't be verified";
    return tried.size() > NAMED_KEYS
        ? start + "; tried " + tried.size() + " keys"
        : start + " with: " + String.join("; ", tried);
  }

  private SignatureReport dummy(List<byte[]> signatures) {
    DummySigner.requireAllowed(places);
    if (keys.isEmpty()) {
      throw new Failure(ErrorCode.KEY_INVALID, "dummy: no key", "Name the key");
    }
    List<SignatureVerdict> verdicts = new ArrayList<>();
    for (byte[] signature : signatures) {
      boolean good = keys.usable().getFirst().equals(new PublicKeyBytes(signature));
      verdicts.add(
          SignatureVerdict.plain(
              type(), good ? SignatureStatus.GOOD : SignatureStatus.WRONG_DATA, ""));
      if (good) {
        return new SignatureReport(verdicts, "dummy: Signature verified");
      }
    }
    return new SignatureReport(
        verdicts,
        verdicts.isEmpty()
            ? "signature: dummy: no signatures"
            : "signature: dummy: incorrect signatures found: " + verdicts.size());
  }
}
