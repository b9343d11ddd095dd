package dev.coppice.sysroot.deploy;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.repo.Repo;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.Origin;
import dev.coppice.sysroot.StagedDeployment;
import dev.coppice.sysroot.SysrootState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to tell about one deployment.
 *
 * @param index its place in the list
 * @param deployment the deployment
 * @param marks what it is among the others
 * @param text what its commit says
 * @param signatures how many OpenPGP signatures its commit has, where its remote demands them; 0
 *     otherwise
 */
public record Status(
    int index, Deployment deployment, Set<Mark> marks, CommitText text, int signatures) {

  /** What a deployment is among the others. */
  public enum Mark {
    /** The system runs from it. */
    BOOTED,
    /** It boots next. */
    PENDING,
    /** It is there to go back to. */
    ROLLBACK,
    /** It is finished at shutdown. */
    STAGED,
    /** It is not even finished at shutdown. */
    FINALIZATION_LOCKED
  }

  /**
   * What a commit says about itself.
   *
   * @param present whether the repository has the commit
   * @param version its version
   * @param sourceTitle what it was built from
   */
  public record CommitText(
      boolean present, Optional<String> version, Optional<String> sourceTitle) {}

  /** Copies the set. */
  public Status {
    marks = Set.copyOf(marks);
  }

  /** Whether it is this. */
  public boolean is(Mark mark) {
    return marks.contains(mark);
  }

  /** The ref that its origin names. */
  public Optional<String> refspec() {
    return deployment.origin().flatMap(Origin::refspec);
  }

  /** The remote of that ref. */
  public Optional<String> remote() {
    return refspec()
        .filter(each -> each.indexOf(':') > 0)
        .map(each -> each.substring(0, each.indexOf(':')));
  }

  /** All deployments of a sysroot. */
  public static List<Status> of(Repo repo, SysrootState state) throws IOException {
    var all = new ArrayList<Status>();
    for (Deployment deployment : state.deployments()) {
      var bare =
          new Status(all.size(), deployment, marks(state, deployment), text(repo, deployment), 0);
      all.add(bare.withSignatures(repo));
    }
    return all;
  }

  private static Set<Mark> marks(SysrootState state, Deployment deployment) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    if (state.isBooted(deployment)) {
      marks.add(Mark.BOOTED);
    }
    if (state.pending().filter(deployment::equals).isPresent()) {
      marks.add(Mark.PENDING);
    }
    if (state.rollback().filter(deployment::equals).isPresent()) {
      marks.add(Mark.ROLLBACK);
    }
    if (state.isStaged(deployment)) {
      marks.add(Mark.STAGED);
      if (state.staged().filter(StagedDeployment::locked).isPresent()) {
        marks.add(Mark.FINALIZATION_LOCKED);
      }
    }
    return marks;
  }

  private static CommitText text(Repo repo, Deployment deployment) throws IOException {
    try {
      Commit commit = repo.loadCommit(deployment.name().commit());
      return new CommitText(true, string(commit, "version"), string(commit, "ostree.source-title"));
    } catch (MissingObjectException pruned) {
      return new CommitText(false, Optional.empty(), Optional.empty());
    }
  }

  private static Optional<String> string(Commit commit, String key) {
    return commit.metadata().lookup(key, VariantType.STRING).map(Variant::asString);
  }

  private Status withSignatures(Repo repo) throws IOException {
    Optional<String> remote = remote();
    if (remote.isEmpty() || !text.present()) {
      return this;
    }
    String group = "remote \"" + remote.get() + "\"";
    if (!repo.config().file().hasGroup(group)
        || !repo.config().file().bool(group, "gpg-verify", true)) {
      return this;
    }
    int count =
        repo.loadDetachedMetadata(deployment.name().commit())
            .map(bytes -> Variant.of(VariantType.DICTIONARY, bytes))
            .flatMap(dictionary -> dictionary.lookup("ostree.gpgsigs"))
            .map(Variant::childCount)
            .orElse(0);
    return new Status(index, deployment, marks, text, count);
  }
}
