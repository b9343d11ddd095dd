package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The objects of a repository and its parents, which a listing leaves out. */
record ParentsListedToo(Repo repo) implements ObjectStore {
  @Override
  public boolean has(ObjectName name) throws IOException {
    return repo.objects().has(name);
  }

  @Override
  public byte @Nullable [] loadIfExists(ObjectName name) throws IOException {
    return repo.objects().loadIfExists(name);
  }

  @Override
  public @Nullable FileObject openFileIfExists(Checksum checksum) throws IOException {
    return repo.objects().openFileIfExists(checksum);
  }

  @Override
  public long storedSize(ObjectName name) throws IOException {
    return repo.objects().storedSize(name);
  }

  @Override
  public void list(Consumer<ObjectName> consumer) throws IOException {
    for (LooseStore store : repo.stores()) {
      store.list(consumer);
    }
  }
}
