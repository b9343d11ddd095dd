package dev.coppice.cli.frame;

import java.io.IOException;

/**
 * One command: fields for its options and positionals (picocli annotations), and one method that
 * makes one call into the library and renders the result.
 *
 * <p>A new object is made for every run, after the command was named, so fields need no reset.
 */
public interface CliCommand {
  /**
   * Runs with all fields set.
   *
   * @return an exit code of {@link ExitCodes}, normally {@link ExitCodes#OK}
   * @throws UsageException arguments do not fit together: usage and message are printed
   * @throws dev.coppice.core.failure.TreeException the work failed: printed with code and next step
   * @throws IOException input or output failed: printed
   */
  int run(Context context) throws IOException, InterruptedException;
}
