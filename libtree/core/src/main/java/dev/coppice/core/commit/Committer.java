package dev.coppice.core.commit;

import dev.coppice.core.composefs.ComposefsImage;
import dev.coppice.core.composefs.FileDigests;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.ref.RefScope;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.RefUpdate;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.selinux.SelinuxPolicy;
import dev.coppice.core.store.RepoMode;
import dev.coppice.core.store.WriteOptions;
import dev.coppice.core.tree.TreeLookup.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Makes commits. Source: {@code ostree_builtin_commit}. */
public final class Committer {
  /** Files that may wait for a thread: enough to find the large ones early. */
  private static final int QUEUE = 32_768;

  private final Repo repo;
  private final CommitRequest request;
  private final WriteOptions options;
  private final Set<CommitFlag> flags;
  private final Progress progress;
  private final List<Consumed> consumed = new ArrayList<>();

  private Committer(
      Repo repo, CommitRequest request, WriteOptions options, Consumer<CommitEvent> events) {
    this.repo = repo;
    this.request = request;
    this.options = options;
    this.flags = EnumSet.noneOf(CommitFlag.class);
    this.flags.addAll(request.flags());
    if (repo.mode() == RepoMode.BARE_USER_ONLY) {
      flags.add(CommitFlag.CANONICAL_PERMISSIONS);
      flags.add(CommitFlag.NO_XATTRS);
    }
    if (flags.contains(CommitFlag.DEVINO_CANONICAL)) {
      flags.add(CommitFlag.LINK_CHECKOUT_SPEEDUP);
    }
    this.progress = new Progress(events);
  }

  /**
   * Makes a commit.
   *
   * @param options how objects are written, normally {@link Repo#writeOptions()}
   * @param events told what happens, one at a time, from any thread
   * @throws dev.coppice.core.failure.TreeException when a source, an option or the repository does
   *     not allow it; refs and visible objects are then as they were
   */
  public static CommitResult run(
      Repo repo, CommitRequest request, WriteOptions options, Consumer<CommitEvent> events)
      throws IOException {
    return new Committer(repo, request, options, events).run();
  }

  private CommitResult run() throws IOException {
    Optional<Checksum> parent = parent();
    var before = new MetadataBuilder(repo, request, parent);
    var rules = new EntryRules(request.changes(), flags, !repo.config().disableXattrs());
    if (request.changes().labeling().isPresent()) {
      Optional<SelinuxPolicy> policy =
          LabelingSetup.policy(repo, request.changes().labeling().get(), request.content());
      if (policy.isPresent() && repo.mode() == RepoMode.BARE_USER_ONLY) {
        throw new Failure(
            ErrorCode.REPO_UNSUITABLE,
            "A bare-user-only repository cannot hold SELinux labels",
            "The objects would not match their checksums: commit without a policy, or into a"
                + " repository of another mode.");
      }
      policy.ifPresent(rules::labelWith);
    }
    try (Transaction transaction = repo.begin(options);
        var pool = new WorkPool(Runtime.getRuntime().availableProcessors(), QUEUE)) {
      var build = new Build(transaction, pool, rules, flags, progress);
      TreeNode root = sources(build);
      rules.checkUsedUp();
      TreeFolder.Root tree = TreeFolder.fold(build, root);
      if (flags.contains(CommitFlag.SKIP_IF_UNCHANGED) && parent.isPresent()) {
        Commit old = repo.loadCommit(parent.get());
        if (old.tree().equals(tree.tree()) && old.meta().equals(tree.meta())) {
          return new CommitResult(parent.get(), false, new Transaction.Stats(0, 0, 0, 0, 0), 0);
        }
      }
      Variant metadata = before.build(root, build.sizes(), imageDigest(transaction, tree));
      Commit commit = commit(parent, metadata, tree);
      return publish(build, commit, before.detached());
    }
  }

  private Optional<Checksum> imageDigest(Transaction transaction, TreeFolder.Root tree)
      throws IOException {
    if (!flags.contains(CommitFlag.GENERATE_COMPOSEFS_DIGEST)) {
      return Optional.empty();
    }
    var root = new Found.Directory(tree.tree(), tree.meta());
    var image = ComposefsImage.of(transaction.objects(), root, FileDigests.ALL);
    return Optional.of(image.digest());
  }

  private void removeConsumed() throws IOException {
    if (flags.contains(CommitFlag.CONSUME)) {
      for (Consumed source : consumed) {
        source.remove();
      }
    }
  }

  private TreeNode sources(Build build) throws IOException {
    TreeNode root = TreeNode.empty();
    if (request.content().base().isPresent()) {
      Commit base = repo.loadCommit(repo.resolve(request.content().base().get()));
      root.overlay(repo, base.tree(), base.meta(), () -> {});
    }
    for (TreeSource source : request.content().sources()) {
      build.beginSource();
      switch (source) {
        case TreeSource.Directory(var path) -> {
          var directory = new DirectorySource(build);
          consumed.add(directory.overlay(path, root));
        }
        case TreeSource.Revision(String rev) -> new RevisionSource(build).overlay(rev, root);
        case TreeSource.Tar tar -> new TarSource(build, tar.rules(), root).overlay(tar.file());
        case TreeSource.TarStream tar ->
            new TarSource(build, tar.rules(), root).overlay(tar.stream(), tar.name());
      }
      build.pool().await();
    }
    return root;
  }

  private Commit commit(Optional<Checksum> parent, Variant metadata, TreeFolder.Root tree) {
    CommitRequest.Description description = request.description();
    return new Commit(
        metadata,
        parent,
        List.of(),
        description.subject(),
        description.body(),
        description.timestamp().orElseGet(() -> System.currentTimeMillis() / 1000),
        tree.tree(),
        tree.meta());
  }

  private CommitResult publish(Build build, Commit commit, Optional<byte[]> detached)
      throws IOException {
    Transaction transaction = build.transaction();
    Checksum checksum = transaction.writeCommit(commit);
    Optional<byte[]> known = detached.isPresent() ? detached : repo.loadDetachedMetadata(checksum);
    Optional<byte[]> sealed = request.sealer().seal(commit.encode(), known);
    if (sealed.isPresent()) {
      transaction.writeDetachedMetadata(checksum, sealed.get());
    }
    progress.tell(new CommitEvent.Publishing(checksum));
    Optional<RefUpdate> update =
        request.target().branch().map(name -> RefUpdate.set(RefSpec.local(name), checksum));
    Transaction.Stats stats = transaction.publish(update.stream().toList());
    removeConsumed();
    return new CommitResult(checksum, true, stats, progress.linksRecognised());
  }

  private Optional<Checksum> parent() throws IOException {
    return switch (request.target().parent()) {
      case CommitRequest.Parent.None() -> Optional.empty();
      case CommitRequest.Parent.Given(Checksum checksum) -> Optional.of(checksum);
      case CommitRequest.Parent.OfBranch() ->
          request.target().branch().isEmpty()
              ? Optional.empty()
              // Not as a revision: a new branch may be named like the first digits of a commit.
              : repo.refs()
                  .find(RefSpec.parse(request.target().branch().get()), RefScope.REMOTES_TOO);
    };
  }
}
