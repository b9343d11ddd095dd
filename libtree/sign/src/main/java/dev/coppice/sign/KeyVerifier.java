package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    var judge = new Judge(type(), data, trusted);
    List<SignatureVerdict> verdicts = new ArrayList<>();
    List<String> tried = new ArrayList<>();
    for (byte[] signature : signatures) {
      SignatureVerdict verdict = judge.verdict(signature);
      verdicts.add(verdict);
      if (verdict.status() == SignatureStatus.GOOD) {
        String text = type().id() + ": Signature verified successfully with key '";
        return new SignatureReport(verdicts, text + verdict.key() + "'");
      }
      trusted.usable().forEach(key -> tried.add("key '" + key.hex() + "'"));
    }
    judge.requireReadableKey();
    boolean revoked =
        !verdicts.isEmpty() && verdicts.getLast().status() == SignatureStatus.REVOKED_KEY;
    return new SignatureReport(
        verdicts,
        revoked
            ? type().id() + ": Signature by the revoked key '" + verdicts.getLast().key() + "'"
            : refusal(tried));
  }

  /** Tries keys on signatures; one that cannot be read must not hide the others. */
  private static final class Judge {
    private final SignatureType type;
    private final byte[] data;
    private final PublicKeys trusted;
    private final Map<PublicKeyBytes, Failure> unreadable = new LinkedHashMap<>();

    Judge(SignatureType type, byte[] data, PublicKeys trusted) {
      this.type = type;
      this.data = data;
      this.trusted = trusted;
    }

    SignatureVerdict verdict(byte[] signature) {
      if (type == SignatureType.ED25519 && signature.length != SignatureScheme.ED25519_SIGNATURE) {
        return SignatureVerdict.plain(type, SignatureStatus.MALFORMED, "");
      }
      for (PublicKeyBytes key : trusted.usable()) {
        if (fits(key, signature)) {
          return SignatureVerdict.plain(type, SignatureStatus.GOOD, key.hex());
        }
      }
      for (PublicKeyBytes key : trusted.revoked()) {
        if (fits(key, signature)) {
          return SignatureVerdict.plain(type, SignatureStatus.REVOKED_KEY, key.hex());
        }
      }
      return SignatureVerdict.plain(type, SignatureStatus.WRONG_DATA, "");
    }

    private boolean fits(PublicKeyBytes key, byte[] signature) {
      try {
        return SignatureScheme.verify(type, key, data, signature);
      } catch (Failure e) {
        unreadable.putIfAbsent(key, e);
        return false;
      }
    }

    /** Fails when there were keys to try, and none of them is one. */
    void requireReadableKey() {
      List<PublicKeyBytes> usable = trusted.usable();
      if (!usable.isEmpty() && unreadable.keySet().containsAll(usable)) {
        throw unreadable.values().iterator().next();
      }
    }
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
