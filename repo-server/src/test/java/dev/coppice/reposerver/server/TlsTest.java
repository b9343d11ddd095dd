package dev.coppice.reposerver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with certificates of the real openssl, as the real curl sees it. */
class TlsTest {
  private TestRepo repo;
  private TestTls tls;

  @BeforeEach
  void create() throws IOException {
    repo = TestRepo.create();
    tls = TestTls.in(repo.temp.path("tls"));
  }

  @AfterEach
  void close() throws IOException {
    repo.close();
  }

  private Curl serve(TlsFiles files) throws IOException {
    URI server = repo.serve(settings -> TestRepo.with(settings, files)).getFirst();
    assertThat(server.getScheme()).isEqualTo("https");
    return Curl.of(server, "--cacert", tls.authority().toString());
  }

  @Test
  void negotiatesTheProtocolAndSendsTheSameBytes() throws IOException {
    var large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    String path = repo.plant(large);
    Curl curl = serve(tls.server("server"));
    assertThat(curl.get("/config").protocol()).isEqualTo("HTTP/2");
    assertThat(curl.get("/config", "--http1.1").protocol()).isEqualTo("HTTP/1.1");
    assertThat(curl.get("/config", "--no-alpn").protocol()).isEqualTo("HTTP/1.1");
    assertThat(curl.get(path).body()).isEqualTo(large);
    assertThat(curl.get(path, "--http1.1").body()).isEqualTo(large);
    assertThat(curl.get(path, "--tlsv1.2", "--tls-max", "1.2").body()).isEqualTo(large);
  }

  @Test
  void oldVersionsAreRefused() throws IOException {
    Curl curl = serve(tls.server("server"));
    String[] old = {"--tlsv1.0", "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0"};
    assertThat(curl.run("/config", old).exit()).isNotZero();
  }

  @Test
  void aCertificateThatIsReplacedIsUsedWithoutARestart() throws Exception {
    TlsFiles files = tls.server("first");
    Curl curl = serve(files);
    assertThat(curl.run("/config", "-v").err()).contains("subject: CN=first");
    TlsFiles next = tls.server("second");
    Files.move(next.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(next.certificates(), files.certificates(), StandardCopyOption.REPLACE_EXISTING);
    for (int i = 0; !repo.reports.toString().contains("read again"); i++) {
      assertThat(i).as(repo.reports.toString()).isLessThan(1000);
      Thread.sleep(10);
    }
    assertThat(curl.run("/config", "-v").ok().err()).contains("subject: CN=second");
  }

  @Test
  void aCertificateThatCannotBeUsedChangesNothing() throws Exception {
    TlsFiles files = tls.server("first");
    Curl curl = serve(files);
    Files.writeString(files.certificates(), "nonsense");
    assertThat(repo.awaitReport())
        .contains("Cannot use the certificate")
        .contains("stays in force");
    assertThat(curl.run("/config", "-v").ok().err()).contains("subject: CN=first");
    repo.reports.clear();
    Files.delete(files.certificates());
    assertThat(repo.awaitReport()).contains("first.pem");
    assertThat(curl.get("/config").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genrsa -traditional -out own.key 2048",
        "genpkey -algorithm RSA -out own.key",
        "ecparam -genkey -name secp384r1 -out own.key",
        "genpkey -algorithm ED25519 -out own.key"
      })
  void everyKindOfKeyServes(String command) throws IOException {
    tls.openssl(command);
    assertThat(serve(tls.sign("own")).get("/config").status()).isEqualTo(200);
  }

  @Test
  void filesThatDoNotFitAreRefusedAtTheStart() throws IOException {
    TlsFiles first = tls.server("first");
    TlsFiles second = tls.server("second");
    refused(new TlsFiles(first.certificates(), second.key()), "they do not belong together");
    refused(new TlsFiles(first.key(), first.key()), "first.key");
    refused(new TlsFiles(first.certificates(), first.certificates()), "has no private key");
    Path missing = repo.temp.path("missing");
    assertThatThrownBy(() -> serve(new TlsFiles(missing, first.key())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("missing");
  }

  private void refused(TlsFiles files, String cause) {
    assertThatThrownBy(() -> serve(files))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.TLS_INVALID);
              assertThat(failure).hasMessageContaining(cause);
            });
  }
}
