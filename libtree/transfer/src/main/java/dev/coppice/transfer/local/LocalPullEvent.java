package dev.coppice.transfer.local;

/** Progress of a local pull. Events come from one thread at a time. */
public sealed interface LocalPullEvent {
  /**
   * Another metadata object has been looked at.
   *
   * @param scanned objects so far
   */
  record Scanned(long scanned) implements LocalPullEvent {}

  /**
   * Another file object has been imported.
   *
   * @param done objects done
   * @param total objects to import
   * @param bytes content that was written for this one
   */
  record Imported(long done, long total, long bytes) implements LocalPullEvent {}
}
