package dev.coppice.transfer.peer;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.transfer.peer.SearchResult.LeftOut;
import dev.coppice.transfer.pull.LocalOrigin;
import dev.coppice.transfer.pull.OpenRemote;
import dev.coppice.transfer.pull.Pull;
import dev.coppice.transfer.pull.PullEvent;
import dev.coppice.transfer.pull.PullRequest;
import dev.coppice.transfer.pull.PullRequest.Wanted;
import dev.coppice.transfer.pull.PullResult;
import dev.coppice.transfer.pull.RemoteOrigin;
import dev.coppice.transfer.pull.RemoteTrusts;
import dev.coppice.transfer.remote.RemoteAccess;
import dev.coppice.transfer.remote.SummaryTrust;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Pulls refs from whoever was found to have them, the nearest first; where that fails, from the
 * next. Source: {@code ostree_repo_pull_from_remotes_async}.
 */
public final class FoundPull {
  private final Repo repo;
  private final Remotes remotes;
  private final Manner manner;

  /**
   * How to pull.
   *
   * @param mirror whether refs are written as a mirror has them, not under the name of the remote
   */
  public record Manner(boolean mirror, FsyncPolicy fsync, RemoteAccess.Overrides overrides) {}

  /** A pull into a repository. */
  public FoundPull(Repo repo, Remotes remotes, Manner manner) {
    this.repo = repo;
    this.remotes = remotes;
    this.manner = manner;
  }

  /**
   * Pulls every ref that was found.
   *
   * @param failed told who could not be pulled from
   * @throws Failure when a ref could not be pulled from anybody; the others were
   */
  public List<PullResult> run(
      List<FoundRemote> found, Consumer<PullEvent> events, Consumer<LeftOut> failed)
      throws IOException {
    Set<CollectionRef> missing = new LinkedHashSet<>();
    found.forEach(remote -> missing.addAll(refs(remote)));
    List<PullResult> results = new ArrayList<>();
    ErrorCode code = ErrorCode.REV_NOT_FOUND;
    String reason = "";
    for (FoundRemote remote : found) {
      List<Wanted> wanted = wanted(remote, missing);
      if (wanted.isEmpty()) {
        continue;
      }
      try {
        results.add(pull(remote.place(), wanted, events));
        missing.removeAll(refs(remote));
      } catch (InterruptedIOException e) {
        throw e;
      } catch (TreeException e) {
        code = e.code();
        reason = remote.url() + ": " + e.getMessage();
        failed.accept(new LeftOut(remote.url(), e.getMessage()));
      } catch (IOException e) {
        reason = remote.url() + ": " + e.getMessage();
        failed.accept(new LeftOut(remote.url(), String.valueOf(e.getMessage())));
      }
    }
    if (!missing.isEmpty()) {
      throw new Failure(
          code,
          "Failed to pull some refs from the remotes: "
              + missing.stream().map(CollectionRef::toString).collect(Collectors.joining(", ")),
          reason);
    }
    return results;
  }

  private static Set<CollectionRef> refs(FoundRemote remote) {
    return remote.refs().entrySet().stream()
        .filter(ref -> ref.getValue().isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static List<Wanted> wanted(FoundRemote remote, Set<CollectionRef> missing) {
    List<Wanted> wanted = new ArrayList<>();
    remote
        .refs()
        .forEach(
            (ref, commit) -> {
              if (commit.isPresent() && missing.contains(ref)) {
                wanted.add(new Wanted.OfRef(Optional.of(ref.collection()), ref.ref(), commit));
              }
            });
    return wanted;
  }

  private PullResult pull(Place place, List<Wanted> wanted, Consumer<PullEvent> events)
      throws IOException {
    var options = EnumSet.of(PullRequest.Option.UNTRUSTED, PullRequest.Option.TIMESTAMP_CHECK);
    if (manner.mirror()) {
      options.add(PullRequest.Option.MIRROR);
    }
    var request =
        new PullRequest(wanted, PullRequest.Scope.COMMITS, options, List.of(), manner.fsync());
    RemoteTrusts trusts = RemoteTrusts.ofStranger(remotes, place.remote());
    return switch (place) {
      case Place.Configured(String remote, _) -> {
        try (OpenRemote opened =
            OpenRemote.open(repo, remotes, remote, manner.overrides(), trusts)) {
          yield new Pull(repo, opened.origin()).run(request, events);
        }
      }
      case Place.OnNetwork network -> {
        RemoteAccess access = network.open(repo, manner.overrides());
        try (var origin = new RemoteOrigin(access, trusts.commits())) {
          yield new Pull(repo, origin).run(request, events);
        }
      }
      case Place.OnDrive drive -> {
        try (Repo source = Repo.open(drive.repository())) {
          var origin =
              new LocalOrigin(
                  source,
                  Optional.of(RemoteName.of(drive.remote())),
                  trusts.commits(),
                  SummaryTrust.ANYBODY,
                  Optional.of(drive.collection()));
          yield new Pull(repo, origin).run(request, events);
        }
      }
    };
  }
}
