package dev.coppice.reposerver.mirror;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.repo.Repo;
import dev.coppice.reposerver.mirror.MirrorStatus.GoodRun;
import dev.coppice.reposerver.mirror.MirrorStatus.Transferred;
import dev.coppice.reposerver.observe.IoText;
import dev.coppice.transfer.mirror.ConfiguredMirror;
import dev.coppice.transfer.mirror.Mirror;
import dev.coppice.transfer.mirror.MirrorEvent;
import dev.coppice.transfer.mirror.MirrorReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One mirror and its thread, which runs it, waits, and runs it again until it is stopped. */
final class ScheduledMirror {
  private final Turns turns;
  private final Timing timing;
  private final Consumer<String> report;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private ConfiguredMirror mirror;
  private MirrorStatus status;
  private boolean stopping;
  private boolean publishing;

  /** Ends a run between bringing and publishing. */
  private static final class StoppedException extends RuntimeException {}

  ScheduledMirror(ConfiguredMirror mirror, Turns turns, Timing timing, Consumer<String> report) {
    this.mirror = mirror;
    this.turns = turns;
    this.timing = timing;
    this.report = report;
    this.status =
        MirrorStatus.fresh(mirror.name(), Instant.now().plus(timing.first(mirror.schedule())));
    // A platform thread: it makes system calls, which would pin the carrier of a virtual one.
    this.thread = Thread.ofPlatform().daemon().name("mirror-" + mirror.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** What is known now. */
  MirrorStatus status() {
    lock.lock();
    try {
      return status;
    } finally {
      lock.unlock();
    }
  }

  /** Takes another description from the next run on, whose time is found anew. */
  void replace(ConfiguredMirror other) {
    lock.lock();
    try {
      boolean sameTimes = other.schedule().equals(mirror.schedule());
      mirror = other;
      if (!sameTimes && !status.running() && status.good() + status.failed() > 0) {
        status = status.waiting(Instant.now().plus(next()));
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has no run start any more. What a run has brought so far it leaves for the next; one that is
   * publishing goes on, so that refs and summary are those of one moment.
   */
  void stop() {
    lock.lock();
    try {
      stopping = true;
      changed.signalAll();
      if (!publishing) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end of the thread. */
  boolean join(Duration most) throws InterruptedException {
    return thread.join(most);
  }

  private void run() {
    while (awaitDue()) {
      ConfiguredMirror now = begin();
      try (Turns.Turn _ = turns.take(now.repo())) {
        mirror(now);
      } catch (InterruptedException e) {
        stopped();
      }
    }
  }

  private boolean awaitDue() {
    lock.lock();
    try {
      while (!stopping) {
        long millis = Duration.between(Instant.now(), status.due()).toMillis();
        if (millis <= 0) {
          return true;
        }
        try {
          long _ = changed.awaitNanos(Duration.ofMillis(millis).toNanos());
        } catch (InterruptedException e) {
          return false; // only the end interrupts
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private ConfiguredMirror begin() {
    lock.lock();
    try {
      status = status.started(Instant.now());
      return mirror;
    } finally {
      lock.unlock();
    }
  }

  private void mirror(ConfiguredMirror now) {
    try (Repo repo = Repo.open(now.repo())) {
      MirrorReport done = new Mirror(repo).run(now.request(), this::heard);
      end(done);
    } catch (StoppedException e) {
      stopped();
    } catch (TreeException e) {
      failed(RunText.of(e));
    } catch (IOException e) {
      failed(IoText.of(e));
    } catch (RuntimeException e) {
      failed("Defect in Coppice: " + e);
    }
  }

  /** Beyond this point a run is not broken off. */
  private void heard(MirrorEvent event) {
    if (!(event instanceof MirrorEvent.Publishing)) {
      return;
    }
    lock.lock();
    try {
      if (stopping) {
        throw new StoppedException();
      }
      publishing = true;
    } finally {
      lock.unlock();
    }
  }

  private void end(MirrorReport done) {
    if (done.failed()) {
      failed(RunText.of(done), transferred(done));
      return;
    }
    lock.lock();
    try {
      publishing = false;
      status = status.succeeded(new GoodRun(Instant.now(), done.seconds()), transferred(done));
      status = status.waiting(Instant.now().plus(next()));
      report.accept("mirror " + mirror.name() + ": " + RunText.of(done));
    } finally {
      lock.unlock();
    }
  }

  private static Transferred transferred(MirrorReport done) {
    long bytes = 0;
    long refs = 0;
    for (MirrorReport.Upstream upstream : done.upstreams()) {
      bytes += upstream.transfer().bytes().orElse(0);
      refs += upstream.refs().size();
    }
    return new Transferred(bytes, refs);
  }

  private void failed(String why) {
    failed(why, Transferred.NOTHING);
  }

  private void failed(String why, Transferred transferred) {
    lock.lock();
    try {
      publishing = false;
      if (stopping) {
        stopped(); // the failure is the end itself
        return;
      }
      status = status.failed(transferred);
      Duration wait = next();
      status = status.waiting(Instant.now().plus(wait));
      report.accept(
          "error: mirror "
              + mirror.name()
              + ": "
              + why
              + "; failed "
              + RunText.count(status.failedInRow(), "time")
              + " in a row, next run in "
              + Math.max(1, wait.toSeconds())
              + " s");
    } finally {
      lock.unlock();
    }
  }

  private void stopped() {
    report.accept("mirror " + status().name() + ": stopped; what came is kept for the next run");
  }

  /** How long to wait after what has happened last. */
  private Duration next() {
    return status.failedInRow() == 0
        ? timing.afterSuccess(mirror.schedule())
        : timing.afterFailure(mirror.schedule(), status.failedInRow());
  }
}
