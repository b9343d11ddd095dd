package dev.coppice.sign;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Secret keys as programs wrote them before PKCS 8, which OpenSSL still reads: RSA keys of PKCS 1
 * and elliptic ones of SEC 1.
 */
final class SecretKeyForms {
  /** A key of PKCS 1 has this many numbers, the version first. */
  private static final int RSA_NUMBERS = 9;

  private SecretKeyForms() {}

  /** The key in PKCS 8, where it is in one of the older forms. */
  static Optional<byte[]> pkcs8(byte[] encoded) {
    try {
      ASN1Sequence sequence = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(encoded));
      if (sequence.size() == RSA_NUMBERS) {
        var rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        return wrapped(rsa, RSAPrivateKey.getInstance(sequence));
      }
      if (ASN1Integer.getInstance(sequence.getObjectAt(0)).hasValue(1)) {
        ECPrivateKey key = ECPrivateKey.getInstance(sequence);
        return wrapped(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
            key);
      }
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // The parser answers damaged keys with exceptions of any kind.
    }
  }

  private static Optional<byte[]> wrapped(AlgorithmIdentifier algorithm, ASN1Encodable key)
      throws IOException {
    return Optional.of(new PrivateKeyInfo(algorithm, key).getEncoded(ASN1Encoding.DER));
  }
}
