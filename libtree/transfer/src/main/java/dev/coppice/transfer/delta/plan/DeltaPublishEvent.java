package dev.coppice.transfer.delta.plan;

import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.generate.GenerateEvent;

/** What happens while deltas are brought up to date. */
public sealed interface DeltaPublishEvent {
  /** A delta is going to be made. */
  record Making(DeltaPlan.Decision decision) implements DeltaPublishEvent {}

  /** Something happened while it is being made; told on any thread, one at a time. */
  record Progress(GenerateEvent event) implements DeltaPublishEvent {}

  /**
   * A delta was made.
   *
   * @param bytes that a client downloads
   */
  record Made(DeltaName name, long bytes) implements DeltaPublishEvent {}
}
