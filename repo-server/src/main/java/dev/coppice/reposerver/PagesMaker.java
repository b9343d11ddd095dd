package dev.coppice.reposerver;

import java.io.IOException;
import java.nio.file.Path;

/** Makes the pages of a repository when the server starts. */
@FunctionalInterface
public interface PagesMaker {
  /**
   * The pages of one repository.
   *
   * @param repo its directory
   * @param base what to put before absolute links: empty, or {@code /NAME} where the server has
   *     several repositories; the paths that {@link Pages} is asked for are without it
   */
  Pages of(Path repo, String base) throws IOException;
}
