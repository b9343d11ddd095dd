package dev.coppice.transfer.delta;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * What has to be known of a static delta before its parts are fetched. The GVariant {@code
 * (a{sv}tayay(a{sv}aya(say)sstayay)aya(uayttay)a(yaytt))}: metadata, time, from, to, the new
 * commit, deltas to apply before, heads of parts, fallbacks. Source: {@code
 * OSTREE_STATIC_DELTA_SUPERBLOCK_FORMAT}.
 *
 * @param metadata of type {@code a{sv}}: what the publisher put there, the byte order, parts and
 *     detached metadata that are inside
 * @param timestamp seconds since 1970
 * @param name of the delta that it says to be
 * @param commit the new commit; not verified, not even that its bytes are those of one
 * @param parents deltas that are to be applied before; nobody ever wrote any
 * @param order byte order of the sizes in heads of parts and fallbacks
 */
public record Superblock(
    Variant metadata,
    long timestamp,
    DeltaName name,
    Variant commit,
    List<DeltaName> parents,
    List<PartHeader> parts,
    List<Fallback> fallbacks,
    ByteOrder order) {
  /**
   * No larger ones are fetched: the same limit as for other metadata. Source: {@code
   * OSTREE_MAX_METADATA_SIZE}.
   */
  public static final int MAX_SIZE = 128 << 20;

  /** The key of the byte order, {@code y}. */
  public static final String ENDIANNESS = "ostree.endianness";

  static final VariantType TYPE =
      VariantType.of("(a{sv}tayay(a{sv}aya(say)sstayay)aya(uayttay)a(yaytt))");

  private static final VariantType INLINE_PART = VariantType.of("(yay)");

  /** Copies the lists. */
  public Superblock {
    parents = List.copyOf(parents);
    parts = List.copyOf(parts);
    fallbacks = List.copyOf(fallbacks);
  }

  /**
   * Reads a superblock without signatures around it.
   *
   * @throws DeltaException when it is not of its form
   */
  public static Superblock decode(byte[] bytes) {
    return SuperblockCodec.decode(bytes);
  }

  /** Its bytes. The byte order is put into the metadata where they do not say it yet. */
  public byte[] encode() {
    return SuperblockCodec.encode(this);
  }

  /**
   * A part that is inside, as its file would be.
   *
   * @param number of the part, from 0
   */
  public Optional<byte[]> inlinePart(int number) {
    return metadata.lookup(name.part(number), INLINE_PART).map(Variant::serialized);
  }

  /** Whether a part is inside. */
  public boolean hasInlinePart(int number) {
    return metadata.lookup(name.part(number), INLINE_PART).isPresent();
  }

  /** The detached metadata of the commit, where it is inside: an {@code a{sv}}. */
  public Optional<byte[]> detachedMetadata() {
    return metadata
        .lookup(name.commitmeta(), VariantType.DICTIONARY)
        .map(value -> value.toNormal().serialized());
  }

  /** Bytes of the parts that are files of their own, and of the fallbacks. */
  public long downloadSize() {
    long total = 0;
    for (int i = 0; i < parts.size(); i++) {
      total += hasInlinePart(i) ? 0 : parts.get(i).size();
    }
    return total + fallbacks.stream().mapToLong(Fallback::size).sum();
  }

  /**
   * Checks that this is the delta that was asked for and that its commit is the one that it leads
   * to.
   *
   * @throws DeltaException when it is another
   */
  public void requireName(DeltaName wanted) {
    if (!name.equals(wanted)) {
      throw new DeltaException(
          ErrorCode.DELTA_MISMATCH,
          "Static delta " + wanted + " is another one: its superblock says " + name);
    }
    Checksum actual = Checksum.sha256(commit.serialized());
    if (!actual.equals(name.to())) {
      throw new DeltaException(
          ErrorCode.DELTA_MISMATCH,
          "Static delta "
              + wanted
              + " has another commit than the one that it leads to: "
              + actual);
    }
  }

  /** The value of a part in the metadata, under the key {@link DeltaName#part}. */
  public static Variant inlineValue(byte[] part) {
    return Variant.of(INLINE_PART, part);
  }
}
