package dev.coppice.transfer.local;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefScope;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a pull was asked for, with the commits that it leads to.
 *
 * @param refs commits by ref
 * @param commits commits that were asked for by checksum
 */
record Wanted(SortedMap<RefName, Checksum> refs, SortedSet<Checksum> commits) {
  static Wanted of(Repo source, List<String> revs) throws IOException {
    var refs = new TreeMap<RefName, Checksum>();
    var commits = new TreeSet<Checksum>();
    var names = new ArrayList<RefName>();
    for (String rev : revs.isEmpty() ? everyRef(source) : revs) {
      if (Checksum.isHex(rev)) {
        commits.add(Checksum.ofHex(rev));
      } else if (RefName.isValid(rev)) {
        names.add(RefName.of(rev));
      } else {
        throw new Failure(
            ErrorCode.REF_INVALID,
            "Invalid ref name " + rev,
            "Name refs of the source's own, as 'refs --list' shows them, or whole checksums.");
      }
    }
    Optional<SourceSummary> summary =
        names.isEmpty() ? Optional.empty() : SourceSummary.read(source.path());
    for (RefName name : names) {
      refs.put(name, summary.isPresent() ? summary.get().commit(name.name()) : find(source, name));
    }
    return new Wanted(refs, commits);
  }

  /** Names like {@code remote:ref} among them are refused later, as in the real tool. */
  private static List<String> everyRef(Repo source) throws IOException {
    return source.refs().names(RefPrefix.ALL).stream().map(RefSpec::toString).toList();
  }

  private static Checksum find(Repo source, RefName name) throws IOException {
    return source
        .refs()
        .find(new RefSpec.Local(name), RefScope.LOCAL)
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.REV_NOT_FOUND,
                    "Refspec '" + name + "' not found",
                    "List the refs of the source with 'refs --list'."));
  }
}
