package dev.coppice.core.store;

import dev.coppice.core.object.FileHeader;
import dev.coppice.posix.Fd;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** An opened file object. For one thread; closing it closes its streams and descriptors. */
public interface FileObject extends AutoCloseable {
  /** Owner, mode, link target and attributes. */
  FileHeader header();

  /** Bytes of the content; 0 for a symbolic link. */
  long size();

  /** The content, uncompressed, from its start; empty for a symbolic link. Called at most once. */
  InputStream content() throws IOException;

  /**
   * A descriptor of a file that holds exactly the content, or null where the store keeps it
   * otherwise.
   */
  @Nullable Fd plainFile();

  @Override
  void close() throws IOException;
}
