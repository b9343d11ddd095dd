package dev.coppice.core.commit;

import dev.coppice.core.object.Checksum;

/** What happens during a commit. Events come one at a time, but from any thread. */
public sealed interface CommitEvent {
  /**
   * More files are done.
   *
   * @param files hashed, or recognised as stored
   * @param found files that were found so far
   * @param bytes of content in the files that are done
   */
  record Advanced(long files, long found, long bytes) implements CommitEvent {}

  /** All objects are written; they are made durable and visible now. */
  record Publishing(Checksum commit) implements CommitEvent {}
}
