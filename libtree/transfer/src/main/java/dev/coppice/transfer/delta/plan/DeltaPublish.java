package dev.coppice.transfer.delta.plan;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.DeltaListing;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.DeltaRemoval;
import dev.coppice.transfer.delta.SuperblockFile;
import dev.coppice.transfer.delta.generate.Generate;
import dev.coppice.transfer.delta.generate.GenerateRequest;
import dev.coppice.transfer.delta.generate.GenerateResult;
import dev.coppice.transfer.delta.plan.DeltaPlan.Action;
import dev.coppice.transfer.delta.plan.DeltaPlan.Decision;
import dev.coppice.transfer.summary.SummaryUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Brings the deltas of a repository up to date: makes what is worth its space, leads clients to it,
 * and deletes what is not worth it any more, in this order, so that no client is led to a delta
 * that is not there.
 */
public final class DeltaPublish {
  private final Repo repo;
  private final InstantSource clock;
  private final DeltaPlanner.ObjectCost costs;

  /** Of a repository. */
  public DeltaPublish(Repo repo) {
    this(repo, InstantSource.system());
  }

  DeltaPublish(Repo repo, InstantSource clock) {
    this.repo = repo;
    this.clock = clock;
    this.costs = new KnownCost(new StoredCost(repo));
  }

  /** What would be done. Nothing is changed. */
  public DeltaPlan plan(DeltaPolicy policy, Demand demand) throws IOException {
    List<RefHistory> histories = new RefHistories(repo, policy).read();
    return new DeltaPlanner(policy, clock.instant())
        .plan(new DeltaPlanner.State(histories, existing(), demand, costs));
  }

  /** Does it. */
  public DeltaPublishResult run(DeltaPublishRequest request, Consumer<DeltaPublishEvent> events)
      throws IOException {
    repo.requireWritable();
    var made = new TreeSet<DeltaName>();
    DeltaPlan plan = plan(request.policy(), request.demand());
    // The size of each that is made tells more about the others, so they are planned again.
    for (Optional<Decision> next = next(plan, made); next.isPresent(); next = next(plan, made)) {
      events.accept(new DeltaPublishEvent.Making(next.get()));
      GenerateResult result = make(next.get().delta(), request.form(), events);
      made.add(next.get().delta());
      events.accept(
          new DeltaPublishEvent.Made(
              next.get().delta(),
              result.superblockSize() + result.partsSize() + result.fallbackSize()));
      plan = plan(request.policy(), request.demand());
    }
    var dropped = new TreeSet<DeltaName>();
    plan.of(Action.DROP).forEach(each -> dropped.add(each.delta()));
    new SummaryUpdate(repo).run(request.summary(), dropped);
    new DeltaRemoval(repo).delete(List.copyOf(dropped));
    return new DeltaPublishResult(plan, made);
  }

  private static Optional<Decision> next(DeltaPlan plan, TreeSet<DeltaName> made) {
    return plan.of(Action.MAKE).stream().filter(each -> !made.contains(each.delta())).findFirst();
  }

  private GenerateResult make(
      DeltaName name, DeltaPublishRequest.Form form, Consumer<DeltaPublishEvent> events)
      throws IOException {
    GenerateRequest.Form standard = GenerateRequest.Form.STANDARD;
    GenerateRequest request =
        GenerateRequest.of(name)
            .with(form.limits())
            .with(
                new GenerateRequest.Form(
                    standard.order(), standard.placement(), form.filter(), Optional.empty()))
            .signedBy(form.signers());
    return new Generate(repo, event -> events.accept(new DeltaPublishEvent.Progress(event)))
        .run(request);
  }

  /** The deltas that are there, with what a client downloads for each. */
  private SortedMap<DeltaName, Long> existing() throws IOException {
    var sizes = new TreeMap<DeltaName, Long>();
    for (DeltaName name : new DeltaListing(repo).all()) {
      Path file = repo.path().resolve(name.superblock());
      byte[] bytes = Files.readAllBytes(file);
      try {
        sizes.put(name, bytes.length + SuperblockFile.decode(bytes).superblock().downloadSize());
      } catch (DeltaException e) {
        throw new Failure(
            ErrorCode.DELTA_MALFORMED,
            "Static delta " + name + " cannot be read: " + e.getMessage(),
            "Delete it with 'static-delta delete', and run this again.",
            e);
      }
    }
    return sizes;
  }
}
