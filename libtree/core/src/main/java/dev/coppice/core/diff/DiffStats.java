package dev.coppice.core.diff;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.tree.ObjectSet;
import dev.coppice.core.tree.Reachable;
import java.io.IOException;
import java.util.ArrayList;

/**
 * How many objects two commits have in common.
 *
 * @param from objects of the older commit
 * @param to objects of the newer commit
 * @param common objects of both
 * @param commonBytes what those take in the repository
 */
public record DiffStats(long from, long to, long common, long commonBytes) {
  private static final int FANOUTS = 256;

  /** Counts. */
  public static DiffStats of(Repo repo, Checksum from, Checksum to) throws IOException {
    ObjectSet first = reach(repo, from);
    ObjectSet second = reach(repo, to);
    long common = 0;
    long bytes = 0;
    for (int i = 0; i < FANOUTS; i++) {
      var names = new ArrayList<ObjectName>();
      first.forEach(
          i,
          name -> {
            if (second.contains(name)) {
              names.add(name);
            }
          });
      common += names.size();
      for (ObjectName name : names) {
        bytes += repo.objects().storedSize(name);
      }
    }
    return new DiffStats(first.size(), second.size(), common, bytes);
  }

  private static ObjectSet reach(Repo repo, Checksum commit) throws IOException {
    var reachable = new Reachable(repo, Reachable.Extent.EVERYTHING, Reachable.Damage.FAIL);
    reachable.addCommit(commit, 0);
    return reachable.objects();
  }
}
