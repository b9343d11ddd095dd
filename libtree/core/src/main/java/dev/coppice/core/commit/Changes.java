package dev.coppice.core.commit;

import java.util.Optional;
import java.util.OptionalInt;

/** What is changed of owners, modes and attributes on the way from the sources to the tree. */
public record Changes(
    Owner owner,
    Optional<StatOverrides> statOverrides,
    Optional<SkipList> skipList,
    Optional<Labeling> labeling) {
  /** Nothing is changed. */
  public static final Changes NONE =
      new Changes(Owner.KEEP, Optional.empty(), Optional.empty(), Optional.empty());

  /** The owner that everything gets, where one is given. */
  public record Owner(OptionalInt uid, OptionalInt gid) {
    /** Owners stay as they are. */
    public static final Owner KEEP = new Owner(OptionalInt.empty(), OptionalInt.empty());

    boolean isKept() {
      return uid.isEmpty() && gid.isEmpty();
    }
  }
}
