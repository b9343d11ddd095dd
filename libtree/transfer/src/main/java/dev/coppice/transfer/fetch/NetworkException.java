package dev.coppice.transfer.fetch;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A failure of the network or of a server, which may be over when it is tried again. */
final class NetworkException extends IOException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String nextStep;
  private final transient Optional<Duration> wait;

  NetworkException(ErrorCode code, URI uri, String reason, String nextStep, Throwable cause) {
    super("While fetching " + Urls.masked(uri) + ": " + reason, cause);
    this.code = code;
    this.nextStep = nextStep;
    this.wait = Optional.empty();
  }

  NetworkException(ErrorCode code, URI uri, String reason, String nextStep, Duration wait) {
    super("While fetching " + Urls.masked(uri) + ": " + reason);
    this.code = code;
    this.nextStep = nextStep;
    this.wait = wait.isZero() ? Optional.empty() : Optional.of(wait);
  }

  /** How long the server wants to be left alone. */
  Optional<Duration> waitFor() {
    return wait;
  }

  /** The failure as the user sees it, when it was tried often enough. */
  Failure asFailure() {
    return new Failure(code, String.valueOf(getMessage()), nextStep, this);
  }
}
