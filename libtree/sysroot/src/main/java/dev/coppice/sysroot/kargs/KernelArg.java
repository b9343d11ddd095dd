package dev.coppice.sysroot.kargs;

import org.jspecify.annotations.Nullable;

/**
 * One argument of a kernel command line.
 *
 * @param key what stands before the first {@code =}, or all of it
 * @param value what follows it, quotes included; null when there is no {@code =}
 */
public record KernelArg(String key, @Nullable String value) {
  /** Splits a word at its first {@code =}. */
  public static KernelArg parse(String word) {
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
