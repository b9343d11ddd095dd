package dev.coppice.transfer.delta.apply;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.ObjectStore;
import dev.coppice.posix.Fd;
import dev.coppice.transfer.delta.ByteRegion;
import dev.coppice.transfer.delta.DeltaException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a stored file, by position. Where it is stored compressed it is unpacked for that,
 * next to the parts. Closing it closes the file.
 */
record ReadSource(Checksum checksum, ByteRegion content, AutoCloseable storage)
    implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  /**
   * Opens a source.
   *
   * @param spools where to unpack to
   * @throws DeltaException when it is not there, or no regular file
   */
  static ReadSource open(ObjectStore objects, Checksum checksum, SpoolFiles spools)
      throws IOException {
    FileObject file = objects.openFileIfExists(checksum);
    if (file == null) {
      throw new DeltaException(
          ErrorCode.DELTA_SOURCE_MISSING,
          "the file that it starts from is not here: " + checksum + ".file");
    }
    try {
      if (file.header().isSymlink()) {
        throw new DeltaException(
            ErrorCode.DELTA_SOURCE_MISSING,
            "what it starts from is a symbolic link: " + checksum + ".file");
      }
      Fd plain = file.plainFile();
      if (plain != null) {
        return new ReadSource(checksum, ByteRegion.of(plain, file.size()), file);
      }
      SpoolFile spool = unpacked(file, spools);
      file.close();
      return new ReadSource(checksum, spool.region(), spool);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static SpoolFile unpacked(FileObject file, SpoolFiles spools) throws IOException {
    var spool = new SpoolFile(spools);
    try (InputStream content = file.content()) {
      byte[] chunk = new byte[CHUNK];
      for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
        spool.write(chunk, 0, count);
      }
      return spool;
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      storage.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
