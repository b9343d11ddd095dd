package dev.coppice.core.prune;

/** Progress of a prune. Events come from one thread at a time. */
public sealed interface PruneEvent {
  /**
   * A root and what it reaches has been marked.
   *
   * @param done roots done
   * @param total roots there are
   */
  record Marked(int done, int total) implements PruneEvent {}

  /**
   * A directory of objects has been swept.
   *
   * @param done directories done
   * @param total directories there are
   */
  record Swept(int done, int total) implements PruneEvent {}
}
