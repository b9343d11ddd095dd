package dev.coppice.reposerver.server;

import dev.coppice.core.failure.TreeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks at files every few seconds and has them read again when they changed. What cannot be read
 * is reported once, and what was read before stays in force.
 */
final class Reloads implements AutoCloseable {
  private final List<Watch> watches = new ArrayList<>();
  private final Consumer<String> report;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "reload");
            thread.setDaemon(true);
            return thread;
          });

  /** Reads files again. */
  interface Action {
    void run() throws IOException;
  }

  private static final class Watch {
    private final List<Path> files;
    private final Action action;
    private String state;

    Watch(List<Path> files, Action action) {
      this.files = files;
      this.action = action;
      this.state = state(files);
    }
  }

  /**
   * @param report takes messages for the operator
   */
  Reloads(Consumer<String> report) {
    this.report = report;
  }

  /** Adds files that are read together; before {@link #start}. */
  void watch(List<Path> files, Action action) {
    watches.add(new Watch(files, action));
  }

  /** Begins to look. */
  void start(Duration every) {
    if (!watches.isEmpty()) {
      var _ =
          clock.scheduleWithFixedDelay(
              () -> watches.forEach(this::look),
              every.toMillis(),
              every.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  /** Has all files read again soon, whether they changed or not. */
  void now() {
    clock.execute(() -> watches.forEach(watch -> read(watch, state(watch.files))));
  }

  private void look(Watch watch) {
    String now = state(watch.files);
    if (!now.equals(watch.state)) {
      read(watch, now);
    }
  }

  private void read(Watch watch, String now) {
    watch.state = now;
    try {
      watch.action.run();
      report.accept("read again: " + watch.files);
    } catch (IOException | TreeException e) {
      report.accept("error: " + e.getMessage() + "; what was read before stays in force");
    }
  }

  /** What tells one version of the files from the next. */
  private static String state(List<Path> files) {
    var state = new StringBuilder();
    for (Path file : files) {
      try {
        var facts = Files.readAttributes(file, BasicFileAttributes.class);
        state
            .append(facts.fileKey())
            .append(' ')
            .append(facts.size())
            .append(' ')
            .append(facts.lastModifiedTime().to(TimeUnit.NANOSECONDS))
            .append('\n');
      } catch (IOException e) {
        state.append("missing\n");
      }
    }
    return state.toString();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
