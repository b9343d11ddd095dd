package dev.coppice.reposerver.delta;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.Repo;
import dev.coppice.reposerver.observe.IoText;
import dev.coppice.transfer.delta.plan.ConfiguredDeltas;
import dev.coppice.transfer.delta.plan.DeltaPlan;
import dev.coppice.transfer.delta.plan.DeltaPublish;
import dev.coppice.transfer.delta.plan.DeltaPublishEvent;
import dev.coppice.transfer.delta.plan.DeltaPublishResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The deltas of one section. One thread works; any thread may ask for the status. */
final class KeptDeltas {
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(15);
  private static final int MOST_DOUBLINGS = 10;

  private final Consumer<String> report;
  private volatile ConfiguredDeltas wanted;
  private volatile DeltaStatus status;
  private Instant due = Instant.EPOCH;

  /** The refs that the deltas are up to date with. */
  private SortedMap<RefSpec, Checksum> done = new java.util.TreeMap<>();

  private boolean doneOnce;

  /** Ends a run between two deltas. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  KeptDeltas(ConfiguredDeltas wanted, Consumer<String> report) {
    this.wanted = wanted;
    this.report = report;
    this.status = DeltaStatus.fresh(wanted.name());
  }

  ConfiguredDeltas wanted() {
    return wanted;
  }

  DeltaStatus status() {
    return status;
  }

  /** Takes another description; the deltas are brought up to date with it in any case. */
  void replace(ConfiguredDeltas other) {
    synchronized (this) {
      if (!other.equals(wanted)) {
        doneOnce = false;
      }
    }
    wanted = other;
  }

  Instant due() {
    return due;
  }

  /**
   * Looks whether refs have moved, and brings the deltas up to date if they have.
   *
   * @param stopping whether no further delta is to be made
   */
  void look(BooleanSupplier stopping) {
    ConfiguredDeltas now = wanted;
    due = Instant.now().plus(now.check());
    try (Repo repo = Repo.open(now.repo())) {
      SortedMap<RefSpec, Checksum> refs = repo.refs().list(RefPrefix.LOCAL);
      if (isDone(refs)) {
        return;
      }
      status = status.started();
      DeltaPublishResult result =
          new DeltaPublish(repo).run(now.request(), event -> heard(event, stopping));
      status = status.succeeded(Instant.now(), result.made().size(), result.plan().bytes());
      remember(refs, now);
      report.accept("deltas " + now.name() + ": " + text(result));
    } catch (StoppedException e) {
      status = status.ended();
      report.accept("deltas " + now.name() + ": stopped; what was made is kept");
    } catch (TreeException e) {
      String next = e.nextStep().isEmpty() ? "" : ": " + e.nextStep();
      failed(e.getMessage() + " [" + e.code().id() + "]" + next);
    } catch (IOException e) {
      failed(IoText.of(e));
    } catch (OutOfMemoryError e) {
      failed("out of memory; allow it more, for example with COPPICE_JAVA_OPTIONS=-Xmx2g");
    } catch (RuntimeException e) {
      failed("Defect in Coppice: " + e);
    }
  }

  private synchronized boolean isDone(Map<RefSpec, Checksum> refs) {
    return doneOnce && refs.equals(done);
  }

  private synchronized void remember(SortedMap<RefSpec, Checksum> refs, ConfiguredDeltas with) {
    done = refs;
    doneOnce = with.equals(wanted);
  }

  private static void heard(DeltaPublishEvent event, BooleanSupplier stopping) {
    if (event instanceof DeltaPublishEvent.Making && stopping.getAsBoolean()) {
      throw new StoppedException();
    }
  }

  private static String text(DeltaPublishResult result) {
    int dropped = result.plan().of(DeltaPlan.Action.DROP).size();
    return result.made().size()
        + " made, "
        + dropped
        + " deleted, "
        + result.plan().of(DeltaPlan.Action.KEEP).size()
        + " there with "
        + result.plan().bytes()
        + " bytes";
  }

  private void failed(String why) {
    status = status.failedOnce();
    Duration wait =
        FIRST_RETRY.multipliedBy(1L << Math.min(status.failedInRow() - 1, MOST_DOUBLINGS));
    wait = wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY;
    due = Instant.now().plus(wait);
    report.accept(
        "error: deltas " + status.name() + ": " + why + "; next run in " + wait.toSeconds() + " s");
  }
}
