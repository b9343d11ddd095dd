package dev.coppice.transfer.mirror;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.io.Durability;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.ref.RefAddress;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.mirror.MirrorReport.RefChange;
import dev.coppice.transfer.mirror.Publications.Entry;
import dev.coppice.transfer.mirror.UpstreamPull.Brought;
import dev.coppice.transfer.mirror.UpstreamPull.Target;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out which refs change, and changes them all, one right after the other. */
final class RefSwitch {
  private final Repo repo;
  private final Publications publications;

  RefSwitch(Repo repo, Publications publications) {
    this.repo = repo;
    this.publications = publications;
  }

  /**
   * What changes with what one remote has.
   *
   * @param deletes whether refs go that were brought from there and are not among them any more
   */
  List<RefChange> changes(Brought brought, boolean deletes) throws IOException {
    var changes = new ArrayList<RefChange>();
    for (Target target : brought.refs().values()) {
      Optional<Checksum> before = current(target.ref());
      if (!before.equals(Optional.of(target.commit()))) {
        changes.add(
            new RefChange(
                target.ref(), before, Optional.of(target.commit()), version(target.commit())));
      }
    }
    if (deletes) {
      for (Entry entry : publications.entries()) {
        boolean gone =
            entry.until().isEmpty()
                && entry.remote().equals(brought.remote())
                && !brought.refs().containsKey(entry.ref().toString());
        Optional<Checksum> before = gone ? current(entry.ref()) : Optional.empty();
        if (before.isPresent()) {
          changes.add(new RefChange(entry.ref(), before, Optional.empty(), Optional.empty()));
        }
      }
    }
    return changes;
  }

  private Optional<Checksum> current(RefAddress ref) throws IOException {
    return repo.refs().exists(ref) ? repo.refs().read(ref) : Optional.empty();
  }

  /** The version of a commit, which a dry run has not brought here. */
  private Optional<String> version(Checksum commit) throws IOException {
    ObjectName name = ObjectName.commit(commit);
    if (!repo.objects().has(name)) {
      return Optional.empty();
    }
    return repo.loadCommit(commit)
        .metadata()
        .lookup("version", VariantType.of("s"))
        .map(Variant::asString);
  }

  /**
   * Makes sure that no ref comes from two remotes.
   *
   * @throws Failure with {@link ErrorCode#REF_CONFLICT}
   */
  static void requireDisjoint(List<Brought> all) {
    Map<String, String> owners = new HashMap<>();
    for (Brought brought : all) {
      for (String ref : brought.refs().keySet()) {
        String other = owners.put(ref, brought.remote());
        if (other != null) {
          throw new Failure(
              ErrorCode.REF_CONFLICT,
              "Ref " + ref + " is selected from both remotes " + other + " and " + brought.remote(),
              "Exclude it from one of them, or mirror them into two repositories.");
        }
      }
    }
  }

  /**
   * Notes what refs point to now, before anything changes; refs may have been changed by others.
   */
  void observe(Instant now) throws IOException {
    for (Entry entry : publications.entries()) {
      if (entry.until().isEmpty()) {
        publications.closeOthers(entry.ref(), current(entry.ref()), now);
      }
    }
  }

  /** Notes what is going to be published. */
  void announce(Brought brought, List<RefChange> changes, Instant now) {
    for (RefChange change : changes) {
      // What the ref had is promised until it has moved, even if this mirror did not bring it.
      change
          .before()
          .ifPresent(before -> publications.open(brought.remote(), change.ref(), before, now));
    }
    for (Target target : brought.refs().values()) {
      publications.open(brought.remote(), target.ref(), target.commit(), now);
    }
  }

  /** Moves and deletes refs. */
  void apply(List<RefChange> changes) throws IOException {
    for (RefChange change : changes) {
      if (change.after().isPresent()) {
        repo.refs().write(change.ref(), change.after().get());
      } else {
        repo.refs().delete(change.ref());
      }
    }
  }

  /** Notes what is not promised any more, once refs and summary are switched. */
  void conclude(List<RefChange> changes, Instant now) {
    for (RefChange change : changes) {
      publications.closeOthers(change.ref(), change.after(), now);
    }
  }

  void save(Durability durability) throws IOException {
    publications.save(durability);
  }
}
