package dev.coppice.reposerver.web;

import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.ObjectSizes;
import java.util.Optional;

/**
 * What lists show of a commit: little enough to keep many.
 *
 * @param subject its first characters
 * @param version its first characters; empty when it has none
 * @param sizes where the commit states them
 */
record CommitFacts(
    Checksum checksum,
    Optional<Checksum> parent,
    long timestamp,
    String subject,
    String version,
    Optional<Sizes> sizes) {
  private static final int LONGEST = 200;

  /**
   * The sum of what a commit states about its objects.
   *
   * @param archived bytes as an archive repository keeps them, which is what a download takes
   * @param unpacked bytes of the content
   */
  record Sizes(long objects, long archived, long unpacked) {
    /** The sum, or nothing where the commit states no sizes or nonsense. */
    static Optional<Sizes> of(Commit commit) {
      if (commit.metadata().lookup(ObjectSizes.KEY, VariantType.of("aay")).isEmpty()) {
        return Optional.empty();
      }
      long objects = 0;
      long archived = 0;
      long unpacked = 0;
      try {
        for (ObjectSizes.Entry entry : ObjectSizes.of(commit)) {
          objects++;
          archived = Math.addExact(archived, entry.archived());
          unpacked = Math.addExact(unpacked, entry.unpacked());
          if (entry.archived() < 0 || entry.unpacked() < 0) {
            return Optional.empty();
          }
        }
      } catch (MalformedObjectException | ArithmeticException e) {
        // The sizes are the committer's word and no more; a commit is good without them.
        return Optional.empty();
      }
      return Optional.of(new Sizes(objects, archived, unpacked));
    }
  }

  static CommitFacts of(Checksum checksum, Commit commit) {
    return new CommitFacts(
        checksum,
        commit.parent(),
        commit.timestamp(),
        Texts.cut(commit.subject(), LONGEST),
        Texts.cut(version(commit), LONGEST),
        Sizes.of(commit));
  }

  /** The version that a commit states, or an empty text. */
  static String version(Commit commit) {
    return commit
        .metadata()
        .lookup("version", VariantType.STRING)
        .map(version -> version.asString())
        .orElse("");
  }

  /** What the commit is called: its version, its subject or its checksum. */
  String name() {
    if (!version.isEmpty()) {
      return version;
    }
    return subject.isBlank() ? Texts.brief(checksum) : subject;
  }
}
