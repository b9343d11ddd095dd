package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The objects that a transaction has staged and nobody else sees yet. */
final class StagedObjects implements ObjectFiles {
  private final Fd directory;
  private final StagedParts parts;
  private final FileFormat format;

  StagedObjects(Fd directory, StagedParts parts, RepoMode mode) {
    this.directory = directory;
    this.parts = parts;
    this.format = FileFormat.of(mode);
  }

  @Override
  public Fd descriptor() {
    return directory;
  }

  @Override
  public String path(ObjectName name) {
    return parts.path(name);
  }

  @Override
  public boolean has(ObjectName name) {
    return parts.has(name);
  }

  @Override
  public byte @Nullable [] loadIfExists(ObjectName name) throws IOException {
    try (Fd file = parts.openIfStaged(name)) {
      return file == null ? null : Io.readAll(file, LooseStore.MAX_METADATA);
    }
  }

  @Override
  public @Nullable FileObject openFileIfExists(Checksum checksum) throws IOException {
    return has(ObjectName.file(checksum)) ? format.open(this, checksum) : null;
  }

  @Override
  public long storedSize(ObjectName name) throws IOException {
    FileStat stat = has(name) ? Fs.statIfExists(directory, path(name)) : null;
    if (stat == null) {
      throw new MissingObjectException(name);
    }
    return stat.size();
  }

  @Override
  public void list(Consumer<ObjectName> consumer) {
    parts.list(consumer);
  }
}
