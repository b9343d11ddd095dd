package dev.coppice.core.repo;

import dev.coppice.core.config.KeyFile;
import dev.coppice.posix.PosixNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A configured remote. Its name is whatever stands in the configuration; only names of new remotes
 * are checked.
 *
 * @param name the name
 * @param settings a key file that has the remote's group, and may have others
 * @param file the file in a {@code remotes.d} directory that defines it; empty for the repository's
 *     own configuration
 */
public record Remote(String name, KeyFile settings, Optional<Path> file)
    implements Comparable<Remote> {
  private static final String START = "remote \"";
  private static final String END = "\"";

  /** The group of key files that defines the remote of this name. */
  public static String group(String name) {
    return START + name + END;
  }

  /** The name of the remote that a group of a key file defines; empty for any other group. */
  public static Optional<String> nameOf(String group) {
    boolean remote =
        group.startsWith(START)
            && group.endsWith(END)
            && group.length() > START.length() + END.length();
    return remote
        ? Optional.of(group.substring(START.length(), group.length() - END.length()))
        : Optional.empty();
  }

  /** A setting as text. */
  public Optional<String> option(String key) {
    return settings.string(group(name), key);
  }

  /** A setting as a list. */
  public Optional<List<String>> list(String key) {
    return settings.list(group(name), key);
  }

  /** By the bytes of the names. */
  @Override
  public int compareTo(Remote other) {
    return PosixNames.BYTE_ORDER.compare(name, other.name);
  }
}
