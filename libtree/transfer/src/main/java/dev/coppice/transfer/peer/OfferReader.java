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
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.fetch.FetchSettings.Retry;
import dev.coppice.transfer.pull.RemoteTrusts;
import dev.coppice.transfer.remote.RemoteAccess;
import dev.coppice.transfer.remote.VerifiedSummary;
import dev.coppice.transfer.summary.Summary;
import dev.coppice.transfer.summary.SummaryRef;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what places say they have. The summary of a configured remote must be signed if its
 * configuration demands it; a drive's, or that of a machine on the local network, is anybody's.
 * Source: {@code find_remotes_cb}.
 */
record OfferReader(Repo repo, Remotes remotes, RemoteAccess.Overrides overrides) {
  /** The last second that a {@code GDateTime} can hold, of the year 9999. */
  private static final long LAST_SECOND = 253_402_300_799L;

  /** Neighbours are near or gone: whoever searches does not wait for them long. */
  private static final Retry HASTY = new Retry(0, 1000, Duration.ofSeconds(5));

  /** Bytes of a commit of a stranger, of whom several are asked at the same time. */
  private static final long MAX_STRANGE_COMMIT = 16L << 20;

  /** The address of a place. */
  String url(Place place) {
    return switch (place) {
      case Place.Configured(String remote, _) ->
          remotes.option(remote, "url").orElse("remote " + remote);
      case Place.OnDrive drive -> "file://" + drive.repository();
      case Place.OnNetwork network -> network.url();
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
    if (place instanceof Place.OnDrive drive) {
      return Summary.read(drive.repository());
    }
    try (RemoteAccess access = access(place)) {
      return access.summary().map(VerifiedSummary::summary);
    }
  }

  private RemoteAccess access(Place place) throws IOException {
    if (place instanceof Place.OnNetwork network) {
      FetchSettings hasty = overrides.settings().withRetry(HASTY);
      return network.open(
          repo, new RemoteAccess.Overrides(overrides.url(), overrides.cache(), hasty));
    }
    String remote = place.remote();
    return RemoteAccess.open(
        repo, remotes, remote, overrides, RemoteTrusts.of(remotes, remote).summary());
  }

  /**
   * When a commit was made. What is stored here is known better than from any summary. A stranger
   * who lies about times could pass off an old commit as the newest, and one who lies about sizes
   * could make others seem to lie: so the commit itself is read.
   */
  private long timestamp(Place place, SummaryRef ref) throws IOException {
    boolean known = place instanceof Place.Configured;
    Optional<byte[]> stored =
        Optional.ofNullable(repo.objects().loadIfExists(ObjectName.commit(ref.commit())));
    if (stored.isEmpty() && ref.timestamp().isPresent() && known) {
      return sensible(ref.timestamp().getAsLong());
    }
    // Summaries of older versions do not say it either.
    byte[] commit = stored.isPresent() ? stored.get() : load(place, ref);
    if (!known && commit.length != ref.size()) {
      throw new Failure(
          ErrorCode.OBJECT_CORRUPT,
          "Its summary says that commit "
              + ref.commit()
              + " has "
              + ref.size()
              + " bytes; it has "
              + commit.length,
          "Have the summary made anew there with 'summary -u'.");
    }
    return timestamp(ref.commit(), commit);
  }

  private byte[] load(Place place, SummaryRef ref) throws IOException {
    return bytes(place, ObjectName.commit(ref.commit()))
        .filter(found -> Checksum.sha256(found).equals(ref.commit()))
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.OBJECT_MISSING,
                    "Metadata not found for commit '" + ref.commit() + "'"));
  }

  private Optional<byte[]> bytes(Place place, ObjectName name) throws IOException {
    if (place instanceof Place.OnDrive drive) {
      try (Repo there = Repo.open(drive.repository())) {
        return Optional.ofNullable(there.objects().loadIfExists(name));
      }
    }
    try (RemoteAccess access = access(place)) {
      return place instanceof Place.OnNetwork
          ? access.object(name, MAX_STRANGE_COMMIT)
          : access.object(name);
    }
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
