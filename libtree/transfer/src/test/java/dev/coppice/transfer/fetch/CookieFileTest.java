package dev.coppice.transfer.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CookieFileTest {
  private static final URI SERVER = URI.create("http://example.org/repo");

  @TempDir Path directory;
  private Path path;
  private CookieFile file;

  @BeforeEach
  void name() {
    path = directory.resolve("os.cookies.txt");
    file = new CookieFile(path);
  }

  private String mode() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void othersCannotReadIt() throws IOException {
    file.add("example.org", "/", "token", "secret");
    file.add("example.org", "/", "other", "secret");
    assertThat(mode()).isEqualTo("rw-------");
    assertThat(file.delete("example.org", "/", "token")).isTrue();
    assertThat(mode()).isEqualTo("rw-------");
    assertThat(file.entries()).hasSize(1);
  }

  @Test
  void aModeThatSomebodyGaveItStays() throws IOException {
    Files.createFile(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    file.add("example.org", "/", "token", "secret");
    assertThat(mode()).isEqualTo("rw-r-----");
  }

  @Test
  void whatIsAddedIsSentByteForByte() throws IOException {
    file.add("example.org", "/", "name", "Gr\u00fc\u00dfe\u20ac");
    assertThat(file.entries().getFirst().value()).isEqualTo("Gr\u00fc\u00dfe\u20ac");
    String header = CookieJar.read(path).header(SERVER).orElseThrow();
    assertThat(header.getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo("name=Gr\u00fc\u00dfe\u20ac".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void linesOfOthersStayAsTheyAre() throws IOException {
    byte[] line =
        "example.org\tFALSE\t/\tFALSE\t0\told\tb\u00e4r\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(path, line);
    file.add("example.org", "/", "new", "value");
    assertThat(file.delete("example.org", "/", "new")).isTrue();
    assertThat(Files.readAllBytes(path)).isEqualTo(line);
    assertThat(CookieJar.read(path).header(SERVER)).hasValue("old=b\u00e4r");
  }
}
