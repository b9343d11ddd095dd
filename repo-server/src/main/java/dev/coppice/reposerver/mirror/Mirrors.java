package dev.coppice.reposerver.mirror;

import dev.coppice.core.failure.Failure;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.transfer.mirror.ConfiguredMirror;
import dev.coppice.transfer.mirror.MirrorFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The mirrors of a file, each at its own times. Any thread may ask. */
public final class Mirrors implements AutoCloseable {
  private final Path file;
  private final Duration stop;
  private final Consumer<String> report;
  private final Turns turns;
  private final Timing timing = new Timing(new Random());
  private final Map<String, ScheduledMirror> running = new TreeMap<>();

  private Mirrors(Path file, Duration stop, Turns turns, Consumer<String> report) {
    this.turns = turns;
    this.file = file;
    this.stop = stop;
    this.report = report;
  }

  /**
   * Reads a file and starts what it describes.
   *
   * @param stop how long a run that is publishing is awaited at the end
   * @param turns of everything that changes repositories
   * @param report takes a line for each run
   * @throws Failure when the file describes no mirrors, or not well
   */
  public static Mirrors start(Path file, Duration stop, Turns turns, Consumer<String> report)
      throws IOException {
    var mirrors = new Mirrors(file, stop, turns, report);
    mirrors.reload();
    return mirrors;
  }

  /**
   * Reads the file again. A mirror that is described otherwise is so from its next run on; one that
   * is not described any more is stopped.
   *
   * @throws Failure when the file is not well; everything stays as it was then
   */
  public synchronized void reload() throws IOException {
    List<ConfiguredMirror> described = MirrorFile.read(file, KeyPlaces.system());
    var gone = new TreeMap<>(running);
    for (ConfiguredMirror each : described) {
      ScheduledMirror known = gone.remove(each.name());
      if (known != null) {
        known.replace(each);
      } else {
        var mirror = new ScheduledMirror(each, turns, timing, report);
        running.put(each.name(), mirror);
        mirror.start();
      }
    }
    gone.forEach(
        (name, mirror) -> {
          mirror.stop();
          running.remove(name);
        });
  }

  /** What is known of each, in the order of their names. */
  public synchronized List<MirrorStatus> statuses() {
    return running.values().stream().map(ScheduledMirror::status).toList();
  }

  /** Stops all, and waits for those that are publishing. */
  @Override
  public synchronized void close() throws IOException {
    running.values().forEach(ScheduledMirror::stop);
    Instant end = Instant.now().plus(stop);
    try {
      for (ScheduledMirror each : running.values()) {
        Duration left = Duration.between(Instant.now(), end);
        if (!each.join(left.isNegative() ? Duration.ZERO : left)) {
          report.accept("mirror " + each.status().name() + " did not stop in time");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
