package dev.coppice.core.store;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.Xattrs;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Content and permissions only: every file belongs to 0:0 and has no attributes. */
final class BareUserOnlyFormat implements FileFormat {
  /** What a file may have: no setuid, no setgid, no sticky bit, not writable for all. */
  static final int PERMISSIONS = 0775;

  @Override
  public @Nullable FileObject open(ObjectFiles store, Checksum checksum) throws IOException {
    return PlainFileObject.open(
        store,
        checksum,
        (stat, path, target) -> FileHeader.symlink(0, 0, target, Xattrs.NONE),
        (stat, file) -> FileHeader.regular(0, 0, stat.mode() & FileMode.PERMISSIONS, Xattrs.NONE));
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
    int refused = header.mode() & FileMode.PERMISSIONS & ~PERMISSIONS;
    if (!header.isSymlink() && refused != 0) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          String.format(
              "Content object %s: invalid mode 0%o with bits 0%o",
              checksum, header.mode(), refused),
          "A bare-user-only repository cannot hold setuid, setgid, sticky or world-writable files: commit with"
              + " --canonical-permissions, or use another repository mode.");
    }
  }

  @Override
  public void finish(Fd file, FileHeader header) throws IOException {
    Fs.chmod(file, header.mode() & PERMISSIONS);
    Fs.setTimes(file, 0, 0);
  }

  @Override
  public void finishLink(Fd directory, String name, FileHeader header) {
    // Owner and attributes are implied.
  }
}
