package dev.coppice.transfer.delta;

import java.util.Optional;

/**
 * The file of a superblock, with or without signatures.
 *
 * @param signed what has the signatures, where there are any
 */
public record SuperblockFile(Superblock superblock, Optional<SignedSuperblock> signed) {
  /**
   * Reads either form.
   *
   * @throws DeltaException when it is neither
   */
  public static SuperblockFile decode(byte[] bytes) {
    if (!SignedSuperblock.isSigned(bytes)) {
      return new SuperblockFile(Superblock.decode(bytes), Optional.empty());
    }
    SignedSuperblock signed = SignedSuperblock.decode(bytes);
    return new SuperblockFile(
        Superblock.decode(signed.superblock().asBytes()), Optional.of(signed));
  }
}
