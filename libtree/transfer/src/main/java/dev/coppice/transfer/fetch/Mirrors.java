package dev.coppice.transfer.fetch;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of several mirrors is asked first. Each is tried in turn until its speed is known; then the
 * quicker get more of the requests, and one that fails is left alone for a while. Safe for several
 * threads.
 */
final class Mirrors {
  private static final long PUT_ASIDE_NANOS = 30_000_000_000L;
  private static final double WEIGHT = 0.2;

  /** What is known of one mirror. */
  private static final class History {
    /** Average time of an answer; 0: none yet. */
    private double nanos;

    private int running;
    private long asideUntil;
    private boolean aside;

    synchronized void answered(long took) {
      nanos = nanos == 0 ? took : nanos * (1 - WEIGHT) + took * WEIGHT;
    }

    synchronized void failed(long now) {
      aside = true;
      asideUntil = now + PUT_ASIDE_NANOS;
    }

    synchronized void started() {
      running++;
    }

    synchronized void ended() {
      running--;
    }

    /** How long the next request would take here. */
    synchronized double expected() {
      return nanos * (running + 1);
    }

    synchronized boolean isAside(long now) {
      if (aside && now - asideUntil >= 0) {
        aside = false;
      }
      return aside;
    }
  }

  private final Map<URI, History> records = new ConcurrentHashMap<>();

  /** The mirrors, the one to ask first in front. */
  List<URI> order(List<URI> bases) {
    if (bases.size() == 1) {
      return bases;
    }
    long now = System.nanoTime();
    record Ranked(URI base, boolean aside, double expected) {}
    var ranked = new ArrayList<Ranked>();
    for (URI base : bases) {
      History history = history(base);
      ranked.add(new Ranked(base, history.isAside(now), history.expected()));
    }
    ranked.sort(Comparator.comparing(Ranked::aside).thenComparingDouble(Ranked::expected));
    return ranked.stream().map(Ranked::base).toList();
  }

  void started(URI base) {
    history(base).started();
  }

  void ended(URI base) {
    history(base).ended();
  }

  void answered(URI base, long nanos) {
    history(base).answered(nanos);
  }

  void failed(URI base) {
    history(base).failed(System.nanoTime());
  }

  private History history(URI base) {
    return records.computeIfAbsent(base, _ -> new History());
  }
}
