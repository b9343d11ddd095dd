package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store without the objects that hold attributes, which are a matter of one mode. */
record WithoutAttributes(ObjectStore store) implements ObjectStore {
  @Override
  public boolean has(ObjectName name) throws IOException {
    return store.has(name);
  }

  @Override
  public byte @Nullable [] loadIfExists(ObjectName name) throws IOException {
    return store.loadIfExists(name);
  }

  @Override
  public @Nullable FileObject openFileIfExists(Checksum checksum) throws IOException {
    return store.openFileIfExists(checksum);
  }

  @Override
  public long storedSize(ObjectName name) throws IOException {
    return store.storedSize(name);
  }

  @Override
  public void list(Consumer<ObjectName> consumer) throws IOException {
    store.list(
        name -> {
          if (name.type() != ObjectType.FILE_XATTRS && name.type() != ObjectType.FILE_XATTRS_LINK) {
            consumer.accept(name);
          }
        });
  }
}
