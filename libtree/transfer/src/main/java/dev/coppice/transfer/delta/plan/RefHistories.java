package dev.coppice.transfer.delta.plan;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.PartialCommits;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the versions of a repository's own refs. */
final class RefHistories {
  /** Versions that are looked at, at least: requests of the past are about older ones too. */
  private static final int MOST = 64;

  private final Repo repo;
  private final int most;

  RefHistories(Repo repo, DeltaPolicy policy) {
    this.repo = repo;
    this.most = Math.max(MOST, policy.last() + 1);
  }

  /** The histories of all refs whose current commit is whole, in the order of their names. */
  List<RefHistory> read() throws IOException {
    var histories = new ArrayList<RefHistory>();
    for (Map.Entry<RefSpec, Checksum> ref : repo.refs().list(RefPrefix.LOCAL).entrySet()) {
      List<Checksum> commits = history(ref.getValue());
      if (!commits.isEmpty()) {
        String name = ref.getKey().toString();
        histories.add(new RefHistory(name, commits, since(name)));
      }
    }
    return histories;
  }

  private List<Checksum> history(Checksum tip) throws IOException {
    Set<Checksum> found = new LinkedHashSet<>();
    Optional<Checksum> next = Optional.of(tip);
    while (next.isPresent()
        && found.size() < most
        && repo.objects().has(ObjectName.commit(next.get()))
        && repo.partialCommits().state(next.get()) == PartialCommits.State.COMPLETE
        && found.add(next.get())) {
      next = repo.loadCommit(next.get()).parent();
    }
    return List.copyOf(found);
  }

  private Instant since(String ref) throws IOException {
    Path file = repo.path().resolve("refs/heads").resolve(ref);
    return Files.getLastModifiedTime(file).toInstant();
  }
}
