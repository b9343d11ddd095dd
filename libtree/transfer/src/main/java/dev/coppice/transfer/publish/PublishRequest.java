package dev.coppice.transfer.publish;

import java.time.Duration;
import java.util.Set;

/**
 * How to publish.
 *
 * @param options any of them
 * @param grace how long what is gone from the repository stays for clients that rely on it
 * @param settle how long a signature file stands that fits the old and the new summary
 */
public record PublishRequest(Set<Option> options, Duration grace, Duration settle) {
  /** Longer than a pull over a slow line takes. */
  public static final Duration DEFAULT_GRACE = Duration.ofHours(24);

  /** What can be asked for. */
  public enum Option {
    /** Find out what would be copied and deleted, and do nothing. */
    DRY_RUN,
    /** Delete what the repository does not have any more. */
    DELETE
  }

  /** Copies the set. */
  public PublishRequest {
    options = Set.copyOf(options);
  }

  boolean asks(Option option) {
    return options.contains(option);
  }
}
