package dev.coppice.transfer.remote;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.transfer.fetch.Conditional;
import dev.coppice.transfer.fetch.FetchRequest;
import dev.coppice.transfer.fetch.Fetcher;
import dev.coppice.transfer.fetch.Validators;
import dev.coppice.transfer.summary.Summary;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the summary of a remote. Signature first: when it is the one that is known, so is the
 * summary. Servers cannot replace both files at one moment, so a signature that does not fit is
 * fetched again, with the summary, a few times before it counts as wrong. Where signatures are
 * demanded, a summary must not be older than the one that is known: whoever can only replay what
 * was signed once must not be able to take clients back.
 */
final class RemoteSummaries {
  /** Waits before a pair that does not fit is fetched again: an update takes less than this. */
  private static final long[] AGAIN_MILLIS = {200, 500, 1500};

  private final String remote;
  private final Fetcher fetcher;
  private final List<URI> bases;
  private final SummaryCache cache;
  private final Optional<byte[]> described;
  private final SummaryTrust trust;

  /** Where summaries come from and are kept. */
  record Place(String remote, Fetcher fetcher, List<URI> bases, SummaryCache cache) {}

  /**
   * Summaries of a remote.
   *
   * @param described the only summary that counts, where a metalink has described it
   */
  RemoteSummaries(Place place, Optional<byte[]> described, SummaryTrust trust) {
    this.described = described;
    this.remote = place.remote();
    this.fetcher = place.fetcher();
    this.bases = place.bases();
    this.cache = place.cache();
    this.trust = trust;
  }

  /** The bytes of a file with what identifies them at the server. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Fetched(byte @Nullable [] bytes, Validators validators) {}

  /** The summary; empty when the remote has none. */
  Optional<VerifiedSummary> fetch() throws IOException {
    if (described.isPresent()) {
      return Optional.of(described(described.get()));
    }
    Fetched signature = signature();
    if (signature.bytes() != null) {
      Optional<byte[]> known = cache.load(remote + ".sig");
      Optional<byte[]> cached = cache.load(remote);
      if (known.filter(bytes -> Arrays.equals(bytes, signature.bytes())).isPresent()
          && cached.isPresent()
          && fits(cached.get(), signature.bytes())) {
        return Optional.of(result(cached.get(), signature.bytes()));
      }
    }
    return checked(get(Summary.FILE), signature);
  }

  private VerifiedSummary described(byte[] summary) throws IOException {
    byte[] signature = get(Summary.SIGNATURE_FILE).bytes();
    try {
      trust.verify(Optional.of(summary), Optional.ofNullable(signature));
    } catch (Failure e) {
      throw refused(e);
    }
    return accepted(new Fetched(summary, Validators.NONE), new Fetched(signature, Validators.NONE));
  }

  private Failure refused(Failure e) {
    return new Failure(
        e.code(), "Summary of remote " + remote + ": " + e.getMessage(), e.nextStep(), e);
  }

  private Fetched signature() throws IOException {
    Optional<Validators> known = cache.validators(remote + ".sig");
    Conditional answer = fetcher.fetchIfChanged(request(Summary.SIGNATURE_FILE), known);
    return switch (answer) {
      case Conditional.Missing() -> new Fetched(null, Validators.NONE);
      case Conditional.Fresh(byte[] bytes, Validators validators) -> new Fetched(bytes, validators);
      case Conditional.NotModified() ->
          new Fetched(cache.load(remote + ".sig").orElse(null), known.orElse(Validators.NONE));
    };
  }

  private Fetched get(String file) throws IOException {
    Conditional answer = fetcher.fetchIfChanged(request(file), Optional.empty());
    return answer instanceof Conditional.Fresh(byte[] bytes, Validators validators)
        ? new Fetched(bytes, validators)
        : new Fetched(null, Validators.NONE);
  }

  private FetchRequest request(String file) {
    return new FetchRequest(bases, file, Summary.MAX_SIZE);
  }

  /** Whether a cached pair is still good: keys may have been revoked since. */
  private boolean fits(byte[] summary, byte[] signature) throws IOException {
    try {
      trust.verify(Optional.of(summary), Optional.of(signature));
      return true;
    } catch (Failure e) {
      cache.forget(remote);
      return false;
    }
  }

  private Optional<VerifiedSummary> checked(Fetched first, Fetched firstSignature)
      throws IOException {
    Fetched summary = first;
    Fetched signature = firstSignature;
    for (int again = 0; ; again++) {
      try {
        trust.verify(Optional.ofNullable(summary.bytes()), Optional.ofNullable(signature.bytes()));
        break;
      } catch (Failure e) {
        boolean underway = e.code() == ErrorCode.SIGNATURE_INVALID && signature.bytes() != null;
        if (again == AGAIN_MILLIS.length || !underway) {
          throw refused(e);
        }
        pause(AGAIN_MILLIS[again]);
        signature = get(Summary.SIGNATURE_FILE);
        summary = get(Summary.FILE);
      }
    }
    return summary.bytes() == null ? Optional.empty() : Optional.of(accepted(summary, signature));
  }

  /** Takes over what was verified, unless it takes the client back. */
  private VerifiedSummary accepted(Fetched summary, Fetched signature) throws IOException {
    byte[] bytes = Objects.requireNonNull(summary.bytes());
    VerifiedSummary verified = result(bytes, signature.bytes());
    if (signature.bytes() != null) {
      requireNotOlder(verified.summary());
      cache.store(remote, bytes, summary.validators());
      cache.store(remote + ".sig", signature.bytes(), signature.validators());
    }
    return verified;
  }

  /** An old pair has a good signature, so that time alone tells that it is served again. */
  private void requireNotOlder(Summary summary) throws IOException {
    Optional<byte[]> known = cache.load(remote);
    Optional<byte[]> signature = cache.load(remote + ".sig");
    if (!trust.demanded()
        || known.isEmpty()
        || signature.isEmpty()
        || !fits(known.get(), signature.get())) {
      return;
    }
    OptionalLong before = Summary.decode(known.get()).lastModified();
    OptionalLong now = summary.lastModified();
    if (before.isPresent() && (now.isEmpty() || now.getAsLong() < before.getAsLong())) {
      throw new Failure(
          ErrorCode.SUMMARY_OLDER,
          "Summary of remote "
              + remote
              + ": it is older than the one that is known: "
              + (now.isEmpty() ? "without a time" : time(now.getAsLong()))
              + ", not "
              + time(before.getAsLong()),
          "A mirror may lag behind: try again later. Somebody may be serving an old version on"
              + " purpose. If the publisher did go back, delete "
              + cache.path(remote)
              + " to forget the newer one.");
    }
  }

  private static String time(long seconds) {
    return Instant.ofEpochSecond(Math.clamp(seconds, 0, 1L << 40)).toString();
  }

  private static VerifiedSummary result(byte[] summary, byte @Nullable [] signature) {
    return new VerifiedSummary(
        Summary.decode(summary), Optional.ofNullable(signature).map(VerifiedSummary.Signed::new));
  }

  private static void pause(long millis) throws InterruptedIOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
