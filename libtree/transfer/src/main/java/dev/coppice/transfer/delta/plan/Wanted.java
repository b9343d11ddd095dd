package dev.coppice.transfer.delta.plan;

import dev.coppice.transfer.delta.DeltaName;

/**
 * A delta that a policy asks for.
 *
 * @param delta which one
 * @param role what it is for
 */
record Wanted(DeltaName delta, Role role) {
  /** What a delta is for. */
  sealed interface Role {
    /** What a reader is told. */
    String text();

    /** Machines that have an earlier version of the ref. */
    record Behind(String ref, int versions) implements Role {
      @Override
      public String text() {
        return ref + ", " + versions + (versions == 1 ? " version" : " versions") + " behind";
      }
    }

    /** Machines that come from another ref. */
    record Change(String from, String to) implements Role {
      @Override
      public String text() {
        return from + " to " + to;
      }
    }

    /** Machines that have nothing. */
    record Scratch(String ref) implements Role {
      @Override
      public String text() {
        return ref + ", from scratch";
      }
    }
  }
}
