package dev.coppice.transfer.mirror;

import dev.coppice.transfer.pull.PullEvent;
import java.time.Duration;

/** Progress of a mirror run. Events of one kind may come from several threads. */
public sealed interface MirrorEvent {
  /**
   * A remote has told what it has.
   *
   * @param selected refs that are mirrored
   * @param all refs that it has
   */
  record Selected(String remote, int selected, int all) implements MirrorEvent {}

  /** A remote's objects are being brought over. */
  record Pulling(String remote, PullEvent event) implements MirrorEvent {}

  /** Static deltas are being brought over. */
  record CopyingDeltas(String remote, int deltas) implements MirrorEvent {}

  /**
   * Objects have been looked at before they are published.
   *
   * @param done objects so far
   * @param total objects there are
   */
  record Verified(long done, long total) implements MirrorEvent {}

  /** Refs and summary are being switched, which takes this long at least. */
  record Publishing(Duration settle) implements MirrorEvent {}

  /** What nobody needs is being looked for and deleted. */
  record Sweeping() implements MirrorEvent {}
}
