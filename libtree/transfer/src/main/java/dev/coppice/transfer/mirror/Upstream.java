package dev.coppice.transfer.mirror;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.fetch.FetchSettings;
import dev.coppice.transfer.pull.LocalOrigin;
import dev.coppice.transfer.pull.Origin;
import dev.coppice.transfer.pull.RemoteOrigin;
import dev.coppice.transfer.pull.RemoteTrusts;
import dev.coppice.transfer.remote.RemoteAccess;
import dev.coppice.transfer.remote.VerifiedSummary;
import dev.coppice.transfer.summary.Summary;
import dev.coppice.transfer.summary.SummaryRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One remote that is mirrored, as it is at one moment: its summary is read once. */
final class Upstream implements AutoCloseable {
  private final RemoteAccess access;
  private final Origin origin;
  private final Optional<Repo> local;
  private final Optional<VerifiedSummary> summary;
  private final SortedMap<UpstreamRef, Checksum> refs;

  private Upstream(
      RemoteAccess access, Origin origin, Optional<Repo> local, Optional<VerifiedSummary> summary)
      throws IOException {
    this.access = access;
    this.origin = origin;
    this.local = local;
    this.summary = summary;
    this.refs = summary.isPresent() ? inSummary(summary.get().summary()) : inDirectory();
  }

  /**
   * Looks at a remote.
   *
   * @throws Failure when it cannot be reached, its summary is not signed as its configuration
   *     demands, or it has none
   */
  static Upstream open(Repo mirror, String name, FetchSettings settings) throws IOException {
    Remotes remotes = Remotes.of(mirror);
    RemoteTrusts trusts = RemoteTrusts.of(remotes, name);
    var overrides = new RemoteAccess.Overrides(Optional.empty(), Optional.empty(), settings);
    RemoteAccess access = RemoteAccess.open(mirror, remotes, name, overrides, trusts.summary());
    Optional<Repo> local = Optional.empty();
    try {
      Optional<Path> directory = RemoteAccess.localRepository(remotes, name, Optional.empty());
      if (directory.isPresent()) {
        local = Optional.of(Repo.open(directory.get()));
      }
      Origin origin =
          local.isPresent()
              ? new LocalOrigin(local.get(), Optional.empty(), trusts.commits())
              : new RemoteOrigin(access, trusts.commits());
      return new Upstream(access, origin, local, access.summary());
    } catch (IOException | RuntimeException e) {
      access.close();
      if (local.isPresent()) {
        local.get().close();
      }
      throw e;
    }
  }

  private static SortedMap<UpstreamRef, Checksum> inSummary(Summary summary) {
    var refs = new TreeMap<UpstreamRef, Checksum>();
    add(refs, summary.collectionId(), summary.refs());
    summary.collections().forEach((id, own) -> add(refs, Optional.of(id), own));
    return refs;
  }

  private static void add(
      SortedMap<UpstreamRef, Checksum> refs,
      Optional<String> collection,
      Map<String, SummaryRef> found) {
    Optional<CollectionId> id = collection.map(CollectionId::of);
    found.forEach((name, ref) -> refs.put(new UpstreamRef(id, RefName.of(name)), ref.commit()));
  }

  private SortedMap<UpstreamRef, Checksum> inDirectory() throws IOException {
    if (local.isEmpty()) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          "Remote " + access.name() + " has no summary, so it does not say which refs it has",
          "Have one made there with 'summary -u'.");
    }
    var refs = new TreeMap<UpstreamRef, Checksum>();
    local
        .get()
        .refs()
        .list(RefPrefix.LOCAL)
        .forEach(
            (spec, commit) ->
                refs.put(new UpstreamRef(local.get().config().collection(), spec.ref()), commit));
    return refs;
  }

  /** The remote's name. */
  String name() {
    return access.name();
  }

  /** All of its refs. */
  SortedMap<UpstreamRef, Checksum> refs() {
    return refs;
  }

  /** Its summary; a repository on this machine need not have one. */
  Optional<VerifiedSummary> summary() {
    return summary;
  }

  /** Where its commits come from; this one's to close. */
  Origin origin() {
    return origin;
  }

  /** Where its other files come from. */
  RemoteAccess access() {
    return access;
  }

  @Override
  public void close() throws IOException {
    access.close();
    if (local.isPresent()) {
      local.get().close();
    }
  }
}
