package dev.coppice.reposerver.web;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.ref.RefScope;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.ref.RevSpec;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.Optional;

/** Reads commits for pages: whole ones, or the little of them that lists show. */
final class CommitReader {
  /** Lists of 10,000 refs fit in; each takes some 500 bytes. */
  private static final int KEPT = 16_384;

  private static final String LIST = "Look at the list of refs for what this repository has.";

  private final Repo repo;
  private final BoundedCache<Checksum, CommitFacts> kept = new BoundedCache<>(KEPT);

  CommitReader(Repo repo) {
    this.repo = repo;
  }

  /** What lists show of a commit; empty when it is missing or damaged. */
  Optional<CommitFacts> facts(Checksum checksum) throws IOException {
    CommitFacts facts = kept.get(checksum);
    if (facts == null) {
      try {
        facts = CommitFacts.of(checksum, repo.loadCommit(checksum));
      } catch (TreeException e) {
        return Optional.empty();
      }
      kept.put(checksum, facts);
    }
    return Optional.of(facts);
  }

  /** A commit that a page is about. */
  Commit require(Checksum checksum) throws IOException {
    try {
      return repo.loadCommit(checksum);
    } catch (MissingObjectException e) {
      throw PageProblem.notFound("There is no commit " + checksum + " in this repository.", LIST);
    }
  }

  /** The commit of a revision that somebody wrote, and that is in the repository. */
  Checksum resolve(String revision) throws IOException {
    Checksum found;
    try {
      RevSpec spec = RevSpec.parse(revision);
      requirePublic(spec, revision);
      found = repo.revisions().resolve(spec);
    } catch (MissingObjectException e) {
      throw PageProblem.notFound(
          "“" + revision + "” leads to a commit that is not in this repository.", LIST);
    } catch (TreeException e) {
      if (e.code() == ErrorCode.REV_NOT_FOUND) {
        throw PageProblem.notFound("There is no ref or commit “" + revision + "” here.", LIST);
      }
      if (e.code() == ErrorCode.REV_AMBIGUOUS) {
        throw PageProblem.badRequest(
            "Several commits start with “" + revision + "”.", "Give more digits of the checksum.");
      }
      if (e.code() == ErrorCode.REF_INVALID) {
        throw PageProblem.badRequest(
            "“" + revision + "” cannot be the name of a ref or commit.",
            "Write the name of a ref, such as debian/x86_64/standard, or a checksum or its first"
                + " digits; ^ behind it means the parent.");
      }
      throw e;
    }
    require(found);
    return found;
  }

  /** Refs of remotes are not served to clients, so they are not found here either. */
  private void requirePublic(RevSpec spec, String revision) throws IOException {
    switch (spec) {
      case RevSpec.Exact _ -> {}
      case RevSpec.Parent(RevSpec child) -> requirePublic(child, revision);
      case RevSpec.Named named -> {
        boolean found =
            named.spec() instanceof RefSpec.Local
                && (named.maybePartial()
                    || repo.refs().find(named.spec(), RefScope.LOCAL).isPresent());
        if (!found) {
          throw PageProblem.notFound("There is no ref or commit “" + revision + "” here.", LIST);
        }
      }
    }
  }
}
