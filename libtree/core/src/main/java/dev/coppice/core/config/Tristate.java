package dev.coppice.core.config;

import java.util.Optional;

/** A setting that can also be left to what the system offers. */
public enum Tristate {
  /** Off. */
  NO,
  /** On where it is possible. */
  MAYBE,
  /** On; an error where it is not possible. */
  YES;

  /** The setting of a text, as the real tool reads it; empty for any other text. */
  public static Optional<Tristate> parse(String text) {
    return switch (text) {
      case "no", "false", "0" -> Optional.of(NO);
      case "maybe" -> Optional.of(MAYBE);
      case "yes", "true", "1" -> Optional.of(YES);
      default -> Optional.empty();
    };
  }
}
