package dev.coppice.transfer.delta.inspect;

import dev.coppice.core.object.ObjectName;
import dev.coppice.transfer.delta.ByteRegion;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.Operation;
import dev.coppice.transfer.delta.OperationReader;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.PartPayload;
import dev.coppice.transfer.delta.inspect.ObjectCost.Way;
import dev.coppice.transfer.delta.inspect.PartFacts.OperationCounts;
import dev.coppice.transfer.delta.match.Estimate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the operations of a part without running them. For one thread. */
final class PartInspection {
  /** Bytes that are looked at in one piece; longer ones are cut, which changes little. */
  private static final int PIECE = 1 << 20;

  private final PartHeader header;
  private final PartPayload payload;
  private final Estimate estimate;
  private final List<Raw> objects = new ArrayList<>();
  private long splices;
  private long opens;
  private long writes;
  private long sets;
  private long unsets;
  private long closes;
  private long patches;

  /** An object before the compressed size is shared out. */
  private record Raw(ObjectName object, Way way, long data, long weight, long size) {}

  PartInspection(PartHeader header, PartPayload payload, Estimate estimate) {
    this.header = header;
    this.payload = payload;
    this.estimate = estimate;
  }

  PartFacts run() throws IOException {
    var reader = new OperationReader(payload.operations(), header.objects());
    boolean source = false;
    Way way = Way.WHOLE;
    long data = 0;
    long weight = 0;
    long size = 0;
    for (Operation next = reader.next(); next != null; next = reader.next()) {
      switch (next) {
        case Operation.SpliceMetadata(long length, long offset) -> {
          splices++;
          add(reader.object(), Way.WHOLE, length, weigh(offset, length), length);
        }
        case Operation.SpliceFile splice -> {
          splices++;
          long length = splice.length();
          add(reader.object(), Way.WHOLE, length, weigh(splice.offset(), length), length);
        }
        case Operation.Open open -> {
          opens++;
          way = Way.WHOLE;
          data = 0;
          weight = 0;
          size = open.size();
        }
        case Operation.Write(long length, long offset) -> {
          writes++;
          if (source) {
            way = way == Way.PATCHED ? way : Way.COPIED;
          } else {
            data += length;
            weight += weigh(offset, length);
          }
        }
        case Operation.SetReadSource _ -> {
          sets++;
          source = true;
        }
        case Operation.UnsetReadSource _ -> {
          unsets++;
          source = false;
        }
        case Operation.BsPatch(long offset, long length) -> {
          patches++;
          way = Way.PATCHED;
          data += length;
          weight += weigh(offset, length);
        }
        case Operation.Close _ -> {
          closes++;
          source = false;
          add(reader.object(), way, data, weight, size);
        }
      }
    }
    reader.requireEnd();
    return facts();
  }

  private void add(ObjectName object, Way way, long data, long weight, long size) {
    objects.add(new Raw(object, way, data, weight, size));
  }

  private PartFacts facts() {
    long total = Math.max(1, objects.stream().mapToLong(Raw::weight).sum());
    double scale = (double) header.size() / total;
    List<ObjectCost> costs =
        objects.stream()
            .map(
                raw ->
                    new ObjectCost(
                        raw.object(),
                        raw.way(),
                        raw.data(),
                        Math.round(raw.weight() * scale),
                        raw.size()))
            .toList();
    return new PartFacts(
        header,
        payload.modeCount(),
        payload.xattrs().size(),
        payload.data().size(),
        payload.operations().size(),
        new OperationCounts(splices, opens, writes, sets, unsets, closes, patches),
        costs);
  }

  /** What a piece of the data comes to when it is compressed by itself. */
  private long weigh(long offset, long length) throws IOException {
    ByteRegion data = payload.data();
    if (offset < 0 || length < 0 || offset > data.size() || length > data.size() - offset) {
      throw DeltaException.malformed("An operation points outside of the part's data");
    }
    long weight = 0;
    for (long at = 0; at < length; at += PIECE) {
      int count = (int) Math.min(PIECE, length - at);
      weight += estimate.compressed(data.read(offset + at, count));
    }
    return weight;
  }
}
