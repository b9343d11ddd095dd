package dev.coppice.cli.delta;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.Fallback;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.inspect.DeltaInspection;
import dev.coppice.transfer.delta.inspect.ObjectCost;
import dev.coppice.transfer.delta.inspect.ObjectPaths;
import dev.coppice.transfer.delta.inspect.PartFacts;
import dev.coppice.transfer.delta.inspect.PartFacts.OperationCounts;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** A delta as JSON. */
record ShownDeltaJson(DeltaFile delta, DeltaInspection inspection) {
  void write(JsonWriter json, @Nullable ObjectPaths paths) throws IOException {
    Superblock superblock = delta.content().superblock();
    json.object().field("name", superblock.name().key());
    superblock.name().from().map(Checksum::hex).ifPresent(from -> json.field("from", from));
    json.field("to", superblock.name().to().hex())
        .field("signed", delta.content().signed().isPresent())
        .field("big-endian", superblock.order() == ByteOrder.BIG_ENDIAN)
        .field("timestamp", superblock.timestamp())
        .field("download", superblock.downloadSize());
    var costs = new ArrayList<ObjectCost>();
    json.array("parts");
    for (int i = 0; i < superblock.parts().size(); i++) {
      PartFacts facts = inspection.part(i);
      part(json, facts);
      costs.addAll(facts.objects());
    }
    json.end().array("fallbacks");
    for (Fallback each : superblock.fallbacks()) {
      json.object()
          .field("checksum", each.object().checksum().hex())
          .field("bytes", each.size())
          .field("unpacked", each.usize())
          .end();
      costs.add(DeltaInspection.cost(each));
    }
    json.end();
    if (paths != null) {
      costs.sort(ShownDelta.LARGEST);
      json.array("files");
      for (ObjectCost each : costs) {
        json.object()
            .field("checksum", each.object().checksum().hex())
            .field("type", each.object().type().extension());
        paths.of(each.object()).ifPresent(path -> json.field("path", path));
        json.field("as", ShownDelta.way(each))
            .field("download", each.download())
            .field("size", each.size())
            .end();
      }
      json.end();
    }
    json.end();
  }

  private static void part(JsonWriter json, PartFacts facts) {
    OperationCounts counts = facts.counts();
    json.object()
        .field("objects", facts.header().objects().size())
        .field("bytes", facts.header().size())
        .field("unpacked", facts.header().usize())
        .field("data", facts.data())
        .object("operations")
        .field("splice", counts.splice())
        .field("open", counts.open())
        .field("write", counts.write())
        .field("set-source", counts.setSource())
        .field("unset-source", counts.unsetSource())
        .field("close", counts.close())
        .field("patch", counts.patch())
        .end()
        .end();
  }
}
