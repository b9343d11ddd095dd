package dev.coppice.transfer.pull;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.ObjectSizes;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.store.RepoMode;
import dev.coppice.core.tree.ObjectSet;
import dev.coppice.transfer.pull.PullRequest.Option;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds out what the files that are missing will cost, before the first one is fetched, and refuses
 * what cannot fit.
 */
record Preflight(PullPlan plan) {
  static Preflight of(
      MetadataScan.Place place,
      MetadataScan trees,
      CommitScan commits,
      List<PlannedDelta> deltas,
      PullRequest request)
      throws IOException {
    ObjectSet missing = trees.missingFiles();
    long download = 0;
    long content = 0;
    var priced = new ObjectSet();
    for (Commit commit : commits.targets().values()) {
      if (commit.metadata().lookup(ObjectSizes.KEY).isEmpty()) {
        continue;
      }
      for (ObjectSizes.Entry entry : ObjectSizes.of(commit)) {
        if (entry.object().type() == ObjectType.FILE
            && missing.contains(entry.object())
            && priced.add(entry.object())) {
          download += entry.archived();
          content += entry.unpacked();
        }
      }
    }
    boolean known = priced.size() == missing.size();
    boolean archive = place.transaction().repo().mode() == RepoMode.ARCHIVE;
    OptionalLong bytes = known ? OptionalLong.of(download) : OptionalLong.empty();
    if (!known && request.asks(Option.DRY_RUN)) {
      bytes = place.source().downloadSize(missing);
    }
    OptionalLong disk =
        known
            ? OptionalLong.of(archive ? download : content)
            : archive ? bytes : OptionalLong.empty();
    long free = place.transaction().writer().spaceLeft();
    if (disk.isPresent() && disk.getAsLong() > free && !request.asks(Option.DRY_RUN)) {
      throw new Failure(
          ErrorCode.SPACE_LOW,
          "The files to fetch take "
              + disk.getAsLong()
              + " bytes, but only "
              + free
              + " may be used in "
              + place.transaction().repo().path(),
          "Free space there (try 'coppice prune --refs-only'), or lower"
              + " core.min-free-space-size or core.min-free-space-percent in its config. Nothing"
              + " was fetched.");
    }
    return new Preflight(new PullPlan(trees.fetched(), missing.size(), bytes, disk, free, deltas));
  }
}
