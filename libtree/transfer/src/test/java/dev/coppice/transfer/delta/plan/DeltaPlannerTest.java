package dev.coppice.transfer.delta.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.plan.DeltaPlan.Action;
import dev.coppice.transfer.delta.plan.DeltaPlan.Decision;
import dev.coppice.transfer.delta.plan.DeltaPolicy.Channel;
import dev.coppice.transfer.mirror.RefSelection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeltaPlannerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final RefHistory OS = history("os/x86_64", 5, 4, 3, 2, 1);
  private static final RefHistory TESTING = history("testing/x86_64", 12, 11);

  private static Checksum commit(int number) {
    return Checksum.ofHex(String.format("%064x", number));
  }

  private static DeltaName delta(int from, int to) {
    return new DeltaName(from == 0 ? Optional.empty() : Optional.of(commit(from)), commit(to));
  }

  private static RefHistory history(String ref, Integer... commits) {
    return new RefHistory(
        ref, List.of(commits).stream().map(DeltaPlannerTest::commit).toList(), NOW.minus(DAY));
  }

  private static DeltaPolicy policy(int last, boolean scratch, long budget) {
    return new DeltaPolicy(
        RefSelection.ALL,
        last,
        scratch,
        List.of(),
        budget == 0 ? OptionalLong.empty() : OptionalLong.of(budget),
        DAY);
  }

  private static DeltaPlan plan(
      DeltaPolicy policy, Map<DeltaName, Long> existing, Demand demand, RefHistory... refs)
      throws IOException {
    var sorted = new TreeMap<DeltaName, Long>(Comparator.comparing(DeltaName::key));
    sorted.putAll(existing);
    // Each version changes 100 bytes; a whole tree has 1,000.
    DeltaPlanner.ObjectCost cost =
        (from, to) -> from.isEmpty() ? 1000 : 100L * Math.abs(number(to) - number(from.get()));
    return new DeltaPlanner(policy, NOW)
        .plan(new DeltaPlanner.State(List.of(refs), sorted, demand, cost));
  }

  private static int number(Checksum commit) {
    return commit.bytes()[Checksum.BYTES - 1];
  }

  @Test
  void theLastVersionsOfEachRef() throws IOException {
    DeltaPlan plan = plan(policy(2, true, 0), Map.of(), Demand.NONE, OS, TESTING);

    assertThat(plan.decisions())
        .extracting(Decision::action, Decision::delta, Decision::use)
        .containsExactlyInAnyOrder(
            tuple(Action.MAKE, delta(4, 5), "os/x86_64, 1 version behind"),
            tuple(Action.MAKE, delta(3, 5), "os/x86_64, 2 versions behind"),
            tuple(Action.MAKE, delta(0, 5), "os/x86_64, from scratch"),
            tuple(Action.MAKE, delta(11, 12), "testing/x86_64, 1 version behind"),
            tuple(Action.MAKE, delta(0, 12), "testing/x86_64, from scratch"));
    assertThat(plan.decisions()).allSatisfy(each -> assertThat(each.size().estimated()).isTrue());
  }

  @Test
  void channelsAndTheirMisspellings() throws IOException {
    var policy =
        new DeltaPolicy(
            RefSelection.ALL,
            0,
            false,
            List.of(Channel.parse("testing/x86_64=os/x86_64"), Channel.parse("no/such=os/x86_64")),
            OptionalLong.empty(),
            DAY);

    assertThat(plan(policy, Map.of(), Demand.NONE, OS, TESTING).decisions())
        .extracting(Decision::delta, Decision::use)
        .containsExactly(tuple(delta(12, 5), "testing/x86_64 to os/x86_64"));
    for (String wrong : List.of("a", "a=", "=a", "a=b=c", "a=a")) {
      assertThatThrownBy(() -> Channel.parse(wrong)).isInstanceOf(Failure.class);
    }
  }

  @Test
  void whatIsThereIsKeptOrGoes() throws IOException {
    Map<DeltaName, Long> existing =
        Map.of(delta(4, 5), 30L, delta(3, 4), 30L, delta(77, 78), 30L, delta(11, 12), 30L);
    var selected = RefSelection.parse(List.of("os/**"), List.of(), List.of());
    var policy =
        new DeltaPolicy(selected, 1, false, List.of(), OptionalLong.empty(), Duration.ofDays(2));

    assertThat(plan(policy, existing, Demand.NONE, OS, TESTING).decisions())
        .extracting(Decision::delta, Decision::action, Decision::use)
        .containsExactlyInAnyOrder(
            tuple(delta(4, 5), Action.KEEP, "os/x86_64, 1 version behind"),
            tuple(delta(3, 4), Action.KEEP, "until the grace time ends"),
            tuple(delta(11, 12), Action.KEEP, "of a ref not selected"),
            tuple(delta(77, 78), Action.DROP, "leads to no ref"));
    assertThat(plan(policy(1, false, 0), existing, Demand.NONE, OS, TESTING).of(Action.DROP))
        .extracting(Decision::delta)
        .containsExactlyInAnyOrder(delta(3, 4), delta(77, 78));
  }

  @Test
  void aBudgetGoesToWhatSavesMost() throws IOException {
    // By estimate 50 and 100 bytes; the second is for half as many clients.
    DeltaPlan plan = plan(policy(2, false, 120), Map.of(), Demand.NONE, OS);

    assertThat(plan.of(Action.MAKE)).extracting(Decision::delta).containsExactly(delta(4, 5));
    assertThat(plan.of(Action.OMIT)).extracting(Decision::delta).containsExactly(delta(3, 5));
    assertThat(plan.bytes()).isEqualTo(50);
  }

  @Test
  void measuredSizesReplaceEstimates() throws IOException {
    DeltaPlan plan = plan(policy(2, false, 120), Map.of(delta(4, 5), 20L), Demand.NONE, OS);

    // The one that is there takes a fifth of its objects; so will the other.
    assertThat(plan.of(Action.MAKE)).extracting(each -> each.size().bytes()).containsExactly(40L);
    assertThat(plan.of(Action.KEEP)).extracting(each -> each.size().bytes()).containsExactly(20L);
    // One that turned out too large for the budget goes again.
    assertThat(
            plan(policy(1, false, 120), Map.of(delta(4, 5), 121L), Demand.NONE, OS).of(Action.DROP))
        .extracting(Decision::use)
        .containsExactly("os/x86_64, 1 version behind: over the budget");
  }

  @Test
  void clientsThatWereFarBehindAreExpectedAgain() throws IOException {
    // Nearly everybody was three versions behind when 4 was new.
    var demand = new Demand(Map.of(delta(1, 4), 900L, delta(3, 4), 10L));
    DeltaPlan plan = plan(policy(4, false, 160), Map.of(), demand, OS);

    assertThat(plan.of(Action.MAKE)).extracting(Decision::delta).containsExactly(delta(2, 5));
    assertThat(plan.of(Action.MAKE).getFirst().share()).isBetween(0.9, 1.0);
  }
}
