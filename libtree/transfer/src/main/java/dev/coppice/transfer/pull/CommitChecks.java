package dev.coppice.transfer.pull;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.CommitBindings;
import dev.coppice.core.ref.RefAddress;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.pull.PullRequest.Option;
import dev.coppice.transfer.pull.Targets.Ref;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a commit must fulfil beside its signatures: that it was made for the refs that it is pulled
 * for, and that it is not older than what is here. Source: {@code _ostree_repo_verify_bindings},
 * {@code _ostree_compare_timestamps}.
 */
final class CommitChecks {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT)
          .withZone(ZoneId.of("UTC"));

  /** A commit that is here. */
  private record Known(Checksum checksum, long timestamp) {}

  private final boolean bindings;
  private final Optional<String> collection;
  private final Optional<Known> floor;
  private final Map<Ref, Known> current = new HashMap<>();

  private CommitChecks(boolean bindings, Optional<String> collection, Optional<Known> floor) {
    this.bindings = bindings;
    this.collection = collection;
    this.floor = floor;
  }

  /**
   * The checks of a pull.
   *
   * @param places where each ref is kept in the destination
   */
  static CommitChecks of(
      Repo repo, PullRequest request, Optional<String> collection, Map<Ref, RefAddress> places)
      throws IOException {
    Optional<Known> floor = Optional.empty();
    if (request.scope().newerThan().isPresent()) {
      floor = Optional.of(known(repo, repo.resolve(request.scope().newerThan().get())));
    }
    var checks = new CommitChecks(!request.asks(Option.DISABLE_VERIFY_BINDINGS), collection, floor);
    if (request.asks(Option.TIMESTAMP_CHECK)) {
      for (Map.Entry<Ref, RefAddress> place : places.entrySet()) {
        if (repo.refs().exists(place.getValue())) {
          Optional<Checksum> commit = repo.refs().read(place.getValue());
          if (commit.isPresent()) {
            checks.current.put(place.getKey(), known(repo, commit.get()));
          }
        }
      }
    }
    return checks;
  }

  private static Known known(Repo repo, Checksum commit) throws IOException {
    return new Known(commit, repo.loadCommit(commit).timestamp());
  }

  /**
   * Checks a commit.
   *
   * @param refs that it is pulled for; none when it was asked for by checksum, or is an ancestor
   * @throws Failure with {@link ErrorCode#BINDING_MISMATCH} or {@link ErrorCode#COMMIT_OLDER}
   */
  void check(Checksum checksum, Commit commit, List<Ref> refs) {
    if (bindings) {
      checkBindings(checksum, commit, refs);
    }
    var pulled = new Known(checksum, commit.timestamp());
    for (Ref ref : refs) {
      Known here = current.get(ref);
      if (here != null) {
        checkNewer(here, pulled);
      }
    }
    if (floor.isPresent()) {
      checkNewer(floor.get(), pulled);
    }
  }

  private void checkBindings(Checksum checksum, Commit commit, List<Ref> refs) {
    CommitBindings bound = CommitBindings.of(commit);
    try {
      if (refs.isEmpty()) {
        bound.check(collection, Optional.empty());
      }
      for (Ref ref : refs) {
        bound.check(collection, Optional.of(ref.name().name()));
      }
    } catch (Failure e) {
      throw new Failure(e.code(), "Commit " + checksum + ": " + e.getMessage(), e.nextStep(), e);
    }
  }

  private static void checkNewer(Known here, Known pulled) {
    if (Long.compareUnsigned(pulled.timestamp(), here.timestamp()) >= 0
        || pulled.checksum().equals(here.checksum())) {
      return;
    }
    throw new Failure(
        ErrorCode.COMMIT_OLDER,
        "Upgrade target revision '"
            + pulled.checksum()
            + "' with timestamp '"
            + time(pulled)
            + "' is chronologically older than current revision '"
            + here.checksum()
            + "' with timestamp '"
            + time(here)
            + "'; use --allow-downgrade to permit",
        "Somebody may be serving an old version on purpose: compare with what the publisher"
            + " announces, and pull without the check only if you want to go back.");
  }

  private static String time(Known commit) {
    return TIME.format(Instant.ofEpochSecond(Math.clamp(commit.timestamp(), 0, 1L << 40)));
  }
}
