package dev.coppice.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether tests run as root, which owners, device files and trusted attributes need. */
public final class Root {
  private Root() {}

  /** Skips the running test unless it runs as root. */
  public static void require() {
    Requirement.check(is(), "needs root");
  }

  /** Whether the effective user is root. */
  public static boolean is() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines.anyMatch(line -> line.startsWith("Uid:") && line.split("\\s+")[2].equals("0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
