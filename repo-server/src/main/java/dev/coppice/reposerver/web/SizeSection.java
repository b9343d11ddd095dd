package dev.coppice.reposerver.web;

import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectSizes;
import dev.coppice.reposerver.web.html.Facts;
import dev.coppice.reposerver.web.html.Html;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How large a commit says it is, and what of it is new. */
record SizeSection(Site site) {
  /** What a parent's objects may take in memory to be compared with: some 500,000 of them. */
  private static final int COMPARED = 32 << 20;

  void write(Html html, Commit commit) throws IOException {
    html.newline().leaf("h2", "Size");
    Optional<CommitFacts.Sizes> sizes = CommitFacts.Sizes.of(commit);
    if (sizes.isEmpty()) {
      html.leaf("p", "The commit does not say how large it is: it was made without sizes.");
      return;
    }
    Optional<CommitFacts.Sizes> fresh = newSinceParent(commit);
    try (var facts = new Facts(html)) {
      facts.add("Unpacked", Texts.bytes(sizes.get().unpacked()));
      facts.add("Whole download", text(sizes.get()));
      fresh.ifPresent(since -> facts.add("Download for those who have the parent", text(since)));
    }
  }

  private static String text(CommitFacts.Sizes sizes) {
    return Texts.bytes(sizes.archived())
        + " in "
        + Texts.count(sizes.objects(), "object", "objects");
  }

  private Optional<CommitFacts.Sizes> newSinceParent(Commit commit) throws IOException {
    Optional<Checksum> parent = commit.parent();
    if (parent.isEmpty() || site.commits().facts(parent.get()).flatMap(f -> f.sizes()).isEmpty()) {
      return Optional.empty();
    }
    Commit older = site.repo().loadCommit(parent.get());
    if (tooLarge(older) || tooLarge(commit)) {
      return Optional.empty();
    }
    try {
      return Optional.of(added(ObjectSizes.of(older), ObjectSizes.of(commit)));
    } catch (MalformedObjectException e) {
      return Optional.empty();
    }
  }

  private static boolean tooLarge(Commit commit) {
    return commit
        .metadata()
        .lookup(ObjectSizes.KEY, VariantType.of("aay"))
        .filter(sizes -> sizes.size() <= COMPARED)
        .isEmpty();
  }

  private static CommitFacts.Sizes added(
      List<ObjectSizes.Entry> older, List<ObjectSizes.Entry> newer) {
    Set<ObjectName> known = HashSet.newHashSet(older.size());
    older.forEach(entry -> known.add(entry.object()));
    long objects = 0;
    long archived = 0;
    long unpacked = 0;
    for (ObjectSizes.Entry entry : newer) {
      if (!known.contains(entry.object())) {
        objects++;
        archived += entry.archived();
        unpacked += entry.unpacked();
      }
    }
    return new CommitFacts.Sizes(objects, archived, unpacked);
  }
}
