package dev.coppice.transfer.peer;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.pull.RemoteTrusts;
import dev.coppice.transfer.remote.RemoteAccess;
import dev.coppice.transfer.remote.VerifiedSummary;
import dev.coppice.transfer.summary.Summary;
import dev.coppice.transfer.summary.SummaryRef;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what places say they have. The summary of a configured remote must be signed if its
 * configuration demands it; a drive's is anybody's. Source: {@code find_remotes_cb}.
 */
record OfferReader(Repo repo, Remotes remotes, RemoteAccess.Overrides overrides) {
  /** The last second that a {@code GDateTime} can hold, of the year 9999. */
  private static final long LAST_SECOND = 253_402_300_799L;

  /** The address of a place. */
  String url(Place place) {
    return switch (place) {
      case Place.Configured(String remote, _) ->
          remotes.option(remote, "url").orElse("remote " + remote);
      case Place.OnDrive drive -> "file://" + drive.repository();
    };
  }

  /** What a place offers of these refs; empty when that is nothing. */
  Optional<Offer> read(Place place, List<CollectionRef> wanted) throws IOException {
    Summary summary =
        summary(place)
            .orElseThrow(
                () ->
                    new Failure(
                        ErrorCode.REPO_UNSUITABLE,
                        "It has no summary",
                        "Have one made there with 'summary -u'."));
    SortedMap<String, SummaryRef> listed =
        summary.collections().getOrDefault(place.collection().id(), new TreeMap<>());
    Map<CollectionRef, Offer.Ref> refs = new HashMap<>();
    for (CollectionRef ref : wanted) {
      // A place speaks for the collection whose keys it is held to, and for no other.
      SummaryRef found = listed.get(ref.ref().name());
      if (found != null && ref.collection().equals(place.collection())) {
        refs.put(ref, new Offer.Ref(found.commit(), found.size(), timestamp(place, found)));
      }
    }
    return refs.isEmpty()
        ? Optional.empty()
        : Optional.of(new Offer(place, url(place), summary.lastModified(), refs));
  }

  private Optional<Summary> summary(Place place) throws IOException {
    return switch (place) {
      case Place.OnDrive drive -> Summary.read(drive.repository());
      case Place.Configured(String remote, _) -> {
        try (RemoteAccess access = access(remote)) {
          yield access.summary().map(VerifiedSummary::summary);
        }
      }
    };
  }

  private RemoteAccess access(String remote) throws IOException {
    return RemoteAccess.open(
        repo, remotes, remote, overrides, RemoteTrusts.of(remotes, remote).summary());
  }

  /**
   * When a commit was made. What is stored here is known better than from any summary, and a drive
   * that lies about times could pass off an old commit as the newest.
   */
  private long timestamp(Place place, SummaryRef ref) throws IOException {
    Optional<byte[]> stored =
        Optional.ofNullable(repo.objects().loadIfExists(ObjectName.commit(ref.commit())));
    if (stored.isPresent()) {
      return timestamp(ref.commit(), stored.get());
    }
    if (ref.timestamp().isPresent() && place instanceof Place.Configured) {
      return sensible(ref.timestamp().getAsLong());
    }
    // Summaries of older versions do not say it either.
    return timestamp(ref.commit(), load(place, ref.commit()));
  }

  private byte[] load(Place place, Checksum commit) throws IOException {
    ObjectName name = ObjectName.commit(commit);
    Optional<byte[]> bytes =
        switch (place) {
          case Place.OnDrive drive -> {
            try (Repo there = Repo.open(drive.repository())) {
              yield Optional.ofNullable(there.objects().loadIfExists(name));
            }
          }
          case Place.Configured(String remote, _) -> {
            try (RemoteAccess access = access(remote)) {
              yield access.object(name);
            }
          }
        };
    return bytes
        .filter(found -> Checksum.sha256(found).equals(commit))
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.OBJECT_MISSING, "Metadata not found for commit '" + commit + "'"));
  }

  private static long timestamp(Checksum commit, byte[] bytes) {
    try {
      return sensible(Commit.decode(bytes).timestamp());
    } catch (MalformedObjectException e) {
      throw new Failure(
          ErrorCode.OBJECT_CORRUPT, "Commit " + commit + ": " + e.getMessage(), "", e);
    }
  }

  private static long sensible(long seconds) {
    return Long.compareUnsigned(seconds, LAST_SECOND) > 0 ? 0 : seconds;
  }
}
