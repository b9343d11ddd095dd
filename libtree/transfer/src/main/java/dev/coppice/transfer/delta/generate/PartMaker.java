package dev.coppice.transfer.delta.generate;

import dev.coppice.core.io.Workers;
import dev.coppice.core.store.ObjectStore;
import dev.coppice.transfer.delta.Compression;
import dev.coppice.transfer.delta.ObjectList;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.generate.DeltaFiles.Written;
import dev.coppice.transfer.delta.generate.Publication.FinishedPart;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.tukaani.xz.XZOutputStream;

/** Makes the files of parts. Safe for several threads. */
final class PartMaker {
  /** A file above this that is like no other goes from the repository into its part as a stream. */
  private static final long STREAMED = 16 << 20;

  /** Bytes of memory for a part: its data and what compresses them. */
  private static final long PART_MEMORY = 110L << 20;

  /** Bytes of memory for the large file that one thread may be working on. */
  private static final long FILE_MEMORY = 128L << 20;

  /** Bytes for checksums of sources and the like. */
  private static final int SLACK = 64 << 10;

  /** What xz takes with its dictionary. */
  private static final long ENCODER = 72L << 20;

  /** What finding common strings takes. */
  private static final long TABLES = 32L << 20;

  private final ObjectStore objects;
  private final Ancestors ancestors;
  private final long patchLimit;
  private final Consumer<GenerateEvent> events;
  private final ReentrantLock large = new ReentrantLock();
  private final MemoryBudget memory = MemoryBudget.ofHeap();

  PartMaker(
      ObjectStore objects, Ancestors ancestors, long patchLimit, Consumer<GenerateEvent> events) {
    this.objects = objects;
    this.ancestors = ancestors;
    this.patchLimit = patchLimit;
    this.events = events;
  }

  /** How many parts can be made at a time. */
  static int threads() {
    long fitting = (Runtime.getRuntime().maxMemory() - FILE_MEMORY) / PART_MEMORY;
    return (int) Math.clamp(fitting, 1L, (long) Workers.threads());
  }

  /** Makes one part. */
  FinishedPart make(PartPlan.Part planned, DeltaFiles files) throws IOException {
    if (planned.objects().size() == 1
        && planned.objects().getFirst() instanceof NewObject.File(var file)
        && file.size() > STREAMED
        && ancestors.of(file).stream()
            .noneMatch(old -> Encodings.canCompare(old.size(), file.size()))) {
      return streamed(planned, file, files);
    }
    var part = new PartBuilder(room(planned));
    try (var encoder = new ObjectEncoder(objects, ancestors, patchLimit, large)) {
      for (NewObject object : planned.objects()) {
        encoder.encode(object, part);
        events.accept(new GenerateEvent.Encoded(object.size()));
      }
    }
    return write(planned, part, PayloadFrame.of(part), files);
  }

  /** Patches are a little larger than their files, and arrays that grow are there twice. */
  private static int room(PartPlan.Part planned) {
    return Math.toIntExact(planned.size() + planned.size() / 32 + SLACK);
  }

  private FinishedPart streamed(PartPlan.Part planned, TreeFile file, DeltaFiles files)
      throws IOException {
    var part = new PartBuilder(0);
    part.add(
        planned.objects().getFirst().name(),
        file.size(),
        new Made.Whole(part.attributes(file.header()), 0, file.size()));
    Payload payload = PayloadFrame.of(part, new StoredContent(objects, file));
    FinishedPart finished = write(planned, part, payload, files);
    events.accept(new GenerateEvent.Encoded(file.size()));
    return finished;
  }

  private static FinishedPart write(
      PartPlan.Part planned, PartBuilder part, Payload payload, DeltaFiles files)
      throws IOException {
    Written file = files.write(out -> compress(planned.compression(), payload, out));
    ObjectList list = ObjectList.of(part.objects());
    return new FinishedPart(
        file,
        new PartHeader(file.checksum(), file.size(), part.usize(), list),
        new GenerateResult.Part(file.size(), payload.size(), part.usize(), part.counts()));
  }

  private static void compress(PartCompression compression, Payload payload, OutputStream out)
      throws IOException {
    out.write(Compression.XZ.number());
    XZOutputStream xz = compression.on(out, payload.size());
    payload.writeTo(xz);
    xz.finish();
  }
}
