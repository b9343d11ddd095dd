package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
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
    return PlainFileObject.open(
        store,
        checksum,
        (stat, path, target) -> header(stat, target, StoredXattrs.ofLink(store.descriptor(), path)),
        (stat, file) -> header(stat, "", StoredXattrs.of(file)));
  }

  /** Owner and mode as the file has them; links have no permissions of their own. */
  static FileHeader header(FileStat stat, String target, Xattrs xattrs) {
    int mode =
        stat.isSymlink()
            ? FileMode.SYMLINK | 0777
            : stat.mode() & (FileMode.TYPE | FileMode.PERMISSIONS);
    return new FileHeader(stat.uid(), stat.gid(), mode, target, xattrs);
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
