package dev.coppice.core.store;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.object.Xattrs;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Files as they are, but attributes in {@code file-xattrs-link} objects. For reading only. */
final class BareSplitXattrsFormat implements FileFormat {
  @Override
  public @Nullable FileObject open(ObjectFiles store, Checksum checksum) throws IOException {
    ObjectName name = ObjectName.file(checksum);
    String path = store.path(name);
    FileStat stat = Fs.statIfExists(store.descriptor(), path);
    if (stat == null) {
      return null;
    }
    Xattrs xattrs = xattrs(store, checksum);
    if (stat.isSymlink()) {
      return PlainFileObject.link(BareFormat.link(store, path, stat, xattrs));
    }
    if (!stat.isRegular()) {
      throw new CorruptObjectException(name, "Not a regular file or symlink");
    }
    Fd file = Fs.open(store.descriptor(), path, FileFormat.OPEN, 0);
    int mode = stat.mode() & (FileMode.TYPE | FileMode.PERMISSIONS);
    return new PlainFileObject(
        new FileHeader(stat.uid(), stat.gid(), mode, "", xattrs), stat.size(), file);
  }

  private static Xattrs xattrs(ObjectFiles store, Checksum checksum) throws IOException {
    ObjectName name = new ObjectName(ObjectType.FILE_XATTRS_LINK, checksum);
    try {
      return Xattrs.decode(store.load(name));
    } catch (MalformedObjectException e) {
      throw new CorruptObjectException(name, e);
    }
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
    throw new Failure(
        ErrorCode.REPO_UNSUITABLE,
        "Not allowed due to repo mode: a bare-split-xattrs repository is for reading only",
        "Pull or commit into a repository of another mode.");
  }

  @Override
  public void finish(Fd file, FileHeader header) {
    throw new IllegalStateException("refused by check");
  }

  @Override
  public void finishLink(Fd directory, String name, FileHeader header) {
    throw new IllegalStateException("refused by check");
  }
}
