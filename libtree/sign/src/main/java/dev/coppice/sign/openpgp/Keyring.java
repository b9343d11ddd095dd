package dev.coppice.sign.openpgp;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/** Public keys that are trusted, of any number of files. Immutable. */
public final class Keyring {
  /** Files that gpg keeps beside keyrings and that are none. */
  private static final Set<String> NOT_KEYRINGS = Set.of("trustdb.gpg", "secring.gpg");

  private final List<PGPPublicKeyRing> rings;

  private Keyring(List<PGPPublicKeyRing> rings) {
    this.rings = List.copyOf(rings);
  }

  /** No key. */
  public static Keyring empty() {
    return new Keyring(List.of());
  }

  /**
   * The keys in these bytes, binary, armored or a keybox.
   *
   * @param source where they are from, for errors
   * @throws Failure with {@link ErrorCode#KEY_INVALID} when they cannot be read
   */
  public static Keyring of(byte[] bytes, String source) {
    try {
      return new Keyring(Packets.rings(bytes));
    } catch (IOException e) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          "Cannot read the OpenPGP keys of " + source + ": " + e.getMessage(),
          "It must hold exported public keys, binary or armored",
          e);
    }
  }

  /** The keys of a file; see {@link #of}. */
  public static Keyring ofFile(Path file) throws IOException {
    return of(Files.readAllBytes(file), file.toString());
  }

  /** The keys of all {@code *.gpg} files of a directory, which must be there. */
  public static Keyring ofDirectory(Path directory) throws IOException {
    return ofFiles(directory, ".gpg");
  }

  /** The keys of a file, or of all files of a directory, as {@code gpgkeypath} names them. */
  public static Keyring ofPath(Path path) throws IOException {
    return Files.isDirectory(path) ? ofFiles(path, "") : ofFile(path);
  }

  /**
   * The keys that a directory of gpg's has: those in its keybox and in all {@code *.gpg} files. The
   * real tool reads the latter only, so it does not know the keys of a modern gpg.
   */
  public static Keyring ofHome(Path directory) throws IOException {
    Path keybox = directory.resolve("pubring.kbx");
    Keyring keys = ofDirectory(directory);
    return Files.exists(keybox) ? keys.and(ofFile(keybox)) : keys;
  }

  private static Keyring ofFiles(Path directory, String suffix) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.endsWith(suffix)
            && !NOT_KEYRINGS.contains(name)
            && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          files.add(entry);
        }
      }
    }
    files.sort(null);
    Keyring all = empty();
    for (Path file : files) {
      all = all.and(ofFile(file));
    }
    return all;
  }

  /** The keys of both. */
  public Keyring and(Keyring other) {
    List<PGPPublicKeyRing> all = new ArrayList<>(rings);
    all.addAll(other.rings);
    return new Keyring(all);
  }

  /** Whether there is no key at all. */
  public boolean isEmpty() {
    return rings.isEmpty();
  }

  /** The keys as they are listed, each once. */
  public List<OpenPgpKey> keys() {
    Instant now = Instant.now();
    return merged().rings.stream().map(ring -> OpenPgpKey.of(ring, now)).toList();
  }

  /** The keys that an id names: see {@link KeyQuery}. */
  public Keyring matching(String id) {
    var query = KeyQuery.of(id);
    return new Keyring(rings.stream().filter(query::matches).toList());
  }

  /** Those that their owners signed, with each key once; others can verify nothing. */
  public Keyring sound() {
    return new Keyring(
        merged().rings.stream()
            .filter(ring -> KeyState.of(ring, ring.getPublicKey()).bound())
            .toList());
  }

  /** These with each key once: what several copies say of it is joined. */
  public Keyring merged() {
    return new Keyring(KeyMerge.merged(rings));
  }

  /** How many keys there are, each counted once. */
  public int size() {
    return (int)
        rings.stream().map(ring -> ring.getPublicKey().getKeyIdentifier()).distinct().count();
  }

  /** The keys as a binary keyring, which gpg reads as well. */
  public byte[] encode() {
    try {
      var bytes = new ByteArrayOutputStream();
      for (PGPPublicKeyRing ring : rings) {
        ring.encode(bytes);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // In memory nothing can fail.
    }
  }

  /** The key rings: a primary key and its subkeys each. */
  List<PGPPublicKeyRing> rings() {
    return rings;
  }
}
