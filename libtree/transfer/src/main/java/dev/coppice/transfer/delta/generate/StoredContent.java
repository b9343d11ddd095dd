package dev.coppice.transfer.delta.generate;

import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The content of a file as a part's data, read when it is written: it may be larger than memory.
 */
record StoredContent(ObjectStore objects, TreeFile file) implements Payload {
  @Override
  public long size() {
    return file.size();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (FileObject object = objects.openFile(file.checksum());
        InputStream in = object.content()) {
      if (in.transferTo(out) != file.size()) {
        throw ContentReader.wrongSize(file);
      }
    }
  }
}
