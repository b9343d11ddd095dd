package dev.coppice.core.fsck;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.fsck.FsckRequest.Option;
import dev.coppice.core.fsck.ObjectCheck.Damage;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.CommitBindings;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefPlace;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefScope;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Checks that refs lead to commits, and that refs and commits belong to each other. */
final class RefCheck {
  private static final Set<RefPlace> WITHOUT_REMOTES = Set.of(RefPlace.HEADS, RefPlace.MIRRORS);

  private final Repo repo;
  private final FsckRequest request;
  private final ObjectCheck objects;
  private final Consumer<FsckEvent> events;
  private final List<TreeException> problems = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  RefCheck(Repo repo, FsckRequest request, ObjectCheck objects, Consumer<FsckEvent> events) {
    this.repo = repo;
    this.request = request;
    this.objects = objects;
    this.events = events;
  }

  List<TreeException> problems() {
    return problems;
  }

  List<Finding> findings() {
    return findings;
  }

  void checkRefs() throws IOException {
    for (RefSpec ref : repo.refs().names(RefPrefix.ALL)) {
      String name = ref.ref().name();
      String loading = "Loading commit for ref " + name + ": ";
      try {
        Optional<Checksum> commit = repo.refs().read(ref);
        if (commit.isPresent()) {
          checkCommit(commit.get(), Optional.empty(), name);
        }
      } catch (TreeException e) {
        problems.add(prefixed(loading, e));
      }
    }
  }

  void checkCollectionRefs() throws IOException {
    for (CollectionRef ref : repo.refs().collectionNames(Optional.empty(), WITHOUT_REMOTES)) {
      String loading =
          "Loading commit for ref (" + ref.collection().id() + ", " + ref.ref().name() + "): ";
      try {
        Optional<Checksum> commit = repo.refs().find(ref, WITHOUT_REMOTES);
        if (commit.isPresent()) {
          checkCommit(commit.get(), Optional.of(ref.collection().id()), ref.ref().name());
        }
      } catch (TreeException e) {
        problems.add(prefixed(loading, e));
      }
    }
  }

  private void checkCommit(Checksum commit, Optional<String> collection, String ref)
      throws IOException {
    ObjectName name = ObjectName.commit(commit);
    Damage damage = objects.checkOne(name);
    if (damage != null) {
      var finding = new Finding(name, damage.kind(), damage.detail(), List.of(), List.of());
      findings.add(finding);
      events.accept(new FsckEvent.Found(finding));
      if (damage.kind() == Finding.Kind.CORRUPT) {
        if (!request.asks(Option.DELETE)) {
          return;
        }
        repo.removal().delete(name);
      }
      // It is missing now, which is what the caller reports.
      repo.loadCommit(commit);
      return;
    }
    if (request.asks(Option.VERIFY_BINDINGS)) {
      try {
        CommitBindings.of(repo.loadCommit(commit)).check(collection, Optional.of(ref));
      } catch (TreeException e) {
        problems.add(prefixed("Commit " + commit + ": ", e));
      }
    }
  }

  /** Checks that what a commit says about its refs is so. */
  void checkBackRefs(Checksum checksum, Commit commit) throws IOException {
    CommitBindings bindings = CommitBindings.of(commit);
    for (String ref : bindings.refs().orElse(List.of())) {
      Optional<Checksum> target = resolve(bindings.collection(), ref);
      String named =
          bindings.collection().isPresent()
              ? "Collection–ref (" + bindings.collection().get() + ", " + ref + ")"
              : "Ref ‘" + ref + "’";
      if (target.isEmpty()) {
        problems.add(backRef(named, checksum, "does not exist"));
      } else if (!target.get().equals(checksum)) {
        problems.add(backRef(named, checksum, "does not resolve to that commit"));
      }
    }
  }

  private Optional<Checksum> resolve(Optional<String> collection, String ref) throws IOException {
    if (!RefName.isValid(ref) || !collection.map(CollectionId::isValid).orElse(true)) {
      return Optional.empty();
    }
    RefName name = RefName.of(ref);
    if (collection.isPresent()) {
      var there = new CollectionRef(new CollectionId(collection.get()), name);
      return repo.refs().find(there, EnumSet.allOf(RefPlace.class));
    }
    return repo.refs().find(new RefSpec.Local(name), RefScope.REMOTES_TOO);
  }

  private static Failure backRef(String ref, Checksum commit, String problem) {
    return new Failure(
        ErrorCode.BINDING_MISMATCH,
        ref + " in bindings for commit " + commit + " " + problem,
        "Use --verify-back-refs only where no ref ever moves on to a newer commit.");
  }

  private static Failure prefixed(String prefix, TreeException problem) {
    return new Failure(problem.code(), prefix + problem.getMessage(), problem.nextStep(), problem);
  }
}
