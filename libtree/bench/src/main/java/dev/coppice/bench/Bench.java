package dev.coppice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the two tools, with the tree they work on.
 *
 * @param program its path
 * @param tree a directory with an operating system
 */
record Bench(String program, Path tree) {
  /** Runs the tool. */
  Measured run(String... arguments) throws IOException, InterruptedException {
    return run(List.of(arguments));
  }

  /** Runs the tool. */
  Measured run(List<String> arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(program);
    command.addAll(arguments);
    return Measured.run(command);
  }

  /** Makes a repository with one commit of the tree on branch {@code os}. */
  void repository(Path repo, String mode) throws IOException, InterruptedException {
    run("--repo=" + repo, "init", "--mode=" + mode);
    run("--repo=" + repo, "commit", "-b", "os", "--tree=dir=" + tree);
  }
}
