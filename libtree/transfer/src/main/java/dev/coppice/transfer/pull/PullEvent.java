package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.DeltaName;
import java.util.List;

/** Progress of a pull. Events of one kind may come from several threads. */
public sealed interface PullEvent {
  /**
   * A signature of a commit was verified.
   *
   * @param lines what is known of its signatures, for people
   */
  record Verified(Checksum commit, List<String> lines) implements PullEvent {}

  /**
   * Another metadata object has been looked at.
   *
   * @param scanned objects so far
   */
  record Scanned(long scanned) implements PullEvent {}

  /** A static delta will be applied; of a chain, one event for each. */
  record DeltaPlanned(PlannedDelta delta) implements PullEvent {}

  /**
   * A part of a static delta has been applied.
   *
   * @param done parts done
   * @param total parts to apply
   * @param bytes that came for this one
   */
  record PartApplied(DeltaName name, long done, long total, long bytes) implements PullEvent {}

  /**
   * A static delta cannot be used; objects are fetched one by one.
   *
   * @param reason for people
   */
  record DeltaRefused(DeltaName name, String reason) implements PullEvent {}

  /** It is known what will be fetched; nothing has been so far but metadata. */
  record Planned(PullPlan plan) implements PullEvent {}

  /**
   * Another file object has been brought over.
   *
   * @param done objects done
   * @param total objects to bring over
   * @param bytes content that was written for this one
   */
  record Imported(long done, long total, long bytes) implements PullEvent {}
}
