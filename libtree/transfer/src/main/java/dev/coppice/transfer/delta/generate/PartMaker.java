package dev.coppice.transfer.delta.generate;

import dev.coppice.core.store.ObjectStore;
import dev.coppice.transfer.delta.Compression;
import dev.coppice.transfer.delta.ObjectList;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.generate.DeltaFiles.Written;
import dev.coppice.transfer.delta.generate.Publication.FinishedPart;
import dev.coppice.transfer.delta.match.BsDiff;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;
import org.tukaani.xz.FinishableOutputStream;
import org.tukaani.xz.SingleXZInputStream;
import org.tukaani.xz.XZIOException;

/** Makes the files of parts. Safe for several threads. */
final class PartMaker {
  /** Bytes of memory for what compresses, with its dictionary. */
  private static final long ENCODER = 48L << 20;

  /** Bytes for operations and the like. */
  private static final int SLACK = 64 << 10;

  private final ObjectStore objects;
  private final Ancestors ancestors;
  private final long patchLimit;
  private final Consumer<GenerateEvent> events;
  private final MemoryBudget memory = MemoryBudget.ofHeap();

  PartMaker(
      ObjectStore objects, Ancestors ancestors, long patchLimit, Consumer<GenerateEvent> events) {
    this.objects = objects;
    this.ancestors = ancestors;
    this.patchLimit = patchLimit;
    this.events = events;
  }

  /** Makes one part. */
  FinishedPart make(PartPlan.Part planned, DeltaFiles files) throws IOException {
    try (var _ = memory.take(memory(planned))) {
      return write(planned, files);
    }
  }

  /** Bytes of memory that a part takes: that of its compressor, and of the largest file in it. */
  private long memory(PartPlan.Part planned) {
    long largest = 0;
    long oldest = 0;
    for (NewObject object : planned.objects()) {
      if (object instanceof NewObject.File(var file)) {
        List<TreeFile> sources = ancestors.of(file);
        largest = Math.max(largest, ObjectEncoder.memory(file, sources));
        for (TreeFile source : sources) {
          oldest = Math.max(oldest, source.size());
        }
      }
    }
    return ENCODER + BsDiff.memory(oldest) + largest;
  }

  private FinishedPart write(PartPlan.Part planned, DeltaFiles files) throws IOException {
    var part = new PartBuilder(planned.objects());
    var payload = new long[1];
    Written file = files.write(out -> payload[0] = compress(planned, part, out));
    requireReadable(file, payload[0]);
    ObjectList list = ObjectList.of(part.objects());
    return new FinishedPart(
        file,
        new PartHeader(file.checksum(), file.size(), part.usize(), list),
        new GenerateResult.Part(file.size(), payload[0], part.usize(), part.counts()));
  }

  /** Writes the file of a part; returns the bytes of its payload. */
  private long compress(PartPlan.Part planned, PartBuilder part, OutputStream out)
      throws IOException {
    out.write(Compression.XZ.number());
    FinishableOutputStream xz = planned.compression().on(out, room(planned));
    var writer = new PayloadWriter(part, xz);
    try (var encoder = new ObjectEncoder(objects, ancestors, patchLimit)) {
      for (NewObject object : planned.objects()) {
        encoder.encode(object, part, writer.data());
        events.accept(new GenerateEvent.Encoded(object.size()));
      }
    }
    long payload = writer.finish();
    xz.finish();
    return payload;
  }

  /**
   * Reads a file back, with a decoder that is not of the house: a part that clients could not use
   * must not be published. Its checksum was made of what went in.
   */
  private static void requireReadable(Written part, long payload) throws IOException {
    try (InputStream file = Files.newInputStream(part.file())) {
      file.skipNBytes(1); // how it is compressed
      try (var content = new SingleXZInputStream(file)) {
        if (content.transferTo(OutputStream.nullOutputStream()) != payload) {
          throw new XZIOException("it ends early");
        }
      }
    } catch (XZIOException e) {
      throw new IllegalStateException("a part was not compressed as it should be", e);
    }
  }

  /** What the payload may come to: patches are a little larger than their files. */
  private static long room(PartPlan.Part planned) {
    return planned.size() + planned.size() / 32 + SLACK;
  }
}
