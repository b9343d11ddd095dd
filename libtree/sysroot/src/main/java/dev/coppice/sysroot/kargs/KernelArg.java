package dev.coppice.sysroot.kargs;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One argument of a kernel command line.
 *
 * @param key what stands before the first {@code =}, or all of it
 * @param value what follows it, quotes included; null when there is no {@code =}
 */
public record KernelArg(String key, @Nullable String value) {
  /**
   * Splits a word at its first {@code =}.
   *
   * @throws Failure with {@link ErrorCode#INPUT_INVALID} for a word with a line break: a boot entry
   *     is made of lines, so what follows would be a key of its own
   */
  public static KernelArg parse(String word) {
    if (word.indexOf('\n') >= 0 || word.indexOf('\r') >= 0) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "Kernel argument with a line break: '"
              + word.replace("\n", "\\n").replace("\r", "\\r")
              + "'",
          "Name each argument in an option of its own.");
    }
    int eq = word.indexOf('=');
    return eq < 0
        ? new KernelArg(word, null)
        : new KernelArg(word.substring(0, eq), word.substring(eq + 1));
  }

  @Override
  public String toString() {
    return value == null ? key : key + "=" + value;
  }
}
