package dev.coppice.testdata.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Which request meets which fault. Safe for several threads. */
final class FaultScript {
  private final Map<String, Deque<Fault>> queued = new HashMap<>();
  private Fault always = new Fault.None();
  private Random random = new Random(0);
  private int perMille;
  private List<Fault> chosen = List.of();

  synchronized void queue(String path, List<Fault> faults) {
    queued.computeIfAbsent(path, _ -> new ArrayDeque<>()).addAll(faults);
  }

  synchronized void always(Fault fault) {
    always = fault;
  }

  synchronized void randomly(long seed, int rate, List<Fault> faults) {
    random = new Random(seed);
    perMille = rate;
    chosen = faults;
  }

  synchronized Fault next(String path) {
    Deque<Fault> own = queued.get(path);
    if (own != null && !own.isEmpty()) {
      return own.remove();
    }
    if (perMille > 0 && random.nextInt(1000) < perMille) {
      return chosen.get(random.nextInt(chosen.size()));
    }
    return always;
  }
}
