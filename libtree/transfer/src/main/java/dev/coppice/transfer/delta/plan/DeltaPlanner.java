package dev.coppice.transfer.delta.plan;

import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.plan.DeltaPlan.Action;
import dev.coppice.transfer.delta.plan.DeltaPlan.Decision;
import dev.coppice.transfer.delta.plan.DeltaPlan.Size;
import dev.coppice.transfer.delta.plan.Wanted.Role;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which deltas a repository should have. With a budget, those that save clients the most
 * for the space that they take come first. The same state always gives the same plan.
 */
public final class DeltaPlanner {
  /** What a delta takes of the objects that it replaces, as long as none is there to tell. */
  private static final double ASSUMED_RATIO = 0.5;

  /** The same for one from scratch, which only compresses better than loose objects do. */
  private static final double ASSUMED_SCRATCH_RATIO = 0.85;

  private final DeltaPolicy policy;
  private final Instant now;

  /**
   * What there is.
   *
   * @param histories of the refs that there are, whether a policy selects them or not
   * @param existing deltas that are there, with the bytes that a client downloads
   * @param demand what clients asked for so far
   * @param objects what loose objects cost instead
   */
  public record State(
      List<RefHistory> histories,
      SortedMap<DeltaName, Long> existing,
      Demand demand,
      ObjectCost objects) {}

  /** What a client downloads without a delta. */
  @FunctionalInterface
  public interface ObjectCost {
    /**
     * Bytes of the loose objects of a commit that another one lacks.
     *
     * @param from what the client has, if anything
     */
    long bytes(Optional<Checksum> from, Checksum to) throws IOException;
  }

  /** A delta that is weighed. */
  private record Weighed(Wanted wanted, Size size, long saves, double share) {
    /** What a byte of space saves. */
    double worth() {
      return share * saves / Math.max(1, size.bytes());
    }
  }

  /** A planner of a policy, at a time. */
  public DeltaPlanner(DeltaPolicy policy, Instant now) {
    this.policy = policy;
    this.now = now;
  }

  /** Decides about every delta that is there or wanted. */
  public DeltaPlan plan(State state) throws IOException {
    Map<DeltaName, Wanted> wanted = wanted(state.histories());
    List<Weighed> weighed = weigh(wanted, state);
    var decisions = new ArrayList<Decision>();
    var dropped = new ArrayList<Decision>();
    long left = policy.budget().orElse(Long.MAX_VALUE);
    for (Weighed each : weighed) {
      boolean there = state.existing().containsKey(each.wanted().delta());
      boolean fits = each.size().bytes() <= left;
      if (fits) {
        left -= each.size().bytes();
        decisions.add(decision(each, there ? Action.KEEP : Action.MAKE, text(each)));
      } else {
        String reason = text(each) + ": over the budget";
        dropped.add(decision(each, there ? Action.DROP : Action.OMIT, reason));
      }
    }
    addOthers(state, wanted, decisions, dropped);
    decisions.addAll(dropped);
    return new DeltaPlan(decisions);
  }

  private static String text(Weighed weighed) {
    return weighed.wanted().role().text();
  }

  private static Decision decision(Weighed weighed, Action action, String use) {
    return new Decision(
        weighed.wanted().delta(), action, use, weighed.size(), weighed.saves(), weighed.share());
  }

  /** The deltas that the policy asks for; one that has two uses stands for the first. */
  private Map<DeltaName, Wanted> wanted(List<RefHistory> histories) {
    var wanted = new LinkedHashMap<DeltaName, Wanted>();
    var tips = new HashMap<String, Checksum>();
    histories.forEach(history -> tips.put(history.ref(), history.tip()));
    for (RefHistory history : histories) {
      if (policy.refs().selects(history.ref())) {
        int last = Math.min(policy.last(), history.commits().size() - 1);
        for (int behind = 1; behind <= last; behind++) {
          Optional<Checksum> from = Optional.of(history.commits().get(behind));
          add(wanted, from, history.tip(), new Role.Behind(history.ref(), behind));
        }
        if (policy.fromScratch()) {
          add(wanted, Optional.empty(), history.tip(), new Role.Scratch(history.ref()));
        }
      }
    }
    for (DeltaPolicy.Channel channel : policy.channels()) {
      Checksum from = tips.get(channel.from());
      Checksum to = tips.get(channel.to());
      if (from != null && to != null && !from.equals(to)) {
        add(wanted, Optional.of(from), to, new Role.Change(channel.from(), channel.to()));
      }
    }
    return wanted;
  }

