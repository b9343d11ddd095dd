package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.tree.ObjectSet;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings files over, several at a time. */
final class ContentImport {
  private static final int FANOUTS = 256;

  private final MetadataScan.Place place;
  private final ObjectSet files;
  private final Consumer<PullEvent> events;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong cached = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final ArrayDeque<Checksum> next = new ArrayDeque<>();
  private int fanout;

  ContentImport(MetadataScan.Place place, ObjectSet files, Consumer<PullEvent> events) {
    this.place = place;
    this.files = files;
    this.events = events;
    this.total = files.size();
  }

  /** File objects that came from the source. */
  long fetched() {
    return done.get() - cached.get();
  }

  /** File objects that came from local caches. */
  long cached() {
    return cached.get();
  }

  /** Content that was written. */
  long bytes() {
    return bytes.get();
  }

  void run() throws IOException {
    int workers = (int) Math.min(place.source().parallelism(), total);
    var crew = new Crew(workers);
    for (int i = 0; i < workers; i++) {
      crew.add(this::bringAll);
    }
    crew.work();
  }

  private void bringAll() throws IOException {
    for (Checksum file = next(); file != null; file = next()) {
      if (Thread.interrupted()) {
        throw new java.io.InterruptedIOException("interrupted");
      }
      bring(file);
    }
  }

  /** The next file, in the order of the checksums; null when there are no more. */
  private synchronized @Nullable Checksum next() {
    while (next.isEmpty() && fanout < FANOUTS) {
      List<ObjectName> names = new ArrayList<>();
      files.forEach(fanout++, names::add);
      names.sort(null);
      names.forEach(name -> next.add(name.checksum()));
    }
    return next.poll();
  }

  private void bring(Checksum file) throws IOException {
    PullSource from = place.source();
    for (PullSource cache : place.caches()) {
      if (cache.hasFile(file)) {
        from = cache;
        cached.incrementAndGet();
        break;
      }
    }
    long written = from.file(file);
    bytes.addAndGet(written);
    events.accept(new PullEvent.Imported(done.incrementAndGet(), total, written));
  }
}
