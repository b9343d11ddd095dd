package dev.coppice.testdata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs other programs and gathers what they print. */
public final class Programs {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Programs() {}

  /** What a program left. */
  public record Result(List<String> command, int exit, byte[] bytes, String err) {
    /** Standard output as text. */
    public String out() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Standard output as lines. */
    public List<String> lines() {
      return out().lines().toList();
    }

    /** This result, after making sure that the program succeeded. */
    public Result ok() {
      if (exit != 0) {
        throw new AssertionError(this + " failed");
      }
      return this;
    }

    @Override
    public String toString() {
      return String.join(" ", command) + ": exit " + exit + "\n" + out() + err;
    }
  }

  /** The first executable of this name on PATH. */
  public static Optional<Path> find(String name) {
    return onPath(name).stream().findFirst();
  }

  static List<Path> onPath(String name) {
    String path = System.getenv("PATH");
    return List.of((path == null ? "" : path).split(":")).stream()
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
        .toList();
  }

  /** Runs a program to its end. */
  public static Result run(String... command) {
    return run(List.of(command), Path.of("").toAbsolutePath(), Map.of());
  }

  /**
   * Runs a program to its end in a directory, with variables added to the environment.
   *
   * @throws AssertionError when it does not end within five minutes
   */
  public static Result run(List<String> command, Path directory, Map<String, String> variables) {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("OSTREE_REPO");
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      var err = new ByteArrayOutputStream();
      Thread drain = Thread.ofVirtual().start(() -> copy(process.getErrorStream(), err));
      var out = new ByteArrayOutputStream();
      Thread drainOut = Thread.ofVirtual().start(() -> copy(process.getInputStream(), out));
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", command) + " still runs after " + LIMIT);
      }
      drain.join();
      drainOut.join();
      return new Result(
          List.copyOf(command),
          process.exitValue(),
          out.toByteArray(),
          err.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + String.join(" ", command) + " ran", e);
    }
  }

  private static void copy(InputStream from, ByteArrayOutputStream to) {
    try (from) {
      from.transferTo(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
