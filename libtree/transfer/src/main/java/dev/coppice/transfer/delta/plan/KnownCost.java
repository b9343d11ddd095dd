package dev.coppice.transfer.delta.plan;

import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.DeltaName;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Costs that were found once: commits do not change. */
record KnownCost(DeltaPlanner.ObjectCost source, Map<DeltaName, Long> known)
    implements DeltaPlanner.ObjectCost {
  KnownCost(DeltaPlanner.ObjectCost source) {
    this(source, new HashMap<>());
  }

  @Override
  public long bytes(Optional<Checksum> from, Checksum to) throws IOException {
    var name = new DeltaName(from, to);
    @Nullable Long bytes = known.get(name);
    if (bytes == null) {
      bytes = source.bytes(from, to);
      known.put(name, bytes);
    }
    return bytes;
  }
}
