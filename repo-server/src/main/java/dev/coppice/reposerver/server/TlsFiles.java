package dev.coppice.reposerver.server;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.transfer.fetch.PemKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/**
 * The files of TLS, in PEM.
 *
 * @param certificates the server's certificate, then those between it and the one clients trust
 * @param key of the first certificate, not encrypted
 */
public record TlsFiles(Path certificates, Path key) {
  /**
   * Reads both files.
   *
   * @throws Failure when they cannot be used or do not belong together
   */
  KeyStore read() throws IOException {
    try (InputStream in = Files.newInputStream(certificates)) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(new Certificate[0]);
      if (chain.length == 0) {
        throw new GeneralSecurityException(certificates + " has no certificates");
      }
      PrivateKey secret = PemKey.read(key);
      requirePair(chain[0], secret);
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry("server", secret, new char[0], chain);
      return store;
    } catch (GeneralSecurityException e) {
      throw new Failure(
          ErrorCode.TLS_INVALID,
          "Cannot use the certificate "
              + certificates
              + " with the key "
              + key
              + ": "
              + e.getMessage(),
          "Give the chain of certificates in PEM, the server's own first, and its private key.",
          e);
    }
  }

  /** Found out here and not at the first handshake, which nobody may watch. */
  private void requirePair(Certificate certificate, PrivateKey secret)
      throws GeneralSecurityException {
    String algorithm =
        switch (secret.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(secret);
    signature.update((byte) 0);
    byte[] made = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update((byte) 0);
    if (!signature.verify(made)) {
      throw new GeneralSecurityException("they do not belong together");
    }
  }
}
