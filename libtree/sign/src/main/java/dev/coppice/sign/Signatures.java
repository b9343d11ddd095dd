package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The detached metadata of a commit, or the content of {@code summary.sig}: an {@code a{sv}} in
 * which each {@link SignatureType#metadataKey} has an {@code aay}. Other entries are kept.
 * Immutable.
 */
public final class Signatures {
  private static final VariantType LIST = VariantType.of("aay");
  private static final Signatures EMPTY = new Signatures(VariantDict.builder().build());

  private final Variant entries;

  private Signatures(Variant entries) {
    this.entries = entries;
  }

  /** No signature, and nothing else. */
  public static Signatures empty() {
    return EMPTY;
  }

  /** Those of these bytes, or none. */
  public static Signatures parse(Optional<byte[]> bytes) {
    return bytes.map(Signatures::parse).orElse(EMPTY);
  }

  /**
   * Those of these bytes.
   *
   * @throws Failure with {@link ErrorCode#SIGNATURE_INVALID} when they are not an {@code a{sv}} in
   *     normal form
   */
  public static Signatures parse(byte[] bytes) {
    Variant entries = Variant.of(VariantType.DICTIONARY, bytes.clone());
    if (!entries.isNormal()) {
      throw new Failure(
          ErrorCode.SIGNATURE_INVALID,
          "Detached signatures are damaged: not an a{sv} in normal form",
          "Fetch them again; the publisher may have to sign again");
    }
    return new Signatures(entries);
  }

  /** The signatures of a type, oldest first. A value that is not an {@code aay} counts as none. */
  public List<byte[]> of(SignatureType type) {
    List<byte[]> signatures = new ArrayList<>();
    entries
        .lookup(type.metadataKey(), LIST)
        .ifPresent(list -> list.children().forEach(each -> signatures.add(each.asBytes())));
    return signatures;
  }

  /** Whether there is a list of this type, even an empty one. */
  public boolean has(SignatureType type) {
    return entries.lookup(type.metadataKey(), LIST).isPresent();
  }

  /** These and one more. */
  public Signatures with(SignatureType type, byte[] signature) {
    List<byte[]> all = of(type);
    all.add(signature.clone());
    return replaced(type, all);
  }

  /** These and a signature of the bytes by each signer. */
  public Signatures signedBy(List<? extends Signer> signers, byte[] data) throws IOException {
    Signatures all = this;
    for (Signer signer : signers) {
      all = all.with(signer.type(), signer.sign(data));
    }
    return all;
  }

  /**
   * These without one; the entry of a type goes with its last signature.
   *
   * @throws IndexOutOfBoundsException when there are fewer
   */
  public Signatures without(SignatureType type, int index) {
    List<byte[]> all = of(type);
    all.remove(index);
    return replaced(type, all);
  }

  private Signatures replaced(SignatureType type, List<byte[]> signatures) {
    VariantDict dict = VariantDict.of(entries);
    if (signatures.isEmpty()) {
      dict.remove(type.metadataKey());
    } else {
      List<Variant> values = signatures.stream().map(Variant::ofBytes).toList();
      dict.put(type.metadataKey(), Variant.array(VariantType.BYTES, values));
    }
    return new Signatures(dict.buildHashed());
  }

  /** The {@code a{sv}}; a changed one has the order in which GLib's dictionary would give it. */
  public byte[] encode() {
    return entries.serialized();
  }
}
