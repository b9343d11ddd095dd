package dev.coppice.core.fsck;

import dev.coppice.core.object.Checksum;

/** What fsck does and finds. Events come from one thread at a time. */
public sealed interface FsckEvent {
  /** A phase begins. */
  enum Phase implements FsckEvent {
    /** Refs and the commits that they lead to. */
    REFS,
    /** Refs of collections. */
    COLLECTION_REFS,
    /** Listing commits. */
    COMMITS
  }

  /**
   * The phase of verifying objects begins.
   *
   * @param commits complete commits, whose objects are verified
   */
  record VerifyingObjects(int commits) implements FsckEvent {}

  /**
   * One more object has been verified.
   *
   * @param done objects verified
   * @param total objects there are
   * @param bytes bytes that were hashed for this one
   */
  record Verified(long done, long total, long bytes) implements FsckEvent {}

  /** A damaged or missing object. */
  record Found(Finding finding) implements FsckEvent {}

  /** A commit that lacks an object has been marked as partial. */
  record MarkedPartial(Checksum commit) implements FsckEvent {}

  /** A missing commit has been marked as deleted on purpose. */
  record TombstoneAdded(Checksum commit) implements FsckEvent {}
}
