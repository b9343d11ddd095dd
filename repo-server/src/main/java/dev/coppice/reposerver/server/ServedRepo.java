package dev.coppice.reposerver.server;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.LocalPath;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A repository to serve.
 *
 * @param name its first part of paths; empty for the only one, at the root
 */
public record ServedRepo(String name, Path path) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Reads {@code PATH} or {@code NAME=PATH}. */
  public static ServedRepo parse(String text) {
    int equals = text.indexOf('=');
    if (equals > 0 && NAME.matcher(text.substring(0, equals)).matches()) {
      return new ServedRepo(text.substring(0, equals), path(text.substring(equals + 1)));
    }
    return new ServedRepo("", path(text));
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new Failure(
          ErrorCode.USAGE, "The path of a repository is empty", "Write --repo=PATH or NAME=PATH.");
    }
    return LocalPath.parse(text);
  }

  /** What its paths begin with. */
  String prefix() {
    return name.isEmpty() ? "" : "/" + name;
  }
}