  private static void add(
      Map<DeltaName, Wanted> wanted, Optional<Checksum> from, Checksum to, Role role) {
    var delta = new DeltaName(from, to);
    wanted.putIfAbsent(delta, new Wanted(delta, role));
  }

  private List<Weighed> weigh(Map<DeltaName, Wanted> wanted, State state) throws IOException {
    var costs = new LinkedHashMap<Wanted, Long>();
    for (Wanted each : wanted.values()) {
      costs.put(each, state.objects().bytes(each.delta().from(), each.delta().to()));
    }
    double ratio = ratio(costs, state.existing());
    var shares = new Shares(state.histories(), state.demand());
    var weighed = new ArrayList<Weighed>();
    costs.forEach(
        (each, cost) -> {
          Size size = size(each.delta(), cost, ratio, state.existing());
          long saves = Math.max(0, cost - size.bytes());
          weighed.add(new Weighed(each, size, saves, shares.of(each.role())));
        });
    weighed.sort(
        Comparator.comparingDouble(Weighed::worth)
            .reversed()
            .thenComparing(each -> each.wanted().delta().key()));
    return weighed;
  }

  private static Size size(
      DeltaName delta, long cost, double ratio, SortedMap<DeltaName, Long> existing) {
    @Nullable Long there = existing.get(delta);
    double expected = delta.from().isEmpty() ? ASSUMED_SCRATCH_RATIO : ratio;
    return there == null ? new Size((long) (cost * expected), true) : new Size(there, false);
  }

  /** What deltas that are there take of the objects that they replace. */
  private static double ratio(Map<Wanted, Long> costs, SortedMap<DeltaName, Long> existing) {
    long objects = 0;
    long deltas = 0;
    for (Map.Entry<Wanted, Long> each : costs.entrySet()) {
      DeltaName delta = each.getKey().delta();
      @Nullable Long size = existing.get(delta);
      if (size != null && delta.from().isPresent()) {
        objects += each.getValue();
        deltas += size;
      }
    }
    return objects == 0 ? ASSUMED_RATIO : Math.min(1, (double) deltas / objects);
  }

  /** Deltas that are there and that nobody asks for. */
  private void addOthers(
      State state, Map<DeltaName, Wanted> wanted, List<Decision> kept, List<Decision> dropped) {
    for (Map.Entry<DeltaName, Long> each : state.existing().entrySet()) {
      DeltaName delta = each.getKey();
      if (!wanted.containsKey(delta)) {
        Size size = new Size(each.getValue(), false);
        Optional<RefHistory> ref = refOf(state.histories(), delta.to());
        boolean recent = ref.isPresent() && now.isBefore(ref.get().since().plus(policy.grace()));
        // A ref that the policy does not select may have deltas that somebody makes by hand.
        boolean foreign = ref.isPresent() && !policy.refs().selects(ref.get().ref());
        if (foreign) {
          kept.add(new Decision(delta, Action.KEEP, "of a ref not selected", size, 0, 0));
        } else if (recent) {
          kept.add(new Decision(delta, Action.KEEP, "until the grace time ends", size, 0, 0));
        } else {
          String reason = ref.isPresent() ? "not wanted any more" : "leads to no ref";
          dropped.add(new Decision(delta, Action.DROP, reason, size, 0, 0));
        }
      }
    }
  }

  private static Optional<RefHistory> refOf(List<RefHistory> histories, Checksum commit) {
    return histories.stream().filter(each -> each.commits().contains(commit)).findFirst();
  }
}
