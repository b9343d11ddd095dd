package dev.coppice.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real gpg with a home of its own, to make keys and signatures with.
 *
 * <p>The home has a short path because gpg's agent listens on a socket in it.
 */
public final class Gpg implements AutoCloseable {
  private final Path home;

  private Gpg(Path home) {
    this.home = home;
  }

  /** A new home without keys; skips the running test when there is no gpg. */
  public static Gpg require() {
    Requirement.program("gpg", "gpg gpg-agent");
    try {
      Path home = Files.createTempDirectory("gpg");
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
      return new Gpg(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its home. */
  public Path home() {
    return home;
  }

  /** Makes a primary Ed25519 key that signs and does not expire; returns its fingerprint. */
  public String key(String userId) {
    return key(userId, "ed25519", "never");
  }

  /**
   * Makes a primary key that signs; returns its fingerprint.
   *
   * @param algorithm as gpg names it: {@code rsa2048}, {@code nistp256}, {@code ed25519}
   * @param expiry as gpg takes it: {@code never}, {@code seconds=60}, {@code 1y}
   */
  public String key(String userId, String algorithm, String expiry) {
    run("--quick-generate-key", userId, algorithm, "sign,cert", expiry).ok();
    return fingerprints(userId).getFirst();
  }

  /** Adds a subkey to a primary key; returns the subkey's fingerprint. */
  public String subkey(String primary, String algorithm, String usage, String expiry) {
    run("--quick-add-key", primary, algorithm, usage, expiry).ok();
    return fingerprints(primary).getLast();
  }

  /** The fingerprints of a key and its subkeys, the primary key's first. */
  public List<String> fingerprints(String key) {
    return run("--with-colons", "--list-keys", key)
        .ok()
        .out()
        .lines()
        .filter(line -> line.startsWith("fpr:"))
        .map(line -> line.split(":")[9])
        .toList();
  }

  /** Public keys as a binary keyring; all of them when none is named. */
  public byte[] export(String... keys) {
    return run(with(List.of("--export"), keys)).ok().bytes();
  }

  /** Public keys as ASCII armor. */
  public byte[] exportArmored(String... keys) {
    return run(with(List.of("--armor", "--export"), keys)).ok().bytes();
  }

  /** A binary detached signature; a fingerprint with {@code !} names one subkey. */
  public byte[] sign(String key, byte[] data) {
    return sign(List.of(), key, data);
  }

  /** A detached signature made with more options of gpg. */
  public byte[] sign(List<String> options, String key, byte[] data) {
    try {
      Path file = Files.createTempFile(home, "data", "");
      Files.write(file, data);
      List<String> command = new ArrayList<>(options);
      command.addAll(List.of("-u", key, "--detach-sign", "-o", "-", file.toString()));
      return run(command.toArray(String[]::new)).ok().bytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Revokes a primary key in its home. */
  public void revoke(String fingerprint) {
    try {
      Path certificate = home.resolve("openpgp-revocs.d").resolve(fingerprint + ".rev");
      // gpg puts a colon before the armor so that nobody imports it by mistake.
      String text = Files.readString(certificate).replace(":-----BEGIN", "-----BEGIN");
      Path armor = Files.writeString(home.resolve("revocation.asc"), text);
      run("--import", armor.toString()).ok();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers gpg's questions in {@code --edit-key}, one a line; for what has no quick command. */
  public void edit(String key, String... answers) {
    try {
      Path script = Files.write(home.resolve("answers"), List.of(answers));
      run("--command-file", script.toString(), "--expert", "--edit-key", key).ok();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it without asking anybody; the result may be a failure. */
  public Programs.Result run(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "gpg",
                "--homedir",
                home.toString(),
                "--batch",
                "--yes",
                "--quiet",
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                ""));
    command.addAll(List.of(arguments));
    return Programs.run(command, home, Map.of());
  }

  private static String[] with(List<String> first, String... rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(rest));
    return all.toArray(String[]::new);
  }

  /** Ends the agent and deletes the home. */
  @Override
  public void close() {
    Programs.run("gpgconf", "--homedir", home.toString(), "--kill", "all");
    try {
      TempTree.delete(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
