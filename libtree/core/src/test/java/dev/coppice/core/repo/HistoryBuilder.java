package dev.coppice.core.repo;

import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.ref.RefSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes commits of an empty tree. */
final class HistoryBuilder {
  private HistoryBuilder() {}

  /** Makes commits, each the parent of the next, and a ref to the last one; oldest first. */
  static List<Checksum> commits(Repo repo, String ref, int count) throws IOException {
    var commits = new ArrayList<Checksum>();
    try (Transaction tx = repo.begin()) {
      Checksum tree = tx.writeTree(DirTree.EMPTY);
      Checksum meta = tx.writeMeta(new DirMeta(0, 0, 0040755, Xattrs.NONE));
      Optional<Checksum> parent = Optional.empty();
      for (int i = 0; i < count; i++) {
        Checksum commit =
            tx.writeCommit(
                new Commit(
                    VariantDict.builder().build(),
                    parent,
                    List.of(),
                    ref + " " + i,
                    "",
                    i,
                    tree,
                    meta));
        commits.add(commit);
        parent = Optional.of(commit);
      }
      tx.publish(RefUpdate.set(RefSpec.parse(ref), commits.getLast()));
    }
    return commits;
  }
}
