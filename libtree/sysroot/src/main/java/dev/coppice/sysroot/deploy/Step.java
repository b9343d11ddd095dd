package dev.coppice.sysroot.deploy;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import java.io.IOException;

/** A step of the work whose name stands before the message when it fails, as in the real tool. */
final class Step {
  private Step() {}

  /** Work with a result. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Runs work as a step; code and next step of a failure are kept. */
  static <T> T named(String name, Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (TreeException e) {
      throw new Failure(e.code(), name + ": " + e.getMessage(), e.nextStep(), e);
    }
  }
}
