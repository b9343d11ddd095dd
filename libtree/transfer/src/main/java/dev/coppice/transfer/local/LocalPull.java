package dev.coppice.transfer.local;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.ref.RefAddress;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.core.repo.PartialCommits;
import dev.coppice.core.repo.PartialCommits.State;
import dev.coppice.core.repo.RefUpdate;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.core.store.RepoMode;
import dev.coppice.core.tree.ObjectSet;
import dev.coppice.posix.Fs;
import dev.coppice.transfer.local.LocalPullRequest.Option;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Pulls from a repository on this machine. Source: {@code ostree_repo_pull_with_options} for {@code
 * file:} URLs.
 *
 * <p>Metadata is scanned first, by one thread; files are imported by all processors. Everything is
 * staged and becomes visible at once, commits last and refs after them.
 */
public final class LocalPull {
  private static final int FANOUTS = 256;

  private final Repo source;
  private final Repo destination;

  /** A pull between two repositories, of any modes. */
  public LocalPull(Repo source, Repo destination) {
    this.source = source;
    this.destination = destination;
  }

  /** Pulls. What was imported before a failure stays staged for the next attempt. */
  public LocalPullResult run(LocalPullRequest request, Consumer<LocalPullEvent> events)
      throws IOException {
    if (request.asks(Option.REQUIRE_STATIC_DELTAS)) {
      throw noDeltas();
    }
    Wanted wanted = Wanted.of(source, request.revs());
    // Older repositories do not have it.
    Fs.mkdirIfMissing(destination.descriptor(), RepoLayout.STATE, 0777);
    try (Transaction transaction = destination.begin(request.fsync());
        var importer = new ObjectImport(source, transaction, request)) {
      var scan = new MetadataScan(source, transaction, request, importer, events);
      scan.scan(wanted);
      var content = new ContentImport(importer, transaction, events);
      content.run(scan.missingFiles());
      transaction.publish(updates(wanted, request));
      if (!request.asks(Option.COMMIT_METADATA_ONLY)) {
        unmark(wanted, scan);
      }
      return new LocalPullResult(scan.imported(), content.done, content.bytes);
    }
  }

  private Failure noDeltas() {
    String message =
        destination.mode() == RepoMode.ARCHIVE
            ? "Can't use static deltas in an archive repo"
            : "Fetch configured to require static deltas, but no summary deltas or delta index"
                + " found";
    return new Failure(
        ErrorCode.REPO_UNSUITABLE,
        message,
        "Pulls between local repositories copy objects; leave out --require-static-deltas.");
  }

  private List<RefUpdate> updates(Wanted wanted, LocalPullRequest request) throws IOException {
    var updates = new ArrayList<RefUpdate>();
    for (Map.Entry<RefName, Checksum> each : wanted.refs().entrySet()) {
      RefAddress ref =
          request.remote().isPresent()
              ? new RefSpec.Remote(RemoteName.of(request.remote().get()), each.getKey())
              : new RefSpec.Local(each.getKey());
      boolean same =
          destination.refs().exists(ref)
              && destination.refs().read(ref).filter(each.getValue()::equals).isPresent();
      if (!same) {
        updates.add(RefUpdate.set(ref, each.getValue()));
      }
    }
    return updates;
  }

  private void unmark(Wanted wanted, MetadataScan scan) throws IOException {
    PartialCommits marks = destination.partialCommits();
    for (Checksum commit : wanted.refs().values()) {
      marks.mark(commit, State.COMPLETE);
    }
    for (Checksum commit : wanted.commits()) {
      marks.mark(commit, State.COMPLETE);
    }
    for (Checksum commit : scan.ancestors()) {
      marks.mark(commit, State.COMPLETE);
    }
  }

  /** Imports files on several threads. */
  private static final class ContentImport {
    /** Content after which what was done is kept even if the process is killed. */
    private static final long KEEP_BYTES = 128L << 20;

    private final ObjectImport importer;
    private final Transaction transaction;
    private final Consumer<LocalPullEvent> events;
    long done;
    long bytes;
    private long kept;

    ContentImport(ObjectImport importer, Transaction transaction, Consumer<LocalPullEvent> events) {
      this.importer = importer;
      this.transaction = transaction;
      this.events = events;
    }

    void run(ObjectSet files) throws IOException {
      long total = files.size();
      Workers.each(
          FANOUTS,
          number -> {
            List<ObjectName> names = new ArrayList<>();
            files.forEach(number, names::add);
            names.sort(null);
            for (ObjectName name : names) {
              imported(importer.file(name.checksum()), total);
            }
          });
    }

    private synchronized void imported(long written, long total) throws IOException {
      done++;
      bytes += written;
      if (bytes - kept > KEEP_BYTES) {
        kept = bytes;
        transaction.keepStaged();
      }
      events.accept(new LocalPullEvent.Imported(done, total, written));
    }
  }
}
