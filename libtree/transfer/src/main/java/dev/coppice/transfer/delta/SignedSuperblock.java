package dev.coppice.transfer.delta;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.gvariant.VariantWriter;

/**
 * A superblock with signatures of its bytes, {@code (taya{sv})}. Source: {@code
 * OSTREE_STATIC_DELTA_SIGNED_FORMAT}.
 *
 * @param superblock the bytes that are signed, an {@code ay}
 * @param signatures of type {@code a{sv}}: lists of signatures, {@code aay}, by the key of their
 *     kind, such as {@code ostree.sign.ed25519}
 */
public record SignedSuperblock(Variant superblock, Variant signatures) {
  private static final VariantType TYPE = VariantType.of("(taya{sv})");

  /** The bytes that it starts with, {@code OSTSGNDT}: the big-endian number of the source. */
  private static final long MAGIC = 0x4F535453474E4454L;

  /** Whether bytes are a superblock with signatures and not one without. */
  public static boolean isSigned(byte[] bytes) {
    if (bytes.length < Long.BYTES) {
      return false;
    }
    for (int i = 0; i < Long.BYTES; i++) {
      if (bytes[i] != (byte) (MAGIC >>> (56 - 8 * i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a superblock with signatures. They are not verified.
   *
   * @throws DeltaException when it is none, or not of its form
   */
  public static SignedSuperblock decode(byte[] bytes) {
    Variant signed = Variant.of(TYPE, bytes);
    if (!isSigned(bytes) || !signed.isNormal()) {
      throw DeltaException.malformed("Not normal form: signed superblock of a static delta");
    }
    return new SignedSuperblock(signed.child(1), signed.child(2));
  }

  /** Its bytes. */
  public byte[] encode() {
    return new VariantWriter(TYPE, superblock.size() + signatures.size() + 32)
        .beginTuple()
        .putInt64(Long.reverseBytes(MAGIC))
        .put(superblock)
        .put(signatures)
        .end()
        .toByteArray();
  }
}
