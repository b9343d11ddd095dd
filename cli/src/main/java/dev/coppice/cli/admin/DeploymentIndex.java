package dev.coppice.cli.admin;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;

/** Indexes of deployments as arguments. */
final class DeploymentIndex {
  private DeploymentIndex() {}

  /**
   * Reads a decimal index; a minus sign is allowed, so that it is told apart from garbage.
   *
   * @throws Failure with {@link ErrorCode#INPUT_INVALID}
   */
  static int parse(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw failure("Invalid index: " + text);
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException tooLarge) {
      throw failure("Index too large: " + text);
    }
  }

  private static Failure failure(String message) {
    return new Failure(
        ErrorCode.INPUT_INVALID, message, "'admin status' lists deployments from index 0.");
  }
}
