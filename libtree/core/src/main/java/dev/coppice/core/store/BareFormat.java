package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.Xattrs;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Files as they are. The only mode whose checkouts share owner and attributes with the repository.
 */
final class BareFormat implements FileFormat {
  @Override
  public @Nullable FileObject open(ObjectFiles store, Checksum checksum) throws IOException {
    ObjectName name = ObjectName.file(checksum);
    String path = store.path(name);
    FileStat stat = Fs.statIfExists(store.descriptor(), path);
    if (stat == null) {
      return null;
    }
    if (stat.isSymlink()) {
      Xattrs xattrs = StoredXattrs.ofLink(store.descriptor(), path);
      return PlainFileObject.link(link(store, path, stat, xattrs));
    }
    if (!stat.isRegular()) {
      throw new CorruptObjectException(name, "Not a regular file or symlink");
    }
    Fd file = Fs.open(store.descriptor(), path, FileFormat.OPEN, 0);
    try {
      FileHeader header =
          new FileHeader(
              stat.uid(),
              stat.gid(),
              stat.mode() & (FileMode.TYPE | FileMode.PERMISSIONS),
              "",
              StoredXattrs.of(file));
      return new PlainFileObject(header, stat.size(), file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  static FileHeader link(ObjectFiles store, String path, FileStat stat, Xattrs xattrs)
      throws IOException {
    return new FileHeader(
        stat.uid(),
        stat.gid(),
        FileMode.SYMLINK | 0777,
        Fs.readlink(store.descriptor(), path),
        xattrs);
  }

  @Override
  public boolean linksAreLinks() {
    return true;
  }

  @Override
  public byte[] linkContent(FileHeader header) {
    throw new IllegalStateException("links are links here");
  }

  @Override
  public void check(FileHeader header, Checksum checksum) {
    // Everything that a header can say, a file can have.
  }

  @Override
  public void finish(Fd file, FileHeader header) throws IOException {
    // Owner first: chown clears setuid, setgid and file capabilities.
    Fs.chown(file, header.uid(), header.gid());
    Fs.chmod(file, header.mode() & FileMode.PERMISSIONS);
    StoredXattrs.set(file, header.xattrs());
    Fs.setTimes(file, 0, 0);
  }

  @Override
  public void finishLink(Fd directory, String name, FileHeader header) throws IOException {
    Fs.lchownAt(directory, name, header.uid(), header.gid());
    StoredXattrs.setOnLink(directory, name, header.xattrs());
  }
}
