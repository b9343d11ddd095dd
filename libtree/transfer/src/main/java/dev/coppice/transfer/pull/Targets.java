package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.RefName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What was asked for, as commits.
 *
 * @param refs the commits of refs
 * @param commits commits that were asked for by checksum
 * @param sizes bytes that the summary announces for commits; it is signed, so that more is refused
 */
record Targets(
    SortedMap<Ref, Checksum> refs, SortedSet<Checksum> commits, Map<Checksum, Long> sizes) {
  /** A ref of the source, with the collection that it turned out to be in. */
  record Ref(Optional<CollectionId> collection, RefName name) implements Comparable<Ref> {
    private static final Comparator<Ref> ORDER =
        Comparator.comparing((Ref ref) -> ref.collection().map(CollectionId::id).orElse(""))
            .thenComparing(Ref::name);

    @Override
    public int compareTo(Ref other) {
      return ORDER.compare(this, other);
    }
  }

  /** Each commit with the refs that it was asked for by; none for one asked for by checksum. */
  SortedMap<Checksum, List<Ref>> byCommit() {
    var all = new TreeMap<Checksum, List<Ref>>();
    commits.forEach(commit -> all.put(commit, new ArrayList<>()));
    refs.forEach((ref, commit) -> all.computeIfAbsent(commit, _ -> new ArrayList<>()).add(ref));
    return all;
  }
}
