package dev.coppice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One piece of work that both tools do.
 *
 * @param name as in the table
 * @param target the ratio of wall time to reach
 * @param prepare what has to be there before each run; not measured
 * @param command the arguments behind the program's name
 */
record Work(String name, double target, Step prepare, Arguments command) {
  /** Makes the state in which the work is measured, with the tool that will be measured. */
  interface Step {
    void run(Bench bench, Path place) throws IOException, InterruptedException;
  }

  /** The arguments of the work in a place. */
  interface Arguments {
    List<String> in(Path place);
  }
}
