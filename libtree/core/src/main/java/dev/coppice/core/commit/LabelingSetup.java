package dev.coppice.core.commit;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.selinux.RootFiles;
import dev.coppice.core.selinux.SelinuxPolicy;
import java.io.IOException;
import java.util.Optional;

/** Finds the policy that labels a tree. */
final class LabelingSetup {
  private LabelingSetup() {}

  /**
   * The policy, or empty when the place that was named has none: then nothing is labeled.
   *
   * @throws Failure when it cannot be used, or the first source can have none
   */
  static Optional<SelinuxPolicy> policy(Repo repo, Labeling labeling, CommitRequest.Content content)
      throws IOException {
    return switch (labeling) {
      case Labeling.Root(var path) -> SelinuxPolicy.load(new RootFiles(path));
      case Labeling.Base() ->
          content.base().isPresent()
              ? ofCommit(repo, content.base().get())
              : ofFirst(repo, content.sources().getFirst());
    };
  }

  private static Optional<SelinuxPolicy> ofFirst(Repo repo, TreeSource first) throws IOException {
    return switch (first) {
      case TreeSource.Directory(var path) -> SelinuxPolicy.load(new RootFiles(path));
      case TreeSource.Revision(String rev) -> ofCommit(repo, rev);
      case TreeSource.Tar _, TreeSource.TarStream _ ->
          throw new Failure(
              ErrorCode.USAGE,
              "Cannot use --selinux-policy-from-base with tar",
              "Name the root file system that has the policy with --selinux-policy.");
    };
  }

  private static Optional<SelinuxPolicy> ofCommit(Repo repo, String rev) throws IOException {
    return SelinuxPolicy.load(new CommitFiles(repo, repo.loadCommit(repo.resolve(rev))));
  }
}
