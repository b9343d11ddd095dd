package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.transfer.fetch.FetchSettings.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Keys and trust of TLS, from files in PEM. */
final class TlsContext {
  /** Where Debian and others keep the certificates that the system trusts. */
  private static final Path SYSTEM_CA = Path.of("/etc/ssl/certs/ca-certificates.crt");

  private static final char[] NO_PASSWORD = new char[0];

  private TlsContext() {}

  /** A context; empty where nothing but the JDK's own trust is needed. */
  static Optional<SSLContext> of(Tls tls) throws IOException {
    boolean system = Files.isReadable(SYSTEM_CA);
    if (tls.ca().isEmpty() && tls.certificate().isEmpty() && !tls.permissive() && !system) {
      return Optional.empty();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(tls), trust(tls, system), null);
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      throw new Failure(
          ErrorCode.TLS_INVALID,
          "Cannot use the keys and certificates of the remote: " + e.getMessage(),
          "Check tls-ca-path, tls-client-cert-path and tls-client-key-path.",
          e);
    }
  }

  private static KeyManager @Nullable [] keys(Tls tls)
      throws IOException, GeneralSecurityException {
    if (tls.certificate().isEmpty() || tls.key().isEmpty()) {
      return null;
    }
    Certificate[] chain = certificates(tls.certificate().get()).toArray(new Certificate[0]);
    PrivateKey key = PemKey.read(tls.key().get());
    KeyStore store = emptyStore();
    store.setKeyEntry("client", key, NO_PASSWORD, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager @Nullable [] trust(Tls tls, boolean system)
      throws IOException, GeneralSecurityException {
    if (tls.permissive()) {
      return new TrustManager[] {new Anybody()};
    }
    if (tls.ca().isEmpty() && !system) {
      return null;
    }
    KeyStore store = emptyStore();
    int number = 0;
    for (Certificate certificate : certificates(tls.ca().orElse(SYSTEM_CA))) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    byte[] pem = Files.readAllBytes(file);
    Collection<? extends Certificate> all =
        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    if (all.isEmpty()) {
      throw new GeneralSecurityException(file + " has no certificates");
    }
    return all;
  }

  /** A handshake that failed. */
  static Failure refused(URI uri, SSLException e) {
    return new Failure(
        ErrorCode.TLS_INVALID,
        "While fetching " + Urls.masked(uri) + ": TLS: " + reason(e),
        "Check the server's certificate; name the certificates that it is checked against with"
            + " tls-ca-path, or a key of yours with tls-client-cert-path and tls-client-key-path.",
        e);
  }

  /** The JDK's message names classes in between. */
  private static String reason(SSLException e) {
    return String.valueOf(e.getMessage()).replaceAll("[A-Za-z.]+Exception: ", "");
  }

  /** Trusts everybody, and does not compare names: {@code tls-permissive}. */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
