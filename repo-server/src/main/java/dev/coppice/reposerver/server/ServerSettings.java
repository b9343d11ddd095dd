package dev.coppice.reposerver.server;

import java.util.List;

/**
 * What a server is to do.
 *
 * @param repos at least one; one without a name is the only one
 * @param listen at least one
 * @param cacheBytes for small files in memory
 * @param stopSeconds how long requests that are under way may take when the server stops
 */
public record ServerSettings(
    List<ServedRepo> repos, List<Listen> listen, long cacheBytes, long stopSeconds) {
  /** Bytes for small files, unless told otherwise: a hundred thousand small objects. */
  public static final long DEFAULT_CACHE = 128L << 20;

  /** Seconds for requests under way, unless told otherwise. */
  public static final long DEFAULT_STOP = 30;
}
