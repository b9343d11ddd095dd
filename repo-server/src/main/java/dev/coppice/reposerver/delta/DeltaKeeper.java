package dev.coppice.reposerver.delta;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.reposerver.mirror.Turns;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.transfer.delta.plan.ConfiguredDeltas;
import dev.coppice.transfer.delta.plan.DeltasFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Keeps the deltas that a file describes up to date, one section after the other: making deltas
 * takes all processors and much memory as it is.
 */
public final class DeltaKeeper implements AutoCloseable {
  /** What two encoders and their files take beside what serving takes. */
  private static final long NEEDED_HEAP = 700L << 20;

  private static final Duration SHORTEST = Duration.ofMillis(200);

  private final Path file;
  private final Duration stop;
  private final Turns turns;
  private final Consumer<String> report;
  private final TreeMap<String, KeptDeltas> kept = new TreeMap<>();
  private final Thread thread;
  private volatile boolean stopping;

  private DeltaKeeper(Path file, Duration stop, Turns turns, Consumer<String> report) {
    this.file = file;
    this.stop = stop;
    this.turns = turns;
    this.report = report;
    this.thread = Thread.ofPlatform().daemon().name("deltas").unstarted(this::run);
  }

  /**
   * Reads a file and starts to keep what it describes.
   *
   * @param stop how long a delta that is being made is awaited at the end
   * @param turns of everything that changes repositories
   * @param report takes a line for each run
   * @throws Failure when the file describes no deltas, or not well, or there is too little memory
   */
  public static DeltaKeeper start(Path file, Duration stop, Turns turns, Consumer<String> report)
      throws IOException {
    long heap = Runtime.getRuntime().maxMemory();
    if (heap < NEEDED_HEAP) {
      throw new Failure(
          ErrorCode.USAGE,
          "--deltas needs " + (NEEDED_HEAP >> 20) + " MB of heap, and there are " + (heap >> 20),
          "Allow it more, for example with COPPICE_JAVA_OPTIONS=-Xmx1g.");
    }
    var keeper = new DeltaKeeper(file, stop, turns, report);
    keeper.reload();
    keeper.thread.start();
    return keeper;
  }

  /**
   * Reads the file again.
   *
   * @throws Failure when the file is not well; everything stays as it was then
   */
  public synchronized void reload() throws IOException {
    List<ConfiguredDeltas> described = DeltasFile.read(file, KeyPlaces.system());
    kept.keySet().removeIf(name -> described.stream().noneMatch(each -> each.name().equals(name)));
    for (ConfiguredDeltas each : described) {
      KeptDeltas known = kept.get(each.name());
      if (known == null) {
        kept.put(each.name(), new KeptDeltas(each, report));
      } else {
        known.replace(each);
      }
    }
  }

  /** What is known of each section, in the order of their names. */
  public synchronized List<DeltaStatus> statuses() {
    return kept.values().stream().map(KeptDeltas::status).toList();
  }

  private synchronized List<KeptDeltas> all() {
    return List.copyOf(kept.values());
  }

  private void run() {
    try {
      while (!stopping) {
        Instant next = Instant.MAX;
        for (KeptDeltas each : all()) {
          if (!stopping && !Instant.now().isBefore(each.due())) {
            try (Turns.Turn _ = turns.take(each.wanted().repo())) {
              each.look(() -> stopping);
            }
          }
          next = each.due().isBefore(next) ? each.due() : next;
        }
        Duration left = Duration.between(Instant.now(), next);
        // Never longer than this, so that a section that was added is seen.
        long millis = Math.clamp(left.toMillis(), SHORTEST.toMillis(), 1000);
        Thread.sleep(millis);
      }
    } catch (InterruptedException e) {
      // The end: nothing else interrupts, and only while it waits.
      stopping = true;
    }
  }

  /** Has no further delta made, and waits for the one that is. */
  @Override
  public void close() throws IOException {
    stopping = true;
    try {
      if (!thread.join(stop)) {
        report.accept("deltas: one that is being made was broken off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
