package dev.coppice.transfer.delta.generate;

import dev.coppice.core.store.ObjectStore;
import dev.coppice.transfer.delta.generate.Made.Attributes;
import dev.coppice.transfer.delta.generate.Made.Range;
import dev.coppice.transfer.delta.match.BsDiff;
import dev.coppice.transfer.delta.match.Estimate;
import dev.coppice.transfer.delta.match.Piece;
import dev.coppice.transfer.delta.match.RollingMatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds objects to a part, each in the way that will take the fewest bytes once it is compressed: as
 * it is, as a patch of an old file, or from ranges of one. For one thread.
 */
final class ObjectEncoder implements AutoCloseable {
  /**
   * Bytes that naming a source and a way costs: 32 of the checksum, which nothing compresses, and
   * some of operations.
   */
  private static final long SOURCE_COST = 40;

  /** Bytes that an operation for a range costs, compressed. */
  private static final long RANGE_COST = 4;

  /** A patch below this share of the content is taken without asking what the content comes to. */
  private static final int CLEARLY_LESS = 8;

  private final ObjectStore objects;
  private final ContentReader contents;
  private final Ancestors ancestors;
  private final long patchLimit;
  private final BsDiff differ = new BsDiff();
  private final RollingMatch matcher = new RollingMatch();
  private final Estimate estimate = new Estimate();

  /**
   * Makes an encoder.
   *
   * @param patchLimit sum of the sizes of two files above which no patch is made
   */
  ObjectEncoder(ObjectStore objects, Ancestors ancestors, long patchLimit) {
    this.objects = objects;
    this.contents = new ContentReader(objects);
    this.ancestors = ancestors;
    this.patchLimit = patchLimit;
  }

  /** Adds an object to a part. */
  void encode(NewObject object, PartBuilder part) throws IOException {
    switch (object) {
      case NewObject.Metadata(var name, long size) -> {
        byte[] bytes = objects.load(name);
        part.add(name, size, new Made.Metadata(part.data().size(), bytes.length));
        part.data().write(bytes, 0, bytes.length);
      }
      case NewObject.File(var file) -> {
        Attributes attributes = part.attributes(file.header());
        part.add(object.name(), file.size(), file(file, attributes, part.data()));
      }
    }
  }

  private Made file(TreeFile file, Attributes attributes, Blob data) throws IOException {
    if (file.header().isSymlink()) {
      byte[] target = file.header().target().getBytes(StandardCharsets.UTF_8);
      return whole(target, attributes, data);
    }
    byte[] content = contents.read(file);
    List<TreeFile> sources = content.length == 0 ? List.of() : ancestors.of(file);
    var choice = new Choice(content, attributes, data);
    for (TreeFile source : sources) {
      byte[] old = contents.read(source);
      choice.consider(source, old);
    }
    return choice.made();
  }

  private static Made whole(byte[] content, Attributes attributes, Blob data) {
    var made = new Made.Whole(attributes, data.size(), content.length);
    data.write(content, 0, content.length);
    return made;
  }

  /** The best way so far to make one file. */
  private final class Choice {
    private final byte[] content;
    private final Attributes attributes;
    private final Blob data;
    private final int start;
    private long best = Long.MAX_VALUE;
    private Made made;

    Choice(byte[] content, Attributes attributes, Blob data) {
      this.content = content;
      this.attributes = attributes;
      this.data = data;
      this.start = data.size();
      this.made = whole(content, attributes, data);
    }

    Made made() {
      return made;
    }

    void consider(TreeFile source, byte[] old) throws IOException {
      if (!Elf.is(content)) {
        considerCopies(source, old);
      }
      if (old.length + (long) content.length <= patchLimit) {
        considerPatch(source, old);
      }
    }

    private void considerPatch(TreeFile source, byte[] old) throws IOException {
      int end = data.size();
      differ.diff(old, content, data);
      int length = data.size() - end;
      long cost = SOURCE_COST + estimate.compressed(data.array(), end, length);
      if (isBetter(cost)) {
        take(cost, end, length);
        made = new Made.Patched(attributes, content.length, source.checksum(), start, length);
      } else {
        data.cut(end);
      }
    }

    private void considerCopies(TreeFile source, byte[] old) {
      List<Piece> pieces = matcher.match(old, content);
      int end = data.size();
      var ranges = new ArrayList<Range>();
      int offset = start;
      for (Piece piece : pieces) {
        switch (piece) {
          case Piece.Old(int at, int length) -> ranges.add(new Range(true, at, length));
          case Piece.Literal(int at, int length) -> {
            ranges.add(new Range(false, offset, length));
            data.write(content, at, length);
            offset += length;
          }
        }
      }
      int length = data.size() - end;
      long cost =
          SOURCE_COST + RANGE_COST * ranges.size() + estimate.compressed(data.array(), end, length);
      if (length < content.length && isBetter(cost)) {
        take(cost, end, length);
        made = new Made.Copied(attributes, content.length, source.checksum(), ranges);
      } else {
        data.cut(end);
      }
    }

    private boolean isBetter(long cost) {
      if (best == Long.MAX_VALUE) {
        if (cost < content.length / CLEARLY_LESS) {
          return true;
        }
        best = estimate.compressed(content);
      }
      return cost < best;
    }

    /** Puts the bytes at the end of the data where those of the way that was best before are. */
    private void take(long cost, int from, int length) {
      best = cost;
      System.arraycopy(data.array(), from, data.array(), start, length);
      data.cut(start + length);
    }
  }

  @Override
  public void close() {
    estimate.close();
  }
}
