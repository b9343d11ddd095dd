package dev.coppice.core.ref;

import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What resolving a revision asks of the object store. */
public interface CommitLookup {
  /**
   * Commits whose checksum starts with the digits, in no particular order; two are enough to know
   * that they are not unique.
   *
   * @param hexPrefix 1 to 63 lower-case hexadecimal digits
   */
  List<Checksum> commitsStartingWith(String hexPrefix) throws IOException;

  /**
   * The parent of a commit; empty for a first commit.
   *
   * @throws dev.coppice.core.failure.TreeException when the commit is missing or corrupt
   */
  Optional<Checksum> parentOf(Checksum commit) throws IOException;
}
