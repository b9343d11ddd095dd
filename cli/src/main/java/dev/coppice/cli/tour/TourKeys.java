package dev.coppice.cli.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key as ostree keeps it: the secret one is seed and public key in Base64, 64 bytes, the
 * public one 32 bytes.
 */
record TourKeys(Path secret, Path open) {
  private static final int KEY = 32;

  static TourKeys make(Path directory) throws IOException {
    KeyPair pair;
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    // Both encodings end with the bare key.
    byte[] seed = last(pair.getPrivate().getEncoded());
    byte[] open = last(pair.getPublic().getEncoded());
    byte[] secret = Arrays.copyOf(seed, 2 * KEY);
    System.arraycopy(open, 0, secret, KEY, KEY);
    Files.createDirectories(directory);
    return new TourKeys(
        write(directory.resolve("secret"), secret), write(directory.resolve("public"), open));
  }

  private static byte[] last(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - KEY, encoded.length);
  }

  private static Path write(Path file, byte[] key) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
  }
}
