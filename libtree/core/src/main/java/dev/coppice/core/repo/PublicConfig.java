package dev.coppice.core.repo;

import dev.coppice.core.config.KeyFile;
import dev.coppice.posix.PosixNames;
import java.util.Set;

/**
 * The part of a configuration that clients need: the {@code [core]} section, without what says
 * something about this machine. Remotes, with their secrets, and comments are left out.
 */
public final class PublicConfig {
  private static final String CORE = "core";

  /** Keys whose values are paths here, or nobody else's business. */
  private static final Set<String> PRIVATE = Set.of("parent", "add-remotes-config-dir");

  private PublicConfig() {}

  /**
   * The configuration as the outside sees it.
   *
   * @param bytes the key file
   * @param source its name in messages
   */
  public static byte[] of(byte[] bytes, String source) {
    KeyFile whole = KeyFile.parse(PosixNames.decode(bytes), source);
    KeyFile shown = KeyFile.empty(source);
    for (String key : whole.keys(CORE)) {
      if (!PRIVATE.contains(key)) {
        shown = shown.withRaw(CORE, key, whole.raw(CORE, key).orElse(""));
      }
    }
    return shown.bytes();
  }
}
