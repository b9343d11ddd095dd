package dev.coppice.transfer.delta.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.DeltaName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutePlannerTest {
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  private static Checksum commit(int number) {
    return Checksum.sha256(new byte[] {(byte) number});
  }

  private static DeltaName name(int from, int to) {
    return DeltaName.between(commit(from), commit(to));
  }

  private static Offer offer(int from, int to, long bytes) {
    return new Offer(name(from, to), bytes, 1);
  }

  private static Route cheapest(int target, int here, OptionalLong loose, Offer... offers) {
    return RoutePlanner.cheapest(commit(target), Set.of(commit(here)), List.of(offers), loose);
  }

  @Test
  void oneDelta() {
    Route route = cheapest(2, 1, UNKNOWN, offer(1, 2, 100), offer(0, 2, 1), offer(2, 1, 1));
    assertThat(route.deltas()).containsExactly(name(1, 2));
    assertThat(route.cost()).isEqualTo(100 + Offer.PER_REQUEST);
  }

  @Test
  void aChainWhereItIsCheaper() {
    Offer[] offers = {offer(1, 2, 10_000), offer(2, 3, 10_000), offer(1, 3, 30_000)};
    assertThat(cheapest(3, 1, UNKNOWN, offers).deltas()).containsExactly(name(1, 2), name(2, 3));
    offers[2] = offer(1, 3, 21_000);
    assertThat(cheapest(3, 1, UNKNOWN, offers).deltas()).containsExactly(name(1, 3));
  }

  @Test
  void aChainWhereNothingElseLeads() {
    Route route =
        cheapest(5, 1, UNKNOWN, offer(4, 5, 1), offer(3, 4, 1), offer(2, 3, 1), offer(1, 2, 1));
    assertThat(route.deltas()).containsExactly(name(1, 2), name(2, 3), name(3, 4), name(4, 5));
  }

  @Test
  void objectsWhereTheyAreCheaper() {
    assertThat(cheapest(2, 1, OptionalLong.of(50_000), offer(1, 2, 60_000)).isLoose()).isTrue();
    assertThat(cheapest(2, 1, OptionalLong.of(70_000), offer(1, 2, 60_000)).isLoose()).isFalse();
    assertThat(cheapest(2, 1, UNKNOWN, offer(3, 2, 1)).isLoose()).isTrue();
    assertThat(cheapest(2, 1, UNKNOWN).isLoose()).isTrue();
  }

  @Test
  void fromScratch() {
    var scratch = new Offer(DeltaName.fromScratch(commit(2)), 500_000, 20);
    assertThat(cheapest(2, 9, UNKNOWN, scratch).deltas()).containsExactly(scratch.name());
    assertThat(cheapest(2, 1, UNKNOWN, scratch, offer(1, 2, 100)).deltas())
        .containsExactly(name(1, 2));
    Route over = cheapest(3, 9, UNKNOWN, scratch, offer(2, 3, 100));
    assertThat(over.deltas()).containsExactly(scratch.name(), name(2, 3));
  }

  @Test
  void requestsCost() {
    var many = new Offer(name(1, 2), 1_000, 1_000);
    var few = new Offer(name(0, 2), 1_000_000, 2);
    Route route =
        RoutePlanner.cheapest(commit(2), Set.of(commit(0), commit(1)), List.of(many, few), UNKNOWN);
    assertThat(route.deltas()).containsExactly(few.name());
  }

  @Test
  void circlesAndLongChainsEnd() {
    assertThat(cheapest(9, 1, UNKNOWN, offer(1, 2, 1), offer(2, 3, 1), offer(3, 2, 1)).isLoose())
        .isTrue();
    var chain = new ArrayList<Offer>();
    for (int i = 1; i <= RoutePlanner.MOST_DELTAS + 1; i++) {
      chain.add(offer(i, i + 1, 1));
    }
    int end = RoutePlanner.MOST_DELTAS + 1;
    Offer[] offers = chain.toArray(Offer[]::new);
    assertThat(cheapest(end, 1, UNKNOWN, offers).deltas()).hasSize(RoutePlanner.MOST_DELTAS);
    assertThat(cheapest(end + 1, 1, UNKNOWN, offers).isLoose()).isTrue();
  }

  @Test
  void hugeCostsDoNotOverflow() {
    long huge = Long.MAX_VALUE - 1;
    Route route = cheapest(3, 1, UNKNOWN, offer(1, 2, huge), offer(2, 3, huge));
    assertThat(route.cost()).isEqualTo(Long.MAX_VALUE);
    assertThat(cheapest(3, 1, OptionalLong.of(5), offer(1, 2, huge), offer(2, 3, 1)).isLoose())
        .isTrue();
  }

  /** Against the plainest search there is: all ways. */
  @Test
  void noWayIsCheaper() {
    var random = new Random(42);
    for (int round = 0; round < 300; round++) {
      var offers = new ArrayList<Offer>();
      for (int from = 0; from < 6; from++) {
        for (int to = 0; to < 6; to++) {
          if (from != to && random.nextInt(3) == 0) {
            offers.add(offer(from, to, random.nextInt(20_000)));
          }
        }
      }
      Route found = RoutePlanner.cheapest(commit(5), Set.of(commit(0)), offers, UNKNOWN);
      long best = cheapestOf(commit(0), commit(5), offers, List.of());
      assertThat(found.isLoose()).isEqualTo(best == Long.MAX_VALUE);
      if (!found.isLoose()) {
        assertThat(found.cost()).isEqualTo(best);
      }
      Collections.shuffle(offers, random);
      assertThat(RoutePlanner.cheapest(commit(5), Set.of(commit(0)), offers, UNKNOWN))
          .isEqualTo(found);
    }
  }

  private static long cheapestOf(
      Checksum at, Checksum target, List<Offer> offers, List<Checksum> seen) {
    if (at.equals(target)) {
      return 0;
    }
    long best = Long.MAX_VALUE;
    for (Offer offer : offers) {
      if (offer.name().from().orElseThrow().equals(at) && !seen.contains(offer.name().to())) {
        var next = new ArrayList<>(seen);
        next.add(at);
        long rest = cheapestOf(offer.name().to(), target, offers, next);
        if (rest != Long.MAX_VALUE) {
          best = Math.min(best, offer.cost() + rest);
        }
      }
    }
    return best;
  }
}
