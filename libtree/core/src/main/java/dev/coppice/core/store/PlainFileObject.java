package dev.coppice.core.store;

import dev.coppice.core.object.FileHeader;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Io;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A file object whose content is a plain file, or a symbolic link, which has none. */
record PlainFileObject(FileHeader header, long size, @Nullable Fd plainFile) implements FileObject {

  static PlainFileObject link(FileHeader header) {
    return new PlainFileObject(header, 0, null);
  }

  @Override
  public InputStream content() {
    return plainFile == null ? InputStream.nullInputStream() : Io.inputStream(plainFile);
  }

  @Override
  public void close() throws IOException {
    if (plainFile != null) {
      plainFile.close();
    }
  }
}
