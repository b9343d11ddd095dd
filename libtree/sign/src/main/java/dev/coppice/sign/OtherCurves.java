package dev.coppice.sign;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * ECDSA with SHA-256 over curves that the JDK no longer has, such as Brainpool's and secp256k1,
 * done by Bouncy Castle.
 */
final class OtherCurves {
  /** The encoded names of P-256, P-384 and P-521; RFC 5480. */
  private static final List<String> OF_THE_JDK =
      List.of("06082a8648ce3d030107", "06052b81040022", "06052b81040023");

  /** The encoded name of elliptic-curve keys; RFC 5480. */
  private static final String ELLIPTIC = "06072a8648ce3d0201";

  /** Both names stand in the first bytes of a key, behind at most three lengths and a version. */
  private static final int HEADER = 48;

  private OtherCurves() {}

  /** Whether the key, public or secret, is one for this class. */
  static boolean has(byte[] encoded) {
    String header = HexFormat.of().formatHex(encoded, 0, Math.min(HEADER, encoded.length));
    return header.contains(ELLIPTIC) && OF_THE_JDK.stream().noneMatch(header::contains);
  }

  /** Whether a key can be read. */
  static boolean isSecretKey(byte[] encoded) {
    try {
      return PrivateKeyFactory.createKey(encoded) instanceof ECPrivateKeyParameters;
    } catch (IOException | RuntimeException e) {
      return false; // The parser answers damaged keys with exceptions of any kind.
    }
  }

  /**
   * Whether a signature is that of the data.
   *
   * @throws IOException when the public key cannot be read
   */
  static boolean verify(byte[] encodedKey, byte[] data, byte[] signature) throws IOException {
    DSADigestSigner verifier = new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
    verifier.init(false, publicKey(encodedKey));
    verifier.update(data, 0, data.length);
    return verifier.verifySignature(signature);
  }

  /**
   * The signature of the data.
   *
   * @throws IOException when the secret key cannot be read
   */
  static byte[] sign(byte[] encodedKey, byte[] data) throws IOException {
    CipherParameters key = new ParametersWithRandom(PrivateKeyFactory.createKey(encodedKey));
    DSADigestSigner signer = new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
    signer.init(true, key);
    signer.update(data, 0, data.length);
    return signer.generateSignature();
  }

  private static ECPublicKeyParameters publicKey(byte[] encoded) throws IOException {
    try {
      if (PublicKeyFactory.createKey(encoded) instanceof ECPublicKeyParameters key) {
        return key;
      }
    } catch (RuntimeException e) {
      throw new IOException("damaged public key", e);
    }
    throw new IOException("not an elliptic key");
  }
}
