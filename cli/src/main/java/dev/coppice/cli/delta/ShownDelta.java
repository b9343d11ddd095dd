package dev.coppice.cli.delta;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.FormattedSize;
import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.Fallback;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.inspect.DeltaInspection;
import dev.coppice.transfer.delta.inspect.ObjectCost;
import dev.coppice.transfer.delta.inspect.ObjectPaths;
import dev.coppice.transfer.delta.inspect.PartFacts;
import dev.coppice.transfer.delta.inspect.PartFacts.OperationCounts;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A delta as text, in the real tool's words. Source: {@code _ostree_repo_static_delta_dump}. */
record ShownDelta(DeltaFile delta, DeltaInspection inspection, Console console) {
  static final Comparator<ObjectCost> LARGEST =
      Comparator.comparingLong(ObjectCost::download)
          .reversed()
          .thenComparing(cost -> cost.object().toString());

  /** A path comes from whoever made the commit; a terminal must not take commands from it. */
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

  void print(@Nullable ObjectPaths paths) throws IOException {
    Superblock superblock = delta.content().superblock();
    line("Delta: " + delta.name());
    line("Signed: " + (delta.content().signed().isPresent() ? "yes" : "no"));
    line(superblock.name().from().map(from -> "From: " + from).orElse("From <scratch>"));
    line("To: " + superblock.name().to());
    line("Endianness: " + (superblock.order() == ByteOrder.BIG_ENDIAN ? "big" : "little"));
    line("Timestamp: " + Long.toUnsignedString(superblock.timestamp()));
    line("Number of parents: " + superblock.parents().size());
    line("Number of fallback entries: " + superblock.fallbacks().size());
    var costs = new ArrayList<ObjectCost>();
    long fallbackSize = 0;
    long fallbackUsize = 0;
    for (Fallback each : superblock.fallbacks()) {
      line("  " + each.object().checksum());
      fallbackSize += each.size();
      fallbackUsize += each.usize();
      costs.add(DeltaInspection.cost(each));
    }
    sizes("Total Fallback ", fallbackSize, fallbackUsize);
    line("Number of parts: " + superblock.parts().size());
    long size = 0;
    long usize = 0;
    for (int i = 0; i < superblock.parts().size(); i++) {
      PartHeader header = superblock.parts().get(i);
      line(
          "PartMeta%d: nobjects=%d size=%d usize=%d"
              .formatted(i, header.objects().size(), header.size(), header.usize()));
      size += header.size();
      usize += header.usize();
      PartFacts facts = inspection.part(i);
      part(i, facts);
      costs.addAll(facts.objects());
    }
    sizes("Total Part ", size, usize);
    sizes("Total ", size + fallbackSize, usize + fallbackUsize);
    if (paths != null) {
      files(costs, paths);
    }
  }

  private void part(int number, PartFacts facts) {
    line(
        "PartPayload%d: nmodes=%d nxattrs=%d blobsize=%d opsize=%d"
            .formatted(number, facts.modes(), facts.xattrs(), facts.data(), facts.operations()));
    OperationCounts counts = facts.counts();
    line(
        ("PartPayloadOps%d: openspliceclose=%d open=%d write=%d setread=%d unsetread=%d"
                + " close=%d bspatch=%d")
            .formatted(
                number,
                counts.splice(),
                counts.open(),
                counts.write(),
                counts.setSource(),
                counts.unsetSource(),
                counts.close(),
                counts.patch()));
  }

  private void sizes(String what, long size, long usize) {
    line(what + "Size: " + size + " (" + FormattedSize.of(size) + ")");
    line(what + "Uncompressed Size: " + usize + " (" + FormattedSize.of(usize) + ")");
  }

  /** A line for each object that costs anything. */
  private void files(List<ObjectCost> costs, ObjectPaths paths) {
    costs.sort(LARGEST);
    line("");
    line("%12s  %12s  %-8s  %s".formatted("DOWNLOAD", "SIZE", "AS", "PATH"));
    for (ObjectCost each : costs) {
      line(
          "%12d  %12d  %-8s  %s"
              .formatted(each.download(), each.size(), way(each), path(each, paths)));
    }
  }

  static String way(ObjectCost cost) {
    return cost.way().name().toLowerCase(Locale.ROOT);
  }

  /** Where it is; an object that is nowhere in the tree, as far as is known, by its name. */
  private static String path(ObjectCost cost, ObjectPaths paths) {
    Checksum checksum = cost.object().checksum();
    return paths
        .of(cost.object())
        .map(path -> CONTROLS.matcher(path).replaceAll("?"))
        .orElse(checksum + "." + cost.object().type().extension());
  }

  private void line(String text) {
    console.println(text);
  }
}
