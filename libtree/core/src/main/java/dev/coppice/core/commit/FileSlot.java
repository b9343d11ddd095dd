package dev.coppice.core.commit;

import dev.coppice.core.object.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * A file in the tree whose checksum comes when a thread of the pool has hashed it. Read only after
 * {@link WorkPool#await}, which makes it visible.
 */
final class FileSlot {
  private @Nullable Checksum checksum;

  FileSlot() {}

  FileSlot(Checksum known) {
    this.checksum = known;
  }

  void set(Checksum found) {
    this.checksum = found;
  }

  Checksum checksum() {
    Checksum found = checksum;
    if (found == null) {
      throw new IllegalStateException("asked before the pool was awaited");
    }
    return found;
  }
}
