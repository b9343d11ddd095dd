package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/** Runs a program that reads what is to be signed and prints the signature, or lists its keys. */
public final class SigningProgram {
  /** No signature is near this size; what is larger is not one. */
  private static final int MAX_OUTPUT = 1 << 20;

  private SigningProgram() {}

  /**
   * How a program ended.
   *
   * @param output what it printed, cut where it is longer than any signature
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Ended(int exit, byte[] output) {}

  /**
   * What a program makes of the data: its standard output. Its standard error is ours, for
   * questions and causes.
   *
   * @throws Failure with {@link ErrorCode#KEY_INVALID} when it cannot be run or fails
   */
  public static byte[] run(List<String> command, byte[] data) throws IOException {
    Ended ended = run(command, data, Redirect.INHERIT);
    String name = command.getFirst();
    if (ended.exit() != 0) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          name + " could not sign: exit status " + ended.exit(),
          "What it printed says why");
    }
    if (ended.output().length == 0 || ended.output().length > MAX_OUTPUT) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          name + " printed no signature",
          "It must print the signature, and nothing else, on standard output");
    }
    return ended.output();
  }

  /**
   * Runs a program that is only asked for something; that it knows nothing is no failure, and what
   * it says of that is not shown.
   *
   * @throws Failure with {@link ErrorCode#KEY_INVALID} when it cannot be run
   */
  public static Ended list(List<String> command) throws IOException {
    return run(command, new byte[0], Redirect.DISCARD);
  }

  private static Ended run(List<String> command, byte[] data, Redirect errors) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(errors).start();
    } catch (IOException e) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          "Cannot run " + command.getFirst() + " to sign",
          "Install it, or name another program: " + e.getMessage(),
          e);
    }
    // Written beside reading, so that neither side waits for the other with a full pipe.
    Thread feeder = Thread.ofVirtual().start(() -> feed(process, data));
    byte[] output;
    try (var stdout = process.getInputStream()) {
      output = stdout.readNBytes(MAX_OUTPUT + 1);
    }
    try {
      feeder.join();
      return new Ended(process.waitFor(), output);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + command.getFirst() + " ran");
    }
  }

  private static void feed(Process process, byte[] data) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(data);
    } catch (IOException e) {
      // It ended without reading all: its exit status or its output tells whether that is right.
      return;
    }
  }
}
