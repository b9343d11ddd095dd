package dev.coppice.transfer.publish;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the program rsync. */
final class Rsync {
  /** Some files were not there, or could not be copied. Source: rsync(1), EXIT VALUES. */
  private static final int PARTIAL = 23;

  private static final String MISSING = "No such file or directory";

  private final RsyncAddress address;

  Rsync(RsyncAddress address) {
    this.address = address;
  }

  /** Whether it found what it was to read. */
  enum Outcome {
    DONE,
    NOTHING_THERE
  }

  /**
   * Runs it.
   *
   * @param arguments before the address's own
   * @param names given on standard input, with NUL behind each
   * @param lines is told what it prints
   * @throws Failure when it cannot be run or fails
   */
  Outcome run(List<String> arguments, List<String> names, Consumer<String> lines)
      throws IOException {
    var command = new ArrayList<>(List.of("rsync", "--no-motd", "--no-human-readable"));
    command.addAll(address.shell());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    // Its words are read below, and its times.
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TZ", "UTC");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new Failure(
          ErrorCode.USAGE,
          "Cannot run the program rsync: " + e.getMessage(),
          "Install rsync, here and on the other side.",
          e);
    }
    try {
      return talk(process, names, lines);
    } finally {
      process.destroy();
    }
  }

  private Outcome talk(Process process, List<String> names, Consumer<String> lines)
      throws IOException {
    var errors = new ByteArrayOutputStream();
    Thread input = Thread.ofVirtual().start(() -> feed(process.getOutputStream(), names));
    Thread error = Thread.ofVirtual().start(() -> drain(process, errors));
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
    }
    int exit;
    try {
      exit = process.waitFor();
      input.join();
      error.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    String said = errors.toString(StandardCharsets.UTF_8);
    if (exit == 0) {
      return Outcome.DONE;
    }
    if (exit == PARTIAL && said.contains(MISSING)) {
      return Outcome.NOTHING_THERE;
    }
    String reason = said.lines().filter(line -> !line.isBlank()).findFirst().orElse("no reason");
    throw new Failure(
        ErrorCode.NETWORK_UNREACHABLE,
        "rsync to " + address.place() + " failed with status " + exit + ": " + reason,
        "Try by hand: rsync --list-only " + address.place() + "/");
  }

  private static void feed(OutputStream to, List<String> names) {
    try (to) {
      for (String name : names) {
        to.write(name.getBytes(StandardCharsets.UTF_8));
        to.write(0);
      }
    } catch (IOException e) {
      // It ended without reading all; its status says why.
      return;
    }
  }

  private static void drain(Process process, ByteArrayOutputStream errors) {
    try (var stream = process.getErrorStream()) {
      stream.transferTo(errors);
    } catch (IOException e) {
      // It ended; what it said before counts.
      return;
    }
  }
}
