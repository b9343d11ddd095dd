package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store with its parents behind it: what the first does not have, the next is asked for. */
public final class ReadThroughStore implements ObjectStore {
  private final List<? extends ObjectStore> chain;

  /** A chain, the repository's own store first. */
  public ReadThroughStore(List<? extends ObjectStore> chain) {
    this.chain = List.copyOf(chain);
  }

  @Override
  public boolean has(ObjectName name) throws IOException {
    for (ObjectStore store : chain) {
      if (store.has(name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public byte @Nullable [] loadIfExists(ObjectName name) throws IOException {
    for (ObjectStore store : chain) {
      byte[] bytes = store.loadIfExists(name);
      if (bytes != null) {
        return bytes;
      }
    }
    return null;
  }

  @Override
  public @Nullable FileObject openFileIfExists(Checksum checksum) throws IOException {
    for (ObjectStore store : chain) {
      FileObject file = store.openFileIfExists(checksum);
      if (file != null) {
        return file;
      }
    }
    return null;
  }

  @Override
  public long storedSize(ObjectName name) throws IOException {
    for (ObjectStore store : chain) {
      if (store.has(name)) {
        return store.storedSize(name);
      }
    }
    throw new MissingObjectException(name);
  }

  @Override
  public void list(Consumer<ObjectName> consumer) throws IOException {
    chain.getFirst().list(consumer);
  }
}
