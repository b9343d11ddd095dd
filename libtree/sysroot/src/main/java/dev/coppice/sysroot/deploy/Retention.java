package dev.coppice.sysroot.deploy;

import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.SysrootState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which deployments stay when one is added, and where it goes. Source: {@code
 * ostree_sysroot_simple_write_deployment}.
 *
 * @param keep what stays besides the booted one, the one whose /etc was taken over, pinned ones and
 *     those of other stateroots
 * @param position where the new one goes
 */
public record Retention(Set<Keep> keep, Position position) {
  /** Only what always stays; the new one becomes the default. */
  public static final Retention DEFAULT = new Retention(Set.of(), Position.FIRST);

  /** Groups of deployments to keep. */
  public enum Keep {
    /** All. */
    ALL,
    /** Those before the booted one, or before the one whose /etc was taken over. */
    PENDING,
    /** Those after it. */
    ROLLBACK
  }

  /** Places of a new deployment. */
  public enum Position {
    /** It boots by default. */
    FIRST,
    /** Right after the booted one, or after the one whose /etc was taken over; else last. */
    AFTER_BOOTED
  }

  /** Copies the set. */
  public Retention {
    keep = Set.copyOf(keep);
  }

  /** The new list. */
  List<Deployment> list(SysrootState state, Deployment added, Optional<Deployment> merge) {
    var list = new ArrayList<Deployment>();
    boolean placed = position == Position.FIRST;
    if (placed) {
      list.add(added);
    }
    // Without anything to be before or after of, nobody can say what is pending.
    boolean all =
        keep.contains(Keep.ALL) || state.booted().isEmpty() && merge.isEmpty() && !keep.isEmpty();
    boolean passed = false;
    for (Deployment each : state.deployments()) {
      boolean booted = state.isBooted(each);
      boolean merged = merge.filter(other -> other.name().equals(each.name())).isPresent();
      passed |= state.booted().isPresent() ? booted : merged;
      if (all
          || booted
          || merged
          || each.isPinned()
          || !each.name().stateroot().equals(added.name().stateroot())
          || keep.contains(passed ? Keep.ROLLBACK : Keep.PENDING)) {
        list.add(each);
      }
      if (!placed && passed) {
        list.add(added);
        placed = true;
      }
    }
    if (!placed) {
      list.add(added);
    }
    return list;
  }
}
