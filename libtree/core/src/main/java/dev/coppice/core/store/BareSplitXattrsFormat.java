package dev.coppice.core.store;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.object.Xattrs;
import dev.coppice.posix.Fd;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Files as they are, but attributes in {@code file-xattrs-link} objects. For reading only. */
final class BareSplitXattrsFormat implements FileFormat {
  @Override
  public @Nullable FileObject open(ObjectFiles store, Checksum checksum) throws IOException {
    return PlainFileObject.open(
        store,
        checksum,
        (stat, path, target) -> BareFormat.header(stat, target, xattrs(store, checksum)),
        (stat, file) -> BareFormat.header(stat, "", xattrs(store, checksum)));
  }

  private static Xattrs xattrs(ObjectFiles store, Checksum checksum) throws IOException {
    ObjectName name = new ObjectName(ObjectType.FILE_XATTRS_LINK, checksum);
    return name.decode(store.load(name), Xattrs::decode);
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
