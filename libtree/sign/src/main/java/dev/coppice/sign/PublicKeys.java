package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Trusted and revoked keys of one type that is not OpenPGP. Immutable.
 *
 * <p>Keys of the system are in the files {@code trusted.TYPE} and {@code revoked.TYPE} of the
 * directories of {@link KeyPlaces}, and in all files of {@code trusted.TYPE.d} and {@code
 * revoked.TYPE.d} beside them.
 */
public final class PublicKeys {
  private final SignatureType type;
  private final SequencedSet<PublicKeyBytes> trusted;
  private final Set<PublicKeyBytes> revoked;

  private PublicKeys(
      SignatureType type, SequencedSet<PublicKeyBytes> trusted, Set<PublicKeyBytes> revoked) {
    this.type = type;
    this.trusted = trusted;
    this.revoked = revoked;
  }

  /** No key. */
  public static PublicKeys none(SignatureType type) {
    return new PublicKeys(type, new LinkedHashSet<>(), Set.of());
  }

  /**
   * The keys of a file.
   *
   * @throws Failure with {@link ErrorCode#KEY_INVALID} when it has no valid one
   */
  public static PublicKeys ofFile(SignatureType type, Path file) throws IOException {
    return new PublicKeys(type, read(type, file), Set.of());
  }

  /**
   * The keys of the system.
   *
   * @throws Failure with {@link ErrorCode#KEY_INVALID} when none is trusted
   */
  public static PublicKeys ofSystem(SignatureType type, KeyPlaces places) throws IOException {
    return ofDirectories(type, places.directories());
  }

  /** The keys below directories, as those of the system; see {@link #ofSystem}. */
  public static PublicKeys ofDirectories(SignatureType type, List<Path> directories)
      throws IOException {
    SequencedSet<PublicKeyBytes> trusted = new LinkedHashSet<>();
    Set<PublicKeyBytes> revoked = new LinkedHashSet<>();
    if (type == SignatureType.DUMMY) {
      throw new Failure(ErrorCode.KEY_INVALID, "not implemented", "Name the dummy key itself");
    }
    for (Path directory : directories) {
      for (Path file : files(directory.resolve("trusted." + type.id()))) {
        addReadable(type, file, trusted);
      }
      // A revocation that cannot be read must not be lost: its failure ends the verification.
      for (Path file : files(directory.resolve("revoked." + type.id()))) {
        add(type, file, revoked);
      }
    }
    if (trusted.isEmpty()) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          "signature: " + type.id() + ": no keys loaded",
          "No trusted key is configured: put one into "
              + directories.getFirst()
              + "/trusted."
              + type.id()
              + ", or name one");
    }
    return new PublicKeys(type, trusted, revoked);
  }

  /** A file that is damaged does not hide the others, as with the real tool. */
  private static void addReadable(SignatureType type, Path file, Set<PublicKeyBytes> keys)
      throws IOException {
    Set<PublicKeyBytes> found = new LinkedHashSet<>();
    try {
      add(type, file, found);
    } catch (Failure e) {
      return;
    }
    keys.addAll(found);
  }

  private static void add(SignatureType type, Path file, Set<PublicKeyBytes> keys)
      throws IOException {
    for (byte[] key : KeyFiles.publicKeys(type, file)) {
      if (valid(type, key)) {
        keys.add(new PublicKeyBytes(key));
      }
    }
  }

  private static List<Path> files(Path base) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isRegularFile(base)) {
      files.add(base);
    }
    Path directory = base.resolveSibling(base.getFileName() + ".d");
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        List<Path> sorted = new ArrayList<>();
        for (Path entry : entries) {
          if (Files.isRegularFile(entry)) {
            sorted.add(entry);
          }
        }
        sorted.sort(null);
        files.addAll(sorted);
      }
    }
    return files;
  }

  private static SequencedSet<PublicKeyBytes> read(SignatureType type, Path file)
      throws IOException {
    SequencedSet<PublicKeyBytes> keys = new LinkedHashSet<>();
    add(type, file, keys);
    if (keys.isEmpty()) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          "signature: " + type.id() + ": no valid keys in file '" + file + "'",
          "It must hold public keys of this type");
    }
    return keys;
  }

  private static boolean valid(SignatureType type, byte[] key) {
    return type == SignatureType.ED25519
        ? key.length == SignatureScheme.ED25519_PUBLIC
        : key.length > 0;
  }

  /**
   * These and one more, as it is written in configuration: base64, or the text of a dummy key.
   *
   * @throws Failure with {@link ErrorCode#KEY_INVALID} when it is none
   */
  public PublicKeys with(String text) {
    byte[] key =
        type == SignatureType.DUMMY
            ? text.getBytes(StandardCharsets.UTF_8)
            : Base64Text.decode(text);
    if (!valid(type, key)) {
      throw KeySizes.wrong(type, "public", SignatureScheme.ED25519_PUBLIC, key.length);
    }
    SequencedSet<PublicKeyBytes> more = new LinkedHashSet<>(trusted);
    more.add(new PublicKeyBytes(key));
    return new PublicKeys(type, more, revoked);
  }

  /** These and others of the same type. */
  public PublicKeys and(PublicKeys others) {
    SequencedSet<PublicKeyBytes> allTrusted = new LinkedHashSet<>(trusted);
    allTrusted.addAll(others.trusted);
    Set<PublicKeyBytes> allRevoked = new LinkedHashSet<>(revoked);
    allRevoked.addAll(others.revoked);
    return new PublicKeys(type, allTrusted, allRevoked);
  }

  public SignatureType type() {
    return type;
  }

  public boolean isEmpty() {
    return trusted.isEmpty();
  }

  /** The trusted keys that are not revoked, the last added first, as the real tool tries them. */
  List<PublicKeyBytes> usable() {
    return trusted.reversed().stream().filter(key -> !revoked.contains(key)).toList();
  }

  /** The revoked keys. */
  Set<PublicKeyBytes> revoked() {
    return revoked;
  }
}
