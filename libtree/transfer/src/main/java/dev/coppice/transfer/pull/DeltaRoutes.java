package dev.coppice.transfer.pull;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Transaction;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.SuperblockFile;
import dev.coppice.transfer.delta.apply.DeltaParts;
import dev.coppice.transfer.delta.route.Offer;
import dev.coppice.transfer.delta.route.Route;
import dev.coppice.transfer.delta.route.RoutePlanner;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides for each wanted commit by which deltas, if any, it is got. */
final class DeltaRoutes {
  private final Transaction transaction;
  private final Origin origin;
  private final DeltaStore store;
  private final DeltaParts parts;
  private final boolean required;
  private final Consumer<PullEvent> events;

  /** What a decision is made with. */
  record Tools(Transaction transaction, Origin origin, DeltaStore store, DeltaParts parts) {}

  DeltaRoutes(Tools tools, boolean required, Consumer<PullEvent> events) {
    this.transaction = tools.transaction();
    this.origin = tools.origin();
    this.store = tools.store();
    this.parts = tools.parts();
    this.required = required;
    this.events = events;
  }

  /**
   * The deltas to apply, in their order; none: the objects are fetched one by one.
   *
   * @param fromScratch whether one from scratch may be taken: not when there is an older commit of
   *     the ref, whose objects are likely to be in the new one as well
   * @throws TreeException when deltas are required and none can be used
   */
  List<DeltaStep> find(Checksum target, boolean fromScratch) throws IOException {
    var search = new DeltaSearch(transaction.repo(), store);
    if (search.isHere(target)) {
      return List.of();
    }
    Map<DeltaName, DeltaStep> steps = new TreeMap<>();
    TreeException refused = null;
    for (var candidate : search.candidates(target, fromScratch).entrySet()) {
      try {
        DeltaStep step = load(candidate.getKey(), candidate.getValue());
        if (step != null) {
          steps.put(candidate.getKey(), step);
        }
      } catch (TreeException e) {
        refused = refused == null ? e : refused;
        events.accept(new PullEvent.DeltaRefused(candidate.getKey(), e.getMessage()));
      }
    }
    List<Offer> offers = steps.values().stream().map(DeltaStep::offer).toList();
    Route route =
        RoutePlanner.cheapest(target, search.here(), offers, loose(target, steps.values()));
    if (route.isLoose() && required) {
      throw refused != null ? refused : noneFound(target);
    }
    return route.deltas().stream().map(name -> Objects.requireNonNull(steps.get(name))).toList();
  }

  private OptionalLong loose(Checksum target, Iterable<DeltaStep> steps) throws IOException {
    if (required) {
      return OptionalLong.empty();
    }
    for (DeltaStep step : steps) {
      if (step.name().to().equals(target)) {
        return LooseCost.of(step.superblock().commit().serialized(), transaction);
      }
    }
    return OptionalLong.empty();
  }

  private static Failure noneFound(Checksum target) {
    return new Failure(
        ErrorCode.DELTA_MISSING,
        "Static deltas required, but none found for  to " + target,
        "Pull without --require-static-deltas to fetch the objects one by one.");
  }

  private @Nullable DeltaStep load(DeltaName name, Optional<Checksum> digest) throws IOException {
    Optional<byte[]> bytes = store.superblock(name);
    if (bytes.isEmpty()) {
      return null;
    }
    if (digest.isPresent() && !Checksum.sha256(bytes.get()).equals(digest.get())) {
      throw new DeltaException(
          ErrorCode.DELTA_CORRUPT, "Invalid checksum for static delta " + name);
    }
    SuperblockFile file = decode(name, bytes.get());
    verify(name, file);
    file.superblock().requireName(name);
    requireNoParents(file);
    return DeltaStep.of(file.superblock(), parts.missing(file.superblock()), transaction);
  }

  private static SuperblockFile decode(DeltaName name, byte[] bytes) {
    try {
      return SuperblockFile.decode(bytes);
    } catch (DeltaException e) {
      throw e.in("Static delta " + name);
    }
  }

  /** Nobody ever made any; what they would have to be is known to nobody either. */
  private static void requireNoParents(SuperblockFile file) {
    if (!file.superblock().parents().isEmpty()) {
      throw new DeltaException(
          ErrorCode.DELTA_UNSUPPORTED,
          "Static delta " + file.superblock().name() + " wants others to be applied before it");
    }
  }

  /** A signature that is there has to be right; whether one must be there is configured. */
  private void verify(DeltaName name, SuperblockFile file) throws IOException {
    boolean demanded = transaction.repo().config().file().bool("core", "sign-verify-deltas", false);
    if (file.signed().isEmpty()) {
      if (demanded) {
        throw new Failure(
            ErrorCode.SIGNATURE_MISSING,
            "Static delta " + name + " is not signed, but core.sign-verify-deltas is set",
            "Ask its publisher to sign it ('static-delta generate --sign'), or pull with"
                + " --disable-static-deltas.");
      }
      return;
    }
    if (!origin.trust().verifyDelta(file.signed().get()) && demanded) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          "Key is mandatory to check delta signature",
          "Set sign-verify and a key of the publisher in the remote's configuration.");
    }
  }
}
