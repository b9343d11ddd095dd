package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Content in plain files of the user who commits; owner, mode and attributes in {@value
 * #ATTRIBUTE}, which has the form of a dirmeta. Symbolic links are files too, so that they can
 * carry the attribute.
 */
final class BareUserFormat implements FileFormat {
  static final String ATTRIBUTE = StoredXattrs.USER_META;

  /** Linux allows no longer link targets: PATH_MAX. */
  private static final int MAX_TARGET = 4096;

  @Override
  public @Nullable FileObject open(ObjectFiles store, Checksum checksum) throws IOException {
    ObjectName name = ObjectName.file(checksum);
    Fd file = Fs.openIfExists(store.descriptor(), store.path(name), FileFormat.OPEN);
    if (file == null) {
      return null;
    }
    try {
      DirMeta.Raw meta = meta(file, name);
      if (FileMode.isSymlink(meta.mode())) {
        byte[] target = Io.readAll(file, MAX_TARGET + 1);
        file.close();
        return PlainFileObject.link(header(meta, target(target)));
      }
      return new PlainFileObject(header(meta, ""), Fs.fstat(file).size(), file);
    } catch (MalformedObjectException e) {
      file.close();
      throw new CorruptObjectException(name, e);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static DirMeta.Raw meta(Fd file, ObjectName name) throws IOException {
    byte[] value = dev.coppice.posix.Xattrs.get(file, ATTRIBUTE);
    if (value == null) {
      throw new CorruptObjectException(name, "the extended attribute " + ATTRIBUTE + " is missing");
    }
    return DirMeta.decodeRaw(value);
  }

  private static FileHeader header(DirMeta.Raw meta, String target) {
    return new FileHeader(meta.uid(), meta.gid(), meta.mode(), target, meta.xattrs());
  }

  /** The real tool stores a target with a trailing NUL; older versions did not. */
  private static String target(byte[] stored) {
    int length = 0;
    while (length < stored.length && stored[length] != 0) {
      length++;
    }
    return PosixNames.decode(stored, 0, length);
  }

  @Override
  public boolean linksAreLinks() {
    return false;
  }

  @Override
  public byte[] linkContent(FileHeader header) {
    byte[] target = header.target().getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(target, target.length + 1);
  }

  @Override
  public void check(FileHeader header, Checksum checksum) {
    // Everything that a header can say, the attribute can hold.
  }

  @Override
  public void finish(Fd file, FileHeader header) throws IOException {
    byte[] meta = DirMeta.encodeOf(header.uid(), header.gid(), header.mode(), header.xattrs());
    dev.coppice.posix.Xattrs.set(file, ATTRIBUTE, meta);
    // Never setuid, and always readable for the user; a link keeps the default.
    Fs.chmod(file, header.isSymlink() ? 0644 : (header.mode() & 0775) | 0400);
    Fs.setTimes(file, 0, 0);
  }

  @Override
  public void finishLink(Fd directory, String name, FileHeader header) {
    throw new IllegalStateException("links are files here");
  }
}
