package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes signers of what is given on a command line.
 *
 * <p>A key is base64 of the secret key, as with the real tool. Two forms are ours, and no base64
 * can look like them, for it has no colon: {@code env:NAME} takes the key from an environment
 * variable, {@code command:PROGRAM ARGUMENTS} has a program sign. Dummy keys are any text and taken
 * as they are.
 */
public final class Signers {
  private static final String FROM_ENVIRONMENT = "env:";
  private static final String BY_COMMAND = "command:";

  private final SignatureType type;
  private final KeyPlaces places;

  /** Signers of one type. */
  public Signers(SignatureType type, KeyPlaces places) {
    this.type = type;
    this.places = places;
  }

  /**
   * The signer of a key.
   *
   * @throws Failure with {@link ErrorCode#KEY_INVALID} when it is no secret key
   */
  public Signer of(String key) {
    if (type == SignatureType.DUMMY) {
      return ofBytes(key.getBytes(StandardCharsets.UTF_8));
    }
    if (key.startsWith(BY_COMMAND)) {
      return CommandSigner.of(type, key.substring(BY_COMMAND.length()));
    }
    if (key.startsWith(FROM_ENVIRONMENT)) {
      String name = key.substring(FROM_ENVIRONMENT.length());
      String value = places.environment().get(name);
      if (value == null) {
        throw new Failure(
            ErrorCode.KEY_INVALID,
            "The environment variable " + name + " is not set",
            "Put the base64 of the secret key into it");
      }
      return ofBytes(Base64Text.decode(value));
    }
    return ofBytes(Base64Text.decode(key));
  }

  /**
   * The signers of all keys in a file.
   *
   * @throws Failure with {@link ErrorCode#KEY_INVALID} when one is no secret key
   */
  public List<Signer> ofFile(Path file) throws IOException {
    List<Signer> signers = new ArrayList<>();
    for (byte[] key : KeyFiles.secretKeys(type, file)) {
      signers.add(ofBytes(key));
    }
    return signers;
  }

  private Signer ofBytes(byte[] key) {
    return switch (type) {
      case ED25519 -> {
        if (key.length != SignatureScheme.ED25519_SECRET) {
          throw KeySizes.wrong(type, "secret", SignatureScheme.ED25519_SECRET, key.length);
        }
        yield new SecretKeySigner(type, key);
      }
      case SPKI -> {
        byte[] secret =
            SignatureScheme.secretKey(key)
                .orElseThrow(
                    () ->
                        new Failure(
                            ErrorCode.KEY_INVALID,
                            "spki: cannot read the secret key",
                            "It must be base64 of an unencrypted PKCS 8 key, or a PEM file of one"));
        yield new SecretKeySigner(type, secret);
      }
      case DUMMY -> {
        DummySigner.requireAllowed(places);
        yield new DummySigner(key, places);
      }
      case GPG -> throw new IllegalArgumentException("OpenPGP signs with gpg");
    };
  }
}
