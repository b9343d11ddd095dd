package dev.coppice.reposerver.http;

import dev.coppice.reposerver.Pages;
import java.util.List;

/**
 * Where requests go.
 *
 * @param root the pages beside repositories that have names
 */
public record Routes(List<Mount> mounts, Pages root) {
  /** Copies the list. */
  public Routes {
    mounts = List.copyOf(mounts);
  }
}
