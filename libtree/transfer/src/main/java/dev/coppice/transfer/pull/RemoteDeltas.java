package dev.coppice.transfer.pull;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.DeltaIndexes;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.apply.DeltaFiles;
import dev.coppice.transfer.fetch.FetchRequest;
import dev.coppice.transfer.remote.RemoteAccess;
import dev.coppice.transfer.summary.Summary;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The static deltas of a remote: those of the index of a commit where the summary says that there
 * are indexes, else those that the summary lists. Superblocks and indexes come from where objects
 * come from. Source: {@code initiate_request}.
 */
final class RemoteDeltas implements DeltaStore {
  private final RemoteAccess access;
  private final Optional<Summary> summary;

  /**
   * The deltas of a remote, which stays the caller's.
   *
   * @param summary of the remote, verified; empty when it has none
   */
  RemoteDeltas(RemoteAccess access, Optional<Summary> summary) {
    this.access = access;
    this.summary = summary;
  }

  @Override
  public boolean offersAny() {
    return summary.isPresent()
        && (summary.get().indexedDeltas() || !summary.get().staticDeltas().isEmpty());
  }

  @Override
  public SortedMap<DeltaName, Optional<Checksum>> leadingTo(Checksum commit) throws IOException {
    var found = new TreeMap<DeltaName, Optional<Checksum>>();
    for (Map.Entry<String, Checksum> each : listed(commit).entrySet()) {
      DeltaName.ofKey(each.getKey())
          .filter(name -> name.to().equals(commit))
          .ifPresent(name -> found.put(name, Optional.of(each.getValue())));
    }
    return found;
  }

  private SortedMap<String, Checksum> listed(Checksum commit) throws IOException {
    if (summary.isEmpty()) {
      return new TreeMap<>();
    }
    if (!summary.get().indexedDeltas()) {
      return summary.get().staticDeltas();
    }
    var request = new FetchRequest(access.content(), DeltaName.index(commit), Superblock.MAX_SIZE);
    Optional<byte[]> index = access.fetcher().fetchBytes(request);
    return index.isPresent() ? DeltaIndexes.decode(index.get()) : new TreeMap<>();
  }

  @Override
  public Optional<byte[]> superblock(DeltaName name) throws IOException {
    return access
        .fetcher()
        .fetchBytes(new FetchRequest(access.content(), name.superblock(), Superblock.MAX_SIZE));
  }

  @Override
  public DeltaFiles files(DeltaName name) {
    return new DeltaFiles() {
      @Override
      public <T> T part(int number, Use<T> use) throws IOException {
        var request = new FetchRequest(access.content(), name.part(number), 0);
        return access
            .fetcher()
            .fetch(request, body -> use.with(body.content()))
            .orElseThrow(
                () ->
                    new DeltaException(
                        ErrorCode.DELTA_MISSING, "it is not at " + request.address()));
      }
    };
  }
}
