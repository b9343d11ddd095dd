package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.delta.DeltaListing;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.apply.DeltaFiles;
import dev.coppice.transfer.delta.apply.LocalDelta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The static deltas of a repository on this machine: what is in its directories counts. */
final class LocalDeltas implements DeltaStore {
  private final Repo repo;
  private @Nullable List<DeltaName> all;

  LocalDeltas(Repo repo) {
    this.repo = repo;
  }

  private List<DeltaName> all() throws IOException {
    if (all == null) {
      all = new DeltaListing(repo).all();
    }
    return all;
  }

  @Override
  public boolean offersAny() throws IOException {
    return !all().isEmpty();
  }

  @Override
  public SortedMap<DeltaName, Optional<Checksum>> leadingTo(Checksum commit) throws IOException {
    var found = new TreeMap<DeltaName, Optional<Checksum>>();
    for (DeltaName name : all()) {
      if (name.to().equals(commit)) {
        found.put(name, Optional.empty());
      }
    }
    return found;
  }

  @Override
  public Optional<byte[]> superblock(DeltaName name) throws IOException {
    Path file = repo.path().resolve(name.superblock());
    try {
      return Files.size(file) > Superblock.MAX_SIZE
          ? Optional.empty()
          : Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public DeltaFiles files(DeltaName name) {
    return new LocalDelta(repo.path().resolve(name.superblock()));
  }
}
