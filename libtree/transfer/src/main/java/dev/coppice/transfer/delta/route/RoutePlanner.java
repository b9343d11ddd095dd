package dev.coppice.transfer.delta.route;

import dev.coppice.core.object.Checksum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cheapest way from the commits that are here to another one: the shortest path in a
 * graph whose nodes are commits and whose edges are deltas. Deltas from scratch start anywhere. Of
 * ways of the same cost the one of fewer deltas is taken, then the first by name, so that the same
 * offers always lead to the same way.
 */
public final class RoutePlanner {
  /** Chains are no longer than this: what is made in between is stored as well. */
  public static final int MOST_DELTAS = 8;

  private static final Comparator<Route> ORDER =
      Comparator.comparingLong(Route::cost)
          .thenComparingInt((Route route) -> route.deltas().size())
          .thenComparing(route -> route.deltas().toString());

  private record Reached(Checksum commit, Route route) {}

  private RoutePlanner() {}

  /**
   * The cheapest way.
   *
   * @param target the commit to get to
   * @param here commits that are here, whole
   * @param offers deltas; of several of one name the cheapest counts
   * @param loose cost of the objects one by one; empty: unknown, and more than any delta
   */
  public static Route cheapest(
      Checksum target, Set<Checksum> here, Collection<Offer> offers, OptionalLong loose) {
    var objects = new Route(List.of(), loose.orElse(Long.MAX_VALUE));
    Route best = byDeltas(target, here, offers);
    return best != null && (loose.isEmpty() || best.cost() <= objects.cost()) ? best : objects;
  }

  private static @Nullable Route byDeltas(
      Checksum target, Set<Checksum> here, Collection<Offer> offers) {
    var from = new HashMap<Checksum, List<Offer>>();
    var queue = new PriorityQueue<>(Comparator.comparing(Reached::route, ORDER));
    for (Offer offer : offers) {
      boolean start = offer.name().from().filter(commit -> !here.contains(commit)).isEmpty();
      if (start) {
        queue.add(new Reached(offer.name().to(), new Route(List.of(offer.name()), offer.cost())));
      } else {
        from.computeIfAbsent(offer.name().from().orElseThrow(), _ -> new ArrayList<>()).add(offer);
      }
    }
    var done = new HashSet<Checksum>();
    for (Reached next = queue.poll(); next != null; next = queue.poll()) {
      if (next.commit().equals(target)) {
        return next.route();
      }
      if (done.add(next.commit()) && next.route().deltas().size() < MOST_DELTAS) {
        for (Offer offer : from.getOrDefault(next.commit(), List.of())) {
          queue.add(new Reached(offer.name().to(), extended(next.route(), offer)));
        }
      }
    }
    return null;
  }

  private static Route extended(Route route, Offer offer) {
    var deltas = new ArrayList<>(route.deltas());
    deltas.add(offer.name());
    long cost =
        offer.cost() > Long.MAX_VALUE - route.cost() ? Long.MAX_VALUE : route.cost() + offer.cost();
    return new Route(deltas, cost);
  }
}
