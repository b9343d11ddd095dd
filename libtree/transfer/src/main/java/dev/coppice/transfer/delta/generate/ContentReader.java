package dev.coppice.transfer.delta.generate;

import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads contents of files. */
record ContentReader(ObjectStore objects) {
  /**
   * The content of a regular file of less than 2 GiB.
   *
   * @throws CorruptObjectException when it is shorter than the object says
   */
  byte[] read(TreeFile file) throws IOException {
    byte[] content = new byte[Math.toIntExact(file.size())];
    try (FileObject object = objects.openFile(file.checksum());
        InputStream in = object.content()) {
      if (in.readNBytes(content, 0, content.length) != content.length) {
        throw wrongSize(file);
      }
    }
    return content;
  }

  /**
   * Copies the content of a regular file, which may be larger than memory.
   *
   * @throws CorruptObjectException when it is shorter or longer than the object says
   */
  void copy(TreeFile file, OutputStream out) throws IOException {
    try (FileObject object = objects.openFile(file.checksum());
        InputStream in = object.content()) {
      if (in.transferTo(out) != file.size()) {
        throw wrongSize(file);
      }
    }
  }

  private static CorruptObjectException wrongSize(TreeFile file) {
    return new CorruptObjectException(
        ObjectName.file(file.checksum()), "its content is not as long as it says");
  }
}
