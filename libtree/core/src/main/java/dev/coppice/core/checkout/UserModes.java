package dev.coppice.core.checkout;

import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.store.StoredXattrs;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Xattrs;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The modes that a bare-user repository keeps beside its files. */
final class UserModes {
  private UserModes() {}

  /**
   * Type and permissions of a stored file as the commit records them, or null when they cannot be
   * read: opening the object says what is wrong with it.
   */
  static @Nullable Integer recorded(Fd objects, String path) throws IOException {
    byte[] meta = Xattrs.get(objects, path, StoredXattrs.USER_META);
    if (meta == null) {
      return null;
    }
    try {
      return DirMeta.decodeRaw(meta).mode();
    } catch (MalformedObjectException e) {
      return null;
    }
  }
}
