package dev.coppice.bench;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.repo.RefUpdate;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.RepoMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A repository of many refs, each with a commit of its own, as those of applications are. */
final class ManyRefs {
  private static final long FIRST_COMMIT = 1_700_000_000;

  private ManyRefs() {}

  /** Makes it without a process for each commit. */
  static void make(Path path, int count) throws IOException {
    try (Repo repo = Init.run(new InitRequest(path, RepoMode.ARCHIVE, Optional.empty()));
        Transaction transaction = repo.begin()) {
      Checksum meta = transaction.writeMeta(new DirMeta(0, 0, 0040755, Xattrs.NONE));
      Checksum tree = transaction.writeTree(DirTree.EMPTY);
      List<RefUpdate> refs = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Variant metadata = VariantDict.builder().put("version", Variant.ofString("1." + i)).build();
        var commit =
            new Commit(
                metadata,
                Optional.empty(),
                List.of(),
                "Commit " + i,
                "",
                FIRST_COMMIT + i,
                tree,
                meta);
        RefName name = RefName.of("app/org.example.App" + i + "/x86_64/stable");
        refs.add(RefUpdate.set(new RefSpec.Local(name), transaction.writeCommit(commit)));
      }
      transaction.publish(refs);
    }
  }
}
