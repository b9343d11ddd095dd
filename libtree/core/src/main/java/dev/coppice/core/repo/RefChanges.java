package dev.coppice.core.repo;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefPlace;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefScope;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.ref.RevSpec;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes of refs that people ask for by name, with the checks that keep them from losing one by
 * accident. Source: behaviour of {@code ostree refs} and {@code ostree reset}.
 *
 * @param repo where
 */
public record RefChanges(Repo repo) {
  /** What to do where the new name is taken. */
  public enum Existing {
    /** Fail. */
    REFUSE,
    /** Take its place. */
    REPLACE
  }

  /**
   * Makes a ref that points at the commit of a revision.
   *
   * @param name {@code ref} or {@code remote:ref}
   * @throws Failure with {@link ErrorCode#REF_CONFLICT} when the name is taken, {@link
   *     ErrorCode#REV_NOT_FOUND} when there is no such revision
   */
  public void create(String name, String rev, Existing existing) throws IOException {
    if (existing == Existing.REFUSE) {
      checkFree(name);
    }
    RefSpec spec = RefSpec.parse(name);
    repo.refs().write(spec, repo.resolve(rev));
  }

  /**
   * Makes an alias that follows a ref; an alias of that name is replaced in any case.
   *
   * @throws Failure with {@link ErrorCode#REF_CONFLICT} when another ref has the name, {@link
   *     ErrorCode#REV_NOT_FOUND} when there is no ref {@code target}
   */
  public void alias(String name, String target, Existing existing) throws IOException {
    if (existing == Existing.REFUSE && !isAlias(name)) {
      checkFree(name);
    }
    switch (RefSpec.parse(name)) {
      case RefSpec.Local alias -> repo.refs().alias(alias.ref(), RefName.of(target));
      case RefSpec.Remote there ->
          throw new Failure(
              ErrorCode.REF_INVALID,
              "Cannot create alias to remote ref: " + there.remote(),
              "Use a name without a remote");
    }
  }

  /** Makes a ref in a collection; {@code name} is {@code COLLECTION:REF}. */
  public void createInCollection(String name, String rev, Existing existing) throws IOException {
    if (existing == Existing.REFUSE) {
      checkFree(name);
    }
    Checksum commit = repo.resolve(rev);
    int colon = name.indexOf(':');
    CollectionId collection = CollectionId.of(colon < 0 ? name : name.substring(0, colon));
    repo.refs().write(new CollectionRef(collection, RefName.of(name.substring(colon + 1))), commit);
  }

  /**
   * Deletes the refs at or below a prefix, or none of them.
   *
   * @throws Failure with {@link ErrorCode#REF_CONFLICT} when an alias follows one of them
   */
  public void delete(RefPrefix prefix) throws IOException {
    List<RefSpec> doomed = repo.refs().names(prefix);
    if (!doomed.isEmpty()) {
      var followed = new HashMap<String, RefSpec>();
      repo.refs().aliases(RefPrefix.ALL).forEach((alias, ref) -> followed.putIfAbsent(ref, alias));
      for (RefSpec ref : doomed) {
        checkNotFollowed(ref, followed);
      }
    }
    repo.refs().deleteAll(doomed);
  }

  /** Deletes the aliases at or below a prefix. */
  public void deleteAliases(RefPrefix prefix) throws IOException {
    List<RefSpec> doomed = List.copyOf(repo.refs().aliases(prefix).keySet());
    repo.refs().deleteAll(doomed);
  }

  /** Deletes the refs of a collection that this repository has of its own or as a mirror. */
  public void deleteCollection(CollectionId collection) throws IOException {
    EnumSet<RefPlace> everywhere = EnumSet.allOf(RefPlace.class);
    repo.refs().deleteAll(repo.refs().collectionNames(Optional.of(collection), everywhere));
  }

  /**
   * Points an existing ref at the commit of a revision. As in the real tool the commit need not be
   * in the ref's history.
   *
   * @throws Failure with {@link ErrorCode#REV_NOT_FOUND} when there is no such ref or revision
   */
  public void reset(String ref, String rev) throws IOException {
    Optional<RefSpec> spec =
        repo.refs().names(RefPrefix.ALL).stream()
            .filter(each -> each.toString().equals(ref))
            .findFirst();
    if (spec.isEmpty()) {
      throw new Failure(
          ErrorCode.REV_NOT_FOUND, "Invalid ref '" + ref + "'", "List the refs to see which exist");
    }
    Checksum commit = repo.resolve(rev);
    try (Transaction transaction = repo.begin()) {
      transaction.publish(RefUpdate.set(spec.get(), commit));
    }
  }

  private void checkFree(String name) throws IOException {
    if (isTaken(RevSpec.parse(name))) {
      throw new Failure(
          ErrorCode.REF_CONFLICT,
          "--create specified but ref " + name + " already exists",
          "Use another name, or --force to replace it");
    }
  }

  private boolean isTaken(RevSpec name) throws IOException {
    if (name instanceof RevSpec.Named named && repo.refs().exists(named.spec())) {
      return true;
    }
    try {
      return repo.revisions().find(name, RefScope.LOCAL).isPresent();
    } catch (Failure e) {
      if (e.code() == ErrorCode.REF_CONFLICT) {
        return false; // A ref above or below the name: writing says which.
      }
      throw e;
    }
  }

  private boolean isAlias(String name) throws IOException {
    for (RefSpec alias : repo.refs().aliases(RefPrefix.ALL).keySet()) {
      if (alias.toString().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static void checkNotFollowed(RefSpec ref, Map<String, RefSpec> followed) {
    RefSpec alias = ref instanceof RefSpec.Local ? followed.get(ref.ref().name()) : null;
    if (alias != null) {
      throw new Failure(
          ErrorCode.REF_CONFLICT,
          "Ref '" + ref + "' has an active alias: '" + alias + "'",
          "Delete the alias first");
    }
  }
}
