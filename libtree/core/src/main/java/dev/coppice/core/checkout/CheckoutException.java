package dev.coppice.core.checkout;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.posix.PosixException;
import org.jspecify.annotations.Nullable;

/** A checkout that cannot go on at some path of the tree. */
public final class CheckoutException extends TreeException {
  private static final long serialVersionUID = 1L;

  private final String path;

  CheckoutException(
      ErrorCode code, String path, String message, String nextStep, @Nullable Throwable cause) {
    super(code, message + " (at " + path + ")", nextStep, cause);
    this.path = path;
  }

  static CheckoutException conflict(String path, String message) {
    return new CheckoutException(
        ErrorCode.CHECKOUT_CONFLICT,
        path,
        message,
        "Choose a directory that does not exist, or merge into it with --union, --union-add or"
            + " --union-identical.",
        null);
  }

  static CheckoutException notDirectory(String path) {
    return conflict(path, "opendirat: Not a directory: something else is in its place");
  }

  /** The destination itself can neither be made nor opened. */
  static CheckoutException destination(String name, PosixException cause) {
    return new CheckoutException(
        ErrorCode.DESTINATION_INVALID,
        name.isEmpty() ? "an empty name" : name,
        cause.call() + ": " + cause.errno().text(),
        "Name a place in a directory that exists.",
        cause);
  }

  static CheckoutException impossible(String path, String message) {
    return new CheckoutException(
        ErrorCode.REPO_UNSUITABLE,
        path,
        message,
        "Leave out --require-hardlinks to get copies where links are impossible.",
        null);
  }

  /** Where in the destination, starting with the name of that. */
  public String path() {
    return path;
  }
}
