package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A header and the compressed content in one file. */
final class ArchiveFormat implements FileFormat {
  @Override
  public @Nullable FileObject open(ObjectFiles store, Checksum checksum) throws IOException {
    ObjectName name = ObjectName.file(checksum);
    Fd file = Fs.openIfExists(store.descriptor(), store.path(name), FileFormat.OPEN);
    if (file == null) {
      return null;
    }
    try {
      FileHeader.Archived archived = readHeader(Io.inputStream(file));
      long start = Io.lseek(file, 0, Io.SEEK_CUR);
      return new Compressed(name, archived.header(), archived.size(), file, start);
    } catch (MalformedObjectException e) {
      file.close();
      throw new CorruptObjectException(name, e);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Reads frame and header from the start of an archived file, as it is stored or served. */
  static FileHeader.Archived readHeader(InputStream in) throws IOException {
    byte[] frame = in.readNBytes(FileHeader.FRAME);
    if (frame.length == 0) {
      throw new MalformedObjectException("File header size is zero: the file is empty");
    }
    if (frame.length < FileHeader.FRAME) {
      throw new MalformedObjectException("it is shorter than its header");
    }
    int length = ByteBuffer.wrap(frame).getInt();
    if (length < 0 || length > FileHeader.MAX_SIZE) {
      throw new MalformedObjectException(
          "header of " + Integer.toUnsignedString(length) + " bytes");
    }
    byte[] header = in.readNBytes(length);
    if (header.length < length) {
      throw new MalformedObjectException("it is shorter than its header");
    }
    return FileHeader.decodeArchive(header);
  }

  /**
   * An archived file whose header has been read.
   *
   * @param file stands behind the header
   * @param contentStart where that is
   */
  record Compressed(ObjectName name, FileHeader header, long size, Fd file, long contentStart)
      implements FileObject {
    @Override
    public InputStream content() {
      return header.isSymlink()
          ? InputStream.nullInputStream()
          : new InflatedContent(name, Io.inputStream(file), size);
    }

    @Override
    public @Nullable Fd plainFile() {
      return null;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public boolean linksAreLinks() {
    return false;
  }

  @Override
  public byte[] linkContent(FileHeader header) {
    // The header says it all.
    return new byte[0];
  }

  @Override
  public void check(FileHeader header, Checksum checksum) {
    // Everything that a header can say is stored.
  }

  @Override
  public void finish(Fd file, FileHeader header) throws IOException {
    Fs.chmod(file, 0644);
  }

  @Override
  public void finishLink(Fd directory, String name, FileHeader header) {
    throw new IllegalStateException("links are files here");
  }
}
