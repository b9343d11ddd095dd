package dev.coppice.core.selinux;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a root file system in which a policy is looked for. */
public interface PolicyFiles {
  /**
   * The content of a file, or null when it does not exist.
   *
   * @param path relative to the root
   */
  byte @Nullable [] read(String path) throws IOException;

  /** Whether there is anything of this name. */
  boolean exists(String path) throws IOException;

  /** The names in a directory; none when it does not exist. */
  List<String> list(String path) throws IOException;
}
