package dev.coppice.reposerver.server;

import java.time.Duration;

/**
 * How much, how many and how long.
 *
 * @param cacheBytes for small files in memory
 * @param connections at once; more wait until one is closed
 * @param stop how long requests that are under way may take when the server stops; one whose client
 *     takes nothing for a second is given up then
 * @param look how often files that may change are looked at: certificates, tokens
 */
public record Limits(long cacheBytes, int connections, Duration stop, Duration look) {
  /** A hundred thousand small objects, and time for a large one. */
  public static final Limits DEFAULT =
      new Limits(128L << 20, 10_000, Duration.ofSeconds(30), Duration.ofSeconds(5));
}
