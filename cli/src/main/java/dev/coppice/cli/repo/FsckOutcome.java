package dev.coppice.cli.repo;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.fsck.Finding;
import dev.coppice.core.fsck.FsckResult;

/** The error that ends {@code fsck}. */
final class FsckOutcome {
  private static final String REPAIR =
      "Remove damaged objects with 'fsck --delete' and fetch them again with 'pull' or 'pull-local'.";

  private FsckOutcome() {}

  /**
   * Throws what is wrong, if something is.
   *
   * @param damagePrinted whether every damage has been printed; else the first one is the error
   */
  static void check(FsckResult result, boolean damagePrinted) {
    if (!result.problems().isEmpty()) {
      throw result.problems().getFirst();
    }
    for (Finding finding : result.findings()) {
      if (finding.kind() == Finding.Kind.CORRUPT && !damagePrinted) {
        String place =
            finding.places().isEmpty()
                ? ""
                : "Needed for " + finding.places().getFirst().path() + ". ";
        throw new Failure(ErrorCode.OBJECT_CORRUPT, finding.message(), place + REPAIR);
      }
    }
    if (!result.findings().isEmpty()) {
      throw new Failure(ErrorCode.OBJECT_CORRUPT, "Repository corruption encountered", REPAIR);
    }
    if (result.damagedCommits() > 0) {
      throw new Failure(
          ErrorCode.COMMIT_PARTIAL,
          result.damagedCommits() + " partial commits from fsck-detected corruption",
          "Fetch the missing objects with 'pull' or 'pull-local'.");
    }
  }
}
