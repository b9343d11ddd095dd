package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A file object whose content is a plain file, or a symbolic link, which has none. */
record PlainFileObject(FileHeader header, long size, @Nullable Fd plainFile) implements FileObject {

  /** Tells the header of a symbolic link. */
  interface LinkHeader {
    FileHeader of(FileStat stat, String path, String target) throws IOException;
  }

  /** Tells the header of a regular file. */
  interface RegularHeader {
    FileHeader of(FileStat stat, Fd file) throws IOException;
  }

  /** Opens an object that is stored as the file or the link that it is; null when it is absent. */
  static @Nullable PlainFileObject open(
      ObjectFiles store, Checksum checksum, LinkHeader ofLink, RegularHeader ofFile)
      throws IOException {
    ObjectName name = ObjectName.file(checksum);
    String path = store.path(name);
    FileStat stat = Fs.statIfExists(store.descriptor(), path);
    if (stat == null) {
      return null;
    }
    if (stat.isSymlink()) {
      return link(ofLink.of(stat, path, Fs.readlink(store.descriptor(), path)));
    }
    if (!stat.isRegular()) {
      throw new CorruptObjectException(name, "Not a regular file or symlink");
    }
    Fd file = Fs.open(store.descriptor(), path, FileFormat.OPEN, 0);
    try {
      return new PlainFileObject(ofFile.of(stat, file), stat.size(), file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

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
