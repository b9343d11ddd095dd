package dev.coppice.cli.frame;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a process is given besides arguments and outputs. Commands read these and never {@code
 * System.getenv}, so that many can run in one process.
 *
 * @param variables environment variables
 * @param workingDirectory what relative paths are resolved against; the empty path in a real run,
 *     so that messages show paths as they were typed
 * @param stdin standard input
 */
public record Environment(Map<String, String> variables, Path workingDirectory, InputStream stdin) {
  /** The environment of this process. */
  public static Environment ofProcess() {
    return new Environment(System.getenv(), Path.of(""), System.in);
  }

  /** A variable, or empty when unset. */
  public String variable(String name) {
    return variables.getOrDefault(name, "");
  }
}
