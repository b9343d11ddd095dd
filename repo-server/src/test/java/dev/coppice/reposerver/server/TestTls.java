package dev.coppice.reposerver.server;

import dev.coppice.testdata.Programs;
import dev.coppice.testdata.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An authority of its own and certificates for {@code localhost}, made by the real openssl. */
record TestTls(Path directory) {
  /** Makes the authority; skips the running test where there is no openssl. */
  static TestTls in(Path directory) throws IOException {
    Requirement.program("openssl", "openssl");
    var tls = new TestTls(Files.createDirectories(directory));
    tls.openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem"
            + " -subj /CN=authority -days 2");
    return tls;
  }

  /** The certificate that clients trust. */
  Path authority() {
    return directory.resolve("ca.pem");
  }

  /** A certificate of the server with a key in PKCS 8. */
  TlsFiles server(String name) throws IOException {
    openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + name + ".key");
    return sign(name);
  }

  /** A certificate for a key that is there. */
  TlsFiles sign(String name) throws IOException {
    Files.writeString(directory.resolve("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    openssl("req -new -key " + name + ".key -subj /CN=" + name + " -out " + name + ".csr");
    openssl(
        "x509 -req -in "
            + name
            + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -days 1 -out "
            + name
            + ".pem");
    return new TlsFiles(directory.resolve(name + ".pem"), directory.resolve(name + ".key"));
  }

  /** Runs openssl in the directory. */
  void openssl(String arguments) {
    var command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ", -1)));
    Programs.run(command, directory, Map.of()).ok();
  }
}
