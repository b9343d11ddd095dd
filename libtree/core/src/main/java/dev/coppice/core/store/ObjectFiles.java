package dev.coppice.core.store;

import dev.coppice.core.object.ObjectName;
import dev.coppice.posix.Fd;
import java.io.IOException;

/** A store that keeps each object in a file of its own below one directory. */
public interface ObjectFiles extends ObjectStore {
  /** A descriptor of the directory; stays the store's. */
  Fd descriptor() throws IOException;

  /** The path of an object below {@link #descriptor}, whether it is there or not. */
  String path(ObjectName name);
}
