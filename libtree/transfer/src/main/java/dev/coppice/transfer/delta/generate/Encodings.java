package dev.coppice.transfer.delta.generate;

import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.CountedOutput;
import dev.coppice.transfer.delta.generate.Made.Attributes;
import dev.coppice.transfer.delta.generate.Made.Range;
import dev.coppice.transfer.delta.match.BsDiff;
import dev.coppice.transfer.delta.match.CompressedContent;
import dev.coppice.transfer.delta.match.Estimate;
import dev.coppice.transfer.delta.match.Patch;
import dev.coppice.transfer.delta.match.Piece;
import dev.coppice.transfer.delta.match.RollingMatch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses how the content of a file is stored: as it is, as a patch of an old file, or from ranges
 * of one. Keeps its tables from file to file. For one thread.
 */
final class Encodings implements AutoCloseable {
  /** Sum of the sizes of two files above which they are not compared: both are held in memory. */
  private static final long MAX_COMPARED = 256L << 20;

  /**
   * Bytes that naming a source and a way costs: 32 of the checksum, which nothing compresses, and
   * some of operations.
   */
  private static final long SOURCE_COST = 40;

  /** Bytes that an operation for a range costs, compressed. */
  private static final long RANGE_COST = 4;

  /** A patch below this share of the content is taken without asking what the content comes to. */
  private static final int CLEARLY_LESS = 8;

  /** At least this part of a file must be in the old one. */
  private static final int LEAST_COPIED = 64;

  private final long patchLimit;
  private final BsDiff differ = new BsDiff();
  private final RollingMatch matcher = new RollingMatch(differ);
  private final Estimate estimate = new Estimate();

  /**
   * Makes a chooser.
   *
   * @param patchLimit sum of the sizes of two files above which no patch is made
   */
  Encodings(long patchLimit) {
    this.patchLimit = patchLimit;
  }

  /** Whether files of these sizes may be compared at all. */
  static boolean canCompare(long old, long fresh) {
    return fresh > 0 && old + fresh <= MAX_COMPARED;
  }

  /** Starts with a file, which is stored as it is until something better is found. */
  Choice of(byte[] content) {
    return new Choice(content);
  }

  @Override
  public void close() {
    estimate.close();
  }

  /** How the content is made. */
  private sealed interface Way {
    /** As it is. */
    record Whole() implements Way {}

    /** By a patch. */
    record Patched(Checksum source, Patch patch) implements Way {}

    /** From pieces of the old file and of itself. */
    record Copies(Checksum source, List<Piece> pieces) implements Way {}
  }

  /** The best way so far to make one file. */
  final class Choice {
    private final byte[] content;
    private Way way = new Way.Whole();

    /** What {@link #way} costs once it is compressed; not known yet when negative. */
    private long cost = -1;

    Choice(byte[] content) {
      this.content = content;
    }

    /** Tries to make the file from an old one. */
    void consider(Checksum source, byte[] old) throws IOException {
      if (Arrays.equals(content, old)) {
        // Only owner, mode or attributes are new.
        way = new Way.Copies(source, List.of(new Piece.Old(0, content.length)));
        cost = SOURCE_COST;
        return;
      }
      // In executables addresses change everywhere: there are no ranges to speak of. In compressed
      // content everything changes behind the first change: there is nothing to patch.
      if (!Elf.is(content)) {
        considerCopies(source, old);
      }
      if (old.length + (long) content.length <= patchLimit && !CompressedContent.is(content)) {
        considerPatch(source, old);
      }
    }

    private void considerPatch(Checksum source, byte[] old) throws IOException {
      Patch patch = differ.patch(old, content);
      takeIfBetter(
          SOURCE_COST + estimate.compressed(patch::writeTo), new Way.Patched(source, patch));
    }

    private void considerCopies(Checksum source, byte[] old) throws IOException {
      List<Piece> pieces = matcher.match(old, content);
      long literals = 0;
      for (Piece piece : pieces) {
        literals += piece instanceof Piece.Literal(int _, int length) ? length : 0;
      }
      if (literals > content.length - content.length / LEAST_COPIED) {
        return;
      }
      takeIfBetter(
          SOURCE_COST
              + RANGE_COST * pieces.size()
              + estimate.compressed(out -> writeLiterals(pieces, out)),
          new Way.Copies(source, pieces));
    }

    private void writeLiterals(List<Piece> pieces, OutputStream out) throws IOException {
      for (Piece piece : pieces) {
        if (piece instanceof Piece.Literal(int at, int length)) {
          out.write(content, at, length);
        }
      }
    }

    private void takeIfBetter(long otherCost, Way other) {
      if (cost < 0 && otherCost >= content.length / CLEARLY_LESS) {
        cost = estimate.compressed(content);
      }
      if (cost < 0 || otherCost < cost) {
        cost = otherCost;
        way = other;
      }
    }

    /** Appends what the best way needs to a part's data. */
    Made add(Attributes attributes, CountedOutput data) throws IOException {
      long offset = data.count();
      return switch (way) {
        case Way.Whole() -> {
          data.write(content, 0, content.length);
          yield new Made.Whole(attributes, offset, content.length);
        }
        case Way.Patched(var source, var patch) -> {
          patch.writeTo(data);
          long length = data.count() - offset;
          yield new Made.Patched(attributes, content.length, source, offset, length);
        }
        case Way.Copies(var source, var pieces) -> {
          writeLiterals(pieces, data);
          yield new Made.Copied(attributes, content.length, source, ranges(pieces, offset));
        }
      };
    }

    private static List<Range> ranges(List<Piece> pieces, long offset) {
      var ranges = new ArrayList<Range>(pieces.size());
      long next = offset;
      for (Piece piece : pieces) {
        switch (piece) {
          case Piece.Old(int at, int length) -> ranges.add(new Range(true, at, length));
          case Piece.Literal(int _, int length) -> {
            ranges.add(new Range(false, next, length));
            next += length;
          }
        }
      }
      return ranges;
    }
  }
}
