package dev.coppice.transfer.summary;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefScope;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.RefUpdate;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.sign.Signatures;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The commit {@code ostree-metadata} of a repository that has a collection: an empty tree whose
 * metadata are those of the summary, so that peers can pass them on. Source: {@code
 * _ostree_repo_transaction_write_repo_metadata}.
 */
record MetadataCommit(Repo repo, SummaryRequest request) {
  private static final RefName REF = RefName.of("ostree-metadata");
  private static final String COLLECTION_BINDING = "ostree.collection-binding";
  private static final String REF_BINDING = "ostree.ref-binding";

  void write(CollectionId collection) throws IOException {
    Optional<Checksum> parent = repo.refs().find(new RefSpec.Local(REF), RefScope.REMOTES_TOO);
    Variant metadata =
        VariantDict.of(request.metadata())
            .put(COLLECTION_BINDING, Variant.ofString(collection.id()))
            .put(REF_BINDING, Variant.strings(List.of(REF.name())))
            .buildHashed();
    try (Transaction transaction = repo.begin()) {
      Checksum meta = transaction.writeMeta(new DirMeta(0, 0, 0040755, Xattrs.NONE));
      Checksum tree = transaction.writeTree(DirTree.EMPTY);
      var commit =
          new Commit(
              metadata,
              parent,
              List.of(),
              "",
              "",
              request.times().commit().getEpochSecond(),
              tree,
              meta);
      Checksum written = transaction.writeCommit(commit);
      if (!request.signers().isEmpty()) {
        transaction.writeDetachedMetadata(
            written, Signatures.empty().signedBy(request.signers(), commit.encode()).encode());
      }
      transaction.publish(RefUpdate.set(new CollectionRef(collection, REF), written));
    }
  }
}
