package dev.coppice.cli.tour;

import dev.coppice.cli.frame.Context;
import java.io.IOException;
import java.util.List;

/** Runs one command line of this program and tells its exit code. */
public interface CommandRunner {
  /** Runs the arguments behind the program's name. */
  int run(List<String> arguments, Context context) throws IOException, InterruptedException;
}
