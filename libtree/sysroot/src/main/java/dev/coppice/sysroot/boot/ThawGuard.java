package dev.coppice.sysroot.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another process that thaws a file system when this one dies while it is frozen.
 *
 * <p>It reads from a pipe that this process holds. The pipe ends without a word when this process
 * ends in any way, and then it thaws; a word means that all is well.
 */
final class ThawGuard implements AutoCloseable {
  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/sbin/fsfreeze"), Path.of("/sbin/fsfreeze"));
  private static final Path SHELL = Path.of("/bin/sh");

  /** Says that it is ready, survives the signals that end this process, and waits. */
  private static final String SCRIPT =
      "trap '' INT TERM HUP; echo ready; read word || \"$0\" --unfreeze \"$1\"";

  private final Process process;

  private ThawGuard(Process process) {
    this.process = process;
  }

  /** Starts one that waits already; null when the programs it needs are not there. */
  static @Nullable ThawGuard start(Path mount) throws IOException {
    Path program = PROGRAMS.stream().filter(Files::isExecutable).findFirst().orElse(null);
    if (program == null || !Files.isExecutable(SHELL)) {
      return null;
    }
    Process process =
        new ProcessBuilder(SHELL.toString(), "-c", SCRIPT, program.toString(), mount.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.getInputStream().read() < 0) {
      process.destroy();
      return null;
    }
    return new ThawGuard(process);
  }

  /** Tells it that the file system is thawed. */
  @Override
  public void close() throws IOException {
    try (var pipe = process.getOutputStream()) {
      pipe.write('\n');
    }
  }
}
