package dev.coppice.transfer.publish;

import dev.coppice.transfer.publish.PublishFile.Kind;

/** Progress of publishing. Events of one kind may come from several threads. */
public sealed interface PublishEvent {
  /**
   * Another part of the repository has been compared with the target.
   *
   * @param done parts done
   * @param total parts there are
   */
  record Compared(int done, int total) implements PublishEvent {}

  /** It is known what will be copied. */
  record Planned(long files, long bytes) implements PublishEvent {}

  /** A file has been copied. */
  record Copied(Kind kind, long bytes) implements PublishEvent {}

  /** Files are being deleted. */
  record Deleting(long files) implements PublishEvent {}
}
