package dev.coppice.transfer.delta.route;

import dev.coppice.transfer.delta.DeltaName;

/**
 * A delta that could be fetched.
 *
 * @param bytes that would come over the network: parts that are needed, and fallbacks
 * @param requests that would bring them
 */
public record Offer(DeltaName name, long bytes, long requests) {
  /**
   * Bytes that a request is worth: about what a server sends in the time that the way there and
   * back takes, with several requests at a time, and what heads of requests and answers take.
   */
  public static final long PER_REQUEST = 2048;

  /** What it costs, in bytes. */
  public long cost() {
    return cost(bytes, requests);
  }

  /** What bytes and requests cost together, in bytes. */
  public static long cost(long bytes, long requests) {
    long heads = requests > Long.MAX_VALUE / PER_REQUEST ? Long.MAX_VALUE : requests * PER_REQUEST;
    return bytes > Long.MAX_VALUE - heads ? Long.MAX_VALUE : bytes + heads;
  }
}
