package dev.coppice.sysroot;

import java.nio.file.Path;
import java.util.Set;

/**
 * Which sysroot to open and how.
 *
 * @param path its root, the one that has {@code ostree} and {@code boot}
 * @param flags switches of the environment
 * @param host the running system
 */
public record SysrootRequest(Path path, Set<SysrootFlag> flags, Host host) {
  /** Copies the set. */
  public SysrootRequest {
    flags = Set.copyOf(flags);
  }

  /** A sysroot without switches. */
  public static SysrootRequest of(Path path) {
    return new SysrootRequest(path, Set.of(), Host.RUNNING);
  }
}
