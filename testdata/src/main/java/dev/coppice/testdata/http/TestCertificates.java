package dev.coppice.testdata.http;

import dev.coppice.testdata.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Keys for TLS, made with the JDK's keytool: an authority, a server {@code localhost} and a client
 * that it signed.
 */
public final class TestCertificates {
  private static final String PASSWORD = "changeit";

  private final Path directory;
  private final Path server;

  private TestCertificates(Path directory) {
    this.directory = directory;
    this.server = directory.resolve("server.p12");
  }

  /** Makes all of it below an existing directory. */
  public static TestCertificates make(Path directory) {
    var made = new TestCertificates(directory);
    made.keytool("ca.p12", "-genkeypair", "-dname", "CN=Test CA", "-ext", "bc:c");
    made.export("ca.p12", "ca.pem");
    made.signed("server", "SAN=dns:localhost");
    made.signed("client", "EKU=clientAuth");
    return made;
  }

  /** The authority's certificate, PEM. */
  public Path authority() {
    return directory.resolve("ca.pem");
  }

  /** The client's certificate, PEM. */
  public Path clientCertificate() {
    return directory.resolve("client.pem");
  }

  /** The client's secret key, PKCS #8 in PEM. */
  public Path clientKey() throws IOException {
    try {
      byte[] key =
          load(directory.resolve("client.p12")).getKey("key", PASSWORD.toCharArray()).getEncoded();
      String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
      return Files.writeString(
          directory.resolve("client.key"),
          "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Sockets of the server; with {@code clients} only those that the authority signed may talk. */
  public ServerSocketFactory sockets(boolean clients) throws IOException {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(load(server), PASSWORD.toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", load(directory.resolve("ca.p12")).getCertificate("key"));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return new Demanding(context.getServerSocketFactory(), clients);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private void signed(String name, String extension) {
    String store = name + ".p12";
    keytool(store, "-genkeypair", "-dname", "CN=" + name);
    keytool(store, "-certreq", "-file", path(name + ".csr"));
    keytool(
        "ca.p12",
        "-gencert",
        "-rfc",
        "-ext",
        extension,
        "-infile",
        path(name + ".csr"),
        "-outfile",
        path(name + ".pem"));
    export("ca.p12", "ca.pem");
    keytoolAs("ca", store, "-importcert", "-noprompt", "-file", path("ca.pem"));
    keytool(store, "-importcert", "-noprompt", "-file", path(name + ".pem"));
  }

  private void export(String store, String file) {
    keytool(store, "-exportcert", "-rfc", "-file", path(file));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private void keytool(String store, String... arguments) {
    keytoolAs("key", store, arguments);
  }

  private void keytoolAs(String alias, String store, String... arguments) {
    Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
    var line = new ArrayList<>(List.of(program.toString(), arguments[0]));
    if (arguments[0].equals("-genkeypair")) {
      line.addAll(List.of("-keyalg", "EC", "-validity", "3650"));
    }
    line.addAll(List.of("-alias", alias, "-keystore", path(store), "-storetype", "PKCS12"));
    line.addAll(List.of("-storepass", PASSWORD));
    line.addAll(List.of(arguments).subList(1, arguments.length));
    Programs.run(line.toArray(String[]::new)).ok();
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  /** Sockets that ask clients for their certificates. */
  private static final class Demanding extends ServerSocketFactory {
    private final SSLServerSocketFactory factory;
    private final boolean clients;

    Demanding(SSLServerSocketFactory factory, boolean clients) {
      this.factory = factory;
      this.clients = clients;
    }

    private ServerSocket with(ServerSocket socket) {
      ((SSLServerSocket) socket).setNeedClientAuth(clients);
      return socket;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return with(factory.createServerSocket(port));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
      return with(factory.createServerSocket(port, backlog));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
        throws IOException {
      return with(factory.createServerSocket(port, backlog, address));
    }
  }
}
