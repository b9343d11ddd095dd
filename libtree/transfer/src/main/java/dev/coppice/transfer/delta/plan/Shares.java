package dev.coppice.transfer.delta.plan;

import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.plan.Wanted.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What part of a ref's clients will use a delta. Clients of the next version are expected to be as
 * far behind as those of earlier versions were, which the requests for earlier deltas tell; what is
 * not known yet is assumed: half of the clients are one version behind, a quarter two, and so on.
 */
final class Shares {
  /** Requests that the assumption weighs as much as. */
  private static final double ASSUMED = 20;

  private static final double ASSUMED_SCRATCH = 1.0 / 16;
  private static final double ASSUMED_CHANGE = 1.0 / 8;

  private final Map<Role, Long> counts = new HashMap<>();
  private final Map<String, Long> totals = new HashMap<>();

  Shares(List<RefHistory> histories, Demand demand) {
    var refs = new HashMap<Checksum, RefHistory>();
    for (RefHistory history : histories) {
      history.commits().forEach(commit -> refs.putIfAbsent(commit, history));
    }
    demand.requests().forEach((delta, count) -> add(refs, delta, count));
  }

  private void add(Map<Checksum, RefHistory> refs, DeltaName delta, long count) {
    RefHistory to = refs.get(delta.to());
    if (to == null) {
      return; // Of a ref that is gone, or older than what is kept: nothing is learned from it.
    }
    Role role;
    if (delta.from().isEmpty()) {
      role = new Role.Scratch(to.ref());
    } else {
      int distance = to.commits().indexOf(delta.from().get()) - to.commits().indexOf(delta.to());
      RefHistory from = refs.get(delta.from().get());
      if (to.commits().contains(delta.from().get()) && distance > 0) {
        role = new Role.Behind(to.ref(), distance);
      } else if (from != null && !from.equals(to)) {
        role = new Role.Change(from.ref(), to.ref());
      } else {
        return;
      }
    }
    counts.merge(role, count, Long::sum);
    totals.merge(to.ref(), count, Long::sum);
  }

  /** The share of a role among the clients of its ref, from 0 to 1. */
  double of(Role role) {
    double total = totals.getOrDefault(ref(role), 0L) + ASSUMED;
    return (counts.getOrDefault(role, 0L) + ASSUMED * assumed(role)) / total;
  }

  private static String ref(Role role) {
    return switch (role) {
      case Role.Behind(String ref, int _) -> ref;
      case Role.Change(String _, String to) -> to;
      case Role.Scratch(String ref) -> ref;
    };
  }

  private static double assumed(Role role) {
    return switch (role) {
      case Role.Behind(String _, int versions) -> Math.scalb(1.0, -versions);
      case Role.Change _ -> ASSUMED_CHANGE;
      case Role.Scratch _ -> ASSUMED_SCRATCH;
    };
  }
}
