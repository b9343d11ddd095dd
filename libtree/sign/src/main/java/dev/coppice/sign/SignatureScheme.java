package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms behind {@code ed25519} and {@code spki}, of the JDK where it has them.
 *
 * <p>Which digest goes with an SPKI key is what OpenSSL takes when none is named: SHA-256 for RSA
 * (PKCS 1 v1.5), elliptic curves and DSA; EdDSA has its own.
 */
final class SignatureScheme {
  static final int ED25519_PUBLIC = 32;
  static final int ED25519_SECRET = 64;
  static final int ED25519_SIGNATURE = 64;

  /** What stands before the 32 bytes in a SubjectPublicKeyInfo and in PKCS 8; RFC 8410. */
  private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final byte[] SECRET_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  /** A family of keys of the JDK, and the signatures it makes. */
  private record Family(String keys, String signatures) {}

  private static final List<Family> FAMILIES =
      List.of(
          new Family("EdDSA", "EdDSA"),
          new Family("EC", "SHA256withECDSA"),
          new Family("RSA", "SHA256withRSA"),
          new Family("DSA", "SHA256withDSA"),
          new Family("ML-DSA", "ML-DSA"));

  private SignatureScheme() {}

  /** Whether a signature is that of these bytes by this key; a damaged one is not. */
  static boolean verify(SignatureType type, PublicKeyBytes key, byte[] data, byte[] signature) {
    byte[] encoded = type == SignatureType.ED25519 ? join(PUBLIC_PREFIX, key.bytes()) : key.bytes();
    if (OtherCurves.has(encoded)) {
      try {
        return OtherCurves.verify(encoded, data, signature);
      } catch (IOException e) {
        throw unusable(type, "public");
      }
    }
    for (Family family : FAMILIES) {
      PublicKey known = publicKey(family, encoded);
      if (known != null) {
        return verify(family, known, data, signature);
      }
    }
    throw unusable(type, "public");
  }

  /** The signature of these bytes by a secret key in the form of its type. */
  static byte[] sign(SignatureType type, byte[] secret, byte[] data) {
    byte[] encoded = secret;
    if (type == SignatureType.ED25519) {
      encoded = join(SECRET_PREFIX, Arrays.copyOf(secret, ED25519_PUBLIC));
    }
    if (OtherCurves.has(encoded)) {
      try {
        return OtherCurves.sign(encoded, data);
      } catch (IOException e) {
        throw unusable(type, "secret");
      }
    }
    for (Family family : FAMILIES) {
      PrivateKey known = privateKey(family, encoded);
      if (known != null) {
        return sign(family, known, data);
      }
    }
    throw unusable(type, "secret");
  }

  /** A secret key in PKCS 8, of bytes that are one or of an older form; empty if they are none. */
  static Optional<byte[]> secretKey(byte[] encoded) {
    if (isSecretKey(encoded)) {
      return Optional.of(encoded);
    }
    return SecretKeyForms.pkcs8(encoded).filter(SignatureScheme::isSecretKey);
  }

  private static boolean isSecretKey(byte[] encoded) {
    return OtherCurves.has(encoded)
        ? OtherCurves.isSecretKey(encoded)
        : FAMILIES.stream().anyMatch(family -> privateKey(family, encoded) != null);
  }

  private static boolean verify(Family family, PublicKey key, byte[] data, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(family.signatures());
      verifier.initVerify(key);
      verifier.update(data);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      // How the JDK says that the form is wrong, which makes it a signature of nothing.
      return false;
    } catch (InvalidKeyException e) {
      throw new Failure(ErrorCode.KEY_INVALID, "Cannot use a public key: " + e.getMessage(), "", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sign(Family family, PrivateKey key, byte[] data) {
    try {
      Signature signer = Signature.getInstance(family.signatures());
      signer.initSign(key);
      signer.update(data);
      return signer.sign();
    } catch (InvalidKeyException | SignatureException e) {
      throw new Failure(ErrorCode.KEY_INVALID, "Failed to sign: " + e.getMessage(), "", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable PublicKey publicKey(Family family, byte[] encoded) {
    try {
      return KeyFactory.getInstance(family.keys()).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable PrivateKey privateKey(Family family, byte[] encoded) {
    try {
      return KeyFactory.getInstance(family.keys())
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Failure unusable(SignatureType type, String half) {
    return new Failure(
        ErrorCode.KEY_INVALID,
        type.id() + ": cannot read a " + half + " key",
        "It must be an Ed25519, Ed448, ECDSA, RSA, DSA or ML-DSA key");
  }

  private static byte[] join(byte[] prefix, byte[] rest) {
    byte[] joined = Arrays.copyOf(prefix, prefix.length + rest.length);
    System.arraycopy(rest, 0, joined, prefix.length, rest.length);
    return joined;
  }
}
