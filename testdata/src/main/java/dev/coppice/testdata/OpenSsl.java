package dev.coppice.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A real openssl, to make keys and signatures with; its files are in one directory. */
public final class OpenSsl {
  private final Path directory;

  private OpenSsl(Path directory) {
    this.directory = directory;
  }

  /** One that keeps its files in a directory; skips the running test when there is no openssl. */
  public static OpenSsl require(Path directory) {
    Requirement.program("openssl", "openssl");
    return new OpenSsl(directory);
  }

  /** A secret key in PKCS 8 and its public half, each as a PEM file. */
  public record KeyPair(Path secret, Path publicKey) {
    /** The secret key in DER as base64 on one line. */
    public String secretText() {
      return text(secret);
    }

    /** The SubjectPublicKeyInfo as base64 on one line. */
    public String publicText() {
      return text(publicKey);
    }

    /** The last bytes of the public key in DER: the 32 of an Ed25519 key. */
    public byte[] rawPublic(int size) {
      byte[] der = Base64.getDecoder().decode(publicText());
      return Arrays.copyOfRange(der, der.length - size, der.length);
    }

    /** The last bytes of the secret key in DER: the seed of an Ed25519 key. */
    public byte[] rawSecret(int size) {
      byte[] der = Base64.getDecoder().decode(secretText());
      return Arrays.copyOfRange(der, der.length - size, der.length);
    }

    private static String text(Path pem) {
      try {
        return String.join(
            "",
            Files.readAllLines(pem).stream().filter(line -> !line.startsWith("-----")).toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Makes a key.
   *
   * @param name of its files
   * @param algorithm and options, as {@code genpkey -algorithm} takes them: {@code EC}, {@code
   *     ec_paramgen_curve:P-256}
   */
  public KeyPair key(String name, String algorithm, String... options) {
    Path secret = directory.resolve(name + ".pem");
    Path publicKey = directory.resolve(name + ".pub");
    var command = new ArrayList<>(List.of("genpkey", "-algorithm", algorithm));
    for (String option : options) {
      command.add("-pkeyopt");
      command.add(option);
    }
    command.addAll(List.of("-out", secret.toString()));
    run(command.toArray(String[]::new)).ok();
    run("pkey", "-in", secret.toString(), "-pubout", "-out", publicKey.toString()).ok();
    return new KeyPair(secret, publicKey);
  }

  /** Runs it; the result may be a failure. */
  public Programs.Result run(String... arguments) {
    var command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    return Programs.run(command.toArray(String[]::new));
  }
}
