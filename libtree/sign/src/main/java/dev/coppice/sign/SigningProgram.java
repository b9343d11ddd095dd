package dev.coppice.sign;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Runs a program that reads what is to be signed and prints the signature. */
final class SigningProgram {
  /** No signature is near this size; what is larger is not one. */
  private static final int MAX_OUTPUT = 1 << 20;

  private SigningProgram() {}

  /** Its standard output; its standard error is ours, for questions and causes. */
  static byte[] run(List<String> command, byte[] data) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
      int exit = process.waitFor();
      if (exit != 0) {
        throw new Failure(
            ErrorCode.KEY_INVALID,
            command.getFirst() + " could not sign: exit status " + exit,
            "What it printed says why");
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while " + command.getFirst() + " ran");
    }
    if (output.length == 0 || output.length > MAX_OUTPUT) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          command.getFirst() + " printed no signature",
          "It must print the signature, and nothing else, on standard output");
    }
    return output;
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
