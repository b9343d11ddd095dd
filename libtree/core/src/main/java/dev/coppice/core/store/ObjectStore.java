package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Objects that can be read by name. Implementations are safe for use by several threads.
 *
 * <p>Reading does not verify checksums: {@code fsck} and untrusted pulls do. Objects never change
 * once they are visible, except {@code commitmeta}.
 */
public interface ObjectStore {
  /** Whether the object is there. */
  boolean has(ObjectName name) throws IOException;

  /**
   * The bytes of an object that is not a file, or null when it is not there.
   *
   * @throws dev.coppice.core.object.CorruptObjectException when it is larger than metadata may be
   */
  byte @Nullable [] loadIfExists(ObjectName name) throws IOException;

  /** A file object, opened, or null when it is not there. The caller closes it. */
  @Nullable FileObject openFileIfExists(Checksum checksum) throws IOException;

  /**
   * Bytes that the object takes in this store.
   *
   * @throws MissingObjectException when it is not there
   */
  long storedSize(ObjectName name) throws IOException;

  /** Tells every object of this store, without those of parents, in no order. */
  void list(Consumer<ObjectName> consumer) throws IOException;

  /** The bytes of an object that is not a file. */
  default byte[] load(ObjectName name) throws IOException {
    byte[] bytes = loadIfExists(name);
    if (bytes == null) {
      throw new MissingObjectException(name);
    }
    return bytes;
  }

  /** A file object, opened. The caller closes it. */
  default FileObject openFile(Checksum checksum) throws IOException {
    FileObject file = openFileIfExists(checksum);
    if (file == null) {
      throw new MissingObjectException(ObjectName.file(checksum));
    }
    return file;
  }
}
