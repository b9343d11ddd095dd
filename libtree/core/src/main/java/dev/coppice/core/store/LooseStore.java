package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The loose objects of one repository directory. Closing it closes its directory descriptor. */
public final class LooseStore implements ObjectFiles, AutoCloseable {
  /** No metadata object may be larger. Source: {@code OSTREE_MAX_METADATA_SIZE}. */
  public static final int MAX_METADATA = 128 << 20;

  private final Path directory;
  private final RepoMode mode;
  private final FileFormat format;
  private volatile @Nullable Fd descriptor;

  /**
   * The store of a repository.
   *
   * @param repository the repository's directory
   */
  public LooseStore(Path repository, RepoMode mode) {
    this.directory = repository.resolve(RepoLayout.OBJECTS);
    this.mode = mode;
    this.format = FileFormat.of(mode);
  }

  /** How this store keeps file objects. */
  public RepoMode mode() {
    return mode;
  }

  /** The repository's directory of objects. */
  public Path directory() {
    return directory;
  }

  /** How this store keeps file objects, as code. */
  public FileFormat format() {
    return format;
  }

  /**
   * A descriptor of the directory of objects, opened when it is first asked for; owned by this
   * store.
   */
  @Override
  public Fd descriptor() throws IOException {
    Fd fd = descriptor;
    if (fd == null) {
      synchronized (this) {
        fd = descriptor;
        if (fd == null) {
          fd = Fs.openDir(Fd.CWD, directory.toString());
          descriptor = fd;
        }
      }
    }
    return fd;
  }

  @Override
  public String path(ObjectName name) {
    return RepoLayout.loosePath(name, mode);
  }

  @Override
  public boolean has(ObjectName name) throws IOException {
    return Fs.statIfExists(descriptor(), path(name)) != null;
  }

  @Override
  public byte @Nullable [] loadIfExists(ObjectName name) throws IOException {
    if (name.type() == ObjectType.FILE) {
      throw new IllegalArgumentException("a file is opened, not loaded: " + name);
    }
    Path path = directory.resolve(path(name));
    try {
      // Opening a pipe would wait for a writer for ever.
      if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
        throw new CorruptObjectException(name, "it is not a regular file");
      }
    } catch (NoSuchFileException e) {
      return null;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > MAX_METADATA) {
        throw new CorruptObjectException(
            name, "metadata of " + size + " bytes is larger than the limit of " + MAX_METADATA);
      }
      byte[] bytes = new byte[(int) size];
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new CorruptObjectException(name, "it became shorter while it was read");
        }
      }
      return bytes;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public @Nullable FileObject openFileIfExists(Checksum checksum) throws IOException {
    return format.open(this, checksum);
  }

  @Override
  public long storedSize(ObjectName name) throws IOException {
    FileStat stat = Fs.statIfExists(descriptor(), path(name));
    if (stat == null) {
      throw new MissingObjectException(name);
    }
    return stat.size();
  }

  @Override
  public void list(Consumer<ObjectName> consumer) throws IOException {
    for (int i = 0; i < 256; i++) {
      listFanout(i, consumer);
    }
  }

  /** Tells the objects whose checksum starts with one byte. */
  public void listFanout(int firstByte, Consumer<ObjectName> consumer) throws IOException {
    String fanout = RepoLayout.fanout(firstByte);
    Fd opened = Fs.openIfExists(descriptor(), fanout, dev.coppice.posix.OpenFlags.O_DIRECTORY);
    if (opened == null) {
      return;
    }
    try (Fd directoryFd = opened) {
      for (DirEntry entry : DirStream.list(directoryFd)) {
        RepoLayout.parse(fanout, entry.name(), mode).ifPresent(consumer);
      }
    }
  }

  /** Removes an object; returns whether it was there. */
  public boolean delete(ObjectName name) throws IOException {
    return Fs.unlinkIfExists(descriptor(), path(name));
  }

  /** The repository's directory of objects, for messages. */
  @Override
  public String toString() {
    return directory.toString();
  }

  /** Whether the directory exists at all. */
  public boolean exists() {
    return Files.isDirectory(directory);
  }

  @Override
  public synchronized void close() throws IOException {
    Fd fd = descriptor;
    if (fd != null) {
      descriptor = null;
      fd.close();
    }
  }
}
