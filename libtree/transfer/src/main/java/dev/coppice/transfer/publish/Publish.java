package dev.coppice.transfer.publish;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.RepoLock;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.transfer.publish.PublishFile.Kind;
import dev.coppice.transfer.publish.PublishReport.Amount;
import dev.coppice.transfer.publish.PublishRequest.Option;
import dev.coppice.transfer.summary.BridgeSignatures;
import dev.coppice.transfer.summary.Summary;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Publishes a repository. */
public final class Publish {
  private static final double NANOS = 1e9;

  private final Repo repo;
  private final PublishTarget target;
  private final InstantSource clock;

  /** From a repository to a target; both stay the caller's. */
  public Publish(Repo repo, PublishTarget target) {
    this(repo, target, InstantSource.system());
  }

  /** With another clock, for grace times. */
  public Publish(Repo repo, PublishTarget target, InstantSource clock) {
    this.repo = repo;
    this.target = target;
    this.clock = clock;
  }

  /**
   * Publishes. What was copied before a failure stays, and the next time is not copied again.
   *
   * @throws Failure with {@link ErrorCode#REPO_UNSUITABLE} when the repository cannot be served, or
   *     the target has something else than a published repository
   */
  public PublishReport run(PublishRequest request, Consumer<PublishEvent> events)
      throws IOException {
    long start = System.nanoTime();
    // Others may add to the repository meanwhile, but not prune it.
    try (RepoLock ignored = repo.lock(RepoLock.Kind.SHARED)) {
      requirePublished();
      SourceFiles source = SourceFiles.of(repo);
      PublishPlan plan = PublishPlan.of(source, target, events);
      long files = plan.amounts().values().stream().mapToLong(Amount::files).sum();
      long bytes = plan.amounts().values().stream().mapToLong(Amount::bytes).sum();
      events.accept(new PublishEvent.Planned(files, bytes));
      boolean dryRun = request.asks(Option.DRY_RUN);
      if (!dryRun) {
        copy(plan, request, events);
      }
      var deletion = new Deletion(plan, request);
      if (request.asks(Option.DELETE)) {
        deletion.run(dryRun, events);
      }
      return new PublishReport(
          dryRun,
          target.name(),
          plan.amounts(),
          plan.unchanged(),
          deletion.deleted,
          deletion.waiting,
          (System.nanoTime() - start) / NANOS);
    }
  }

  /** Nobody's home directory must become a repository by a typing error, or be cleaned of files. */
  private void requirePublished() throws IOException {
    Optional<byte[]> config = target.read(RepoLayout.CONFIG);
    boolean suits;
    if (config.isPresent()) {
      try {
        String text = new String(config.get(), StandardCharsets.UTF_8);
        String mode = KeyFile.parse(text, RepoLayout.CONFIG).string("core", "mode").orElse("");
        suits = mode.equals("archive-z2") || mode.equals("archive");
      } catch (TreeException e) {
        suits = false;
      }
    } else {
      // A first copy that broke off has objects, but no refs yet.
      suits = target.list("refs").isEmpty();
    }
    if (!suits) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          target.name() + " holds something else than a published repository",
          "Publish to a place that is empty, or that was published to before.");
    }
  }

  private void copy(PublishPlan plan, PublishRequest request, Consumer<PublishEvent> events)
      throws IOException {
    for (Kind kind : Kind.values()) {
      if (kind == Kind.CONFIG) {
        target.flush(); // Nothing may lead to what a power cut could take away.
      }
      if (kind == Kind.SUMMARY) {
        copySummary(plan.missing(kind), request, events);
      } else {
        put(plan.missing(kind), events);
      }
    }
    target.flush();
  }

  private void put(List<PublishFile> files, Consumer<PublishEvent> events) throws IOException {
    if (!files.isEmpty()) {
      target.put(files, file -> events.accept(new PublishEvent.Copied(file.kind(), file.size())));
    }
  }

  /** As {@link dev.coppice.transfer.summary.SummaryFiles} does in a repository. */
  private void copySummary(
      List<PublishFile> files, PublishRequest request, Consumer<PublishEvent> events)
      throws IOException {
    Optional<PublishFile> signature =
        files.stream().filter(file -> file.path().equals(Summary.SIGNATURE_FILE)).findFirst();
    Optional<byte[]> old = target.read(Summary.SIGNATURE_FILE);
    if (signature.isPresent() && old.isPresent() && !request.settle().isZero()) {
      byte[] fresh = signature.get().open().readAllBytes();
      Optional<byte[]> bridge = BridgeSignatures.between(old.get(), fresh);
      if (bridge.isPresent()) {
        target.put(
            List.of(PublishFile.of(Summary.SIGNATURE_FILE, Kind.SUMMARY, bridge.get())),
            file -> {});
        pause(request);
      }
    }
    for (PublishFile file : files) {
      put(List.of(file), events); // In the order of their names: each before its signature.
    }
    boolean signed = repo.path().resolve(Summary.SIGNATURE_FILE).toFile().exists();
    if (!signed && old.isPresent()) {
      target.delete(List.of(Summary.SIGNATURE_FILE)); // It fits the old summary only.
    }
  }

  private static void pause(PublishRequest request) throws InterruptedIOException {
    try {
      Thread.sleep(request.settle());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Deletes what is gone, when its time is over. */
  private final class Deletion {
    private final PublishPlan plan;
    private final PublishRequest request;
    private Amount deleted = Amount.NOTHING;
    private long waiting;

    Deletion(PublishPlan plan, PublishRequest request) {
      this.plan = plan;
      this.request = request;
    }

    void run(boolean dryRun, Consumer<PublishEvent> events) throws IOException {
      Map<String, Long> sizes = plan.gone();
      Instant now = clock.instant();
      GonePaths gone = GonePaths.load(repo, target.name());
      gone.update(sizes.keySet(), now);
      if (!dryRun) {
        gone.save();
      }
      for (List<String> paths : gone.due(request.grace(), now)) {
        if (!paths.isEmpty() && !dryRun) {
          events.accept(new PublishEvent.Deleting(paths.size()));
          target.delete(paths);
        }
        for (String path : paths) {
          deleted = deleted.and(sizes.getOrDefault(path, 0L));
        }
        gone.forget(paths);
        if (!dryRun) {
          gone.save();
        }
      }
      waiting = gone.size();
    }
  }
}
