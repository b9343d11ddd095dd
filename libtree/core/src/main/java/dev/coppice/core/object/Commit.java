package dev.coppice.core.object;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A commit: a tree with its history.
 *
 * <p>Serialized as GVariant {@code (a{sv}aya(say)sstayay)}, the time big-endian. Source: {@code
 * OSTREE_COMMIT_GVARIANT_STRING}.
 *
 * @param metadata of type {@code a{sv}}
 * @param related named objects; nobody writes any, but they are part of the checksum
 * @param timestamp seconds since 1970
 * @param tree the root directory's names
 * @param meta the root directory's owner and mode
 */
public record Commit(
    Variant metadata,
    Optional<Checksum> parent,
    List<Related> related,
    String subject,
    String body,
    long timestamp,
    Checksum tree,
    Checksum meta) {
  /** The GVariant type of a commit. */
  public static final VariantType TYPE = VariantType.of("(a{sv}aya(say)sstayay)");

  private static final VariantType RELATED = VariantType.of("(say)");

  /** A related object. */
  public record Related(String name, Checksum checksum) {}

  /** Copies the list. */
  public Commit {
    related = List.copyOf(related);
  }

  /** The commit as a GVariant. */
  public Variant toVariant() {
    var objects = new ArrayList<Variant>();
    for (Related object : related) {
      objects.add(
          Variant.tuple(
              Variant.ofString(object.name()), Variant.ofBytes(object.checksum().bytes())));
    }
    return Variant.tuple(
        metadata,
        Variant.ofBytes(parent.map(Checksum::bytes).orElseGet(() -> new byte[0])),
        Variant.array(RELATED, objects),
        Variant.ofString(subject),
        Variant.ofString(body),
        Variant.ofUint64(Long.reverseBytes(timestamp)),
        Variant.ofBytes(tree.bytes()),
        Variant.ofBytes(meta.bytes()));
  }

  /** The bytes of the object. */
  public byte[] encode() {
    return toVariant().serialized();
  }

  /**
   * Reads an object.
   *
   * @throws MalformedObjectException when it is not in normal form or a checksum has a wrong length
   */
  public static Commit decode(byte[] in) {
    Variant commit = Variant.of(TYPE, in);
    if (!commit.isNormal()) {
      throw new MalformedObjectException("Not normal form: commit");
    }
    VariantDict.forEach(
        commit.child(0),
        (key, value) -> {
          if (key.isEmpty()) {
            throw new MalformedObjectException("Empty metadata key");
          }
        });
    byte[] parent = commit.child(1).asBytes();
    var related = new ArrayList<Related>();
    for (Variant object : commit.child(2).children()) {
      related.add(
          new Related(object.child(0).asString(), checksum(object.child(1), "related object")));
    }
    return new Commit(
        commit.child(0),
        parent.length == 0
            ? Optional.empty()
            : Optional.of(checksum(commit.child(1), "commit parent")),
        related,
        commit.child(3).asString(),
        commit.child(4).asString(),
        Long.reverseBytes(commit.child(5).asUint64()),
        checksum(commit.child(6), "commit tree content checksum"),
        checksum(commit.child(7), "commit tree metadata checksum"));
  }

  private static Checksum checksum(Variant bytes, String what) {
    byte[] value = bytes.asBytes();
    if (value.length != Checksum.BYTES) {
      throw new MalformedObjectException(
          "Invalid " + what + ": Invalid checksum of length " + value.length + " expected 32");
    }
    return Checksum.of(value);
  }

  /**
   * The checksum of the tree's content, by which two commits of the same tree are recognised:
   * SHA-256 over the checksums of root tree and root metadata. Source: {@code
   * ostree_commit_get_content_checksum}.
   */
  public Checksum contentChecksum() {
    byte[] both = new byte[2 * Checksum.BYTES];
    tree.write(both, 0);
    meta.write(both, Checksum.BYTES);
    return Checksum.sha256(both);
  }
}
