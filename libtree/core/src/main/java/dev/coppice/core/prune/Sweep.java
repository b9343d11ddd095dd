package dev.coppice.core.prune;

import dev.coppice.core.io.Workers;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.prune.PruneRequest.Action;
import dev.coppice.core.repo.ObjectRemoval;
import dev.coppice.core.repo.PartialCommits;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.LooseStore;
import dev.coppice.core.store.PayloadTarget;
import dev.coppice.core.tree.ObjectSet;
import dev.coppice.core.tree.Reachable;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Goes through the loose objects and deletes what is not needed: first the commits, then the rest.
 *
 * <p>File systems with a journal keep that order through a power cut without any sync, because
 * later changes of directories never become durable before earlier ones.
 */
final class Sweep {
  private static final int FANOUTS = 256;

  private final Repo repo;
  private final LooseStore store;
  private final ObjectSet needed;
  private final PruneRequest request;
  private final ObjectRemoval removal;
  private final AtomicLong total = new AtomicLong();
  private final AtomicLong pruned = new AtomicLong();
  private final AtomicLong freed = new AtomicLong();
  private int done;

  Sweep(Repo repo, ObjectSet needed, PruneRequest request, ObjectRemoval removal) {
    this.repo = repo;
    this.store = repo.store();
    this.needed = needed;
    this.request = request;
    this.removal = removal;
  }

  PruneResult run(Consumer<PruneEvent> events) throws IOException {
    for (int i = 0; i < FANOUTS; i++) {
      sweepCommits(i);
    }
    if (request.extent() == Reachable.Extent.EVERYTHING) {
      Workers.each(
          FANOUTS,
          number -> {
            sweepObjects(number);
            swept(events);
          });
    }
    return new PruneResult(total.get(), pruned.get(), freed.get());
  }

  private synchronized void swept(Consumer<PruneEvent> events) {
    events.accept(new PruneEvent.Swept(++done, FANOUTS));
  }

  private List<ObjectName> list(int fanout) throws IOException {
    var names = new ArrayList<ObjectName>();
    store.listFanout(fanout, names::add);
    return names;
  }

  private void sweepCommits(int fanout) throws IOException {
    for (ObjectName name : list(fanout)) {
      if (name.type() == ObjectType.COMMIT) {
        total.incrementAndGet();
        if (!needed.contains(name)) {
          count(name);
          if (deletes()) {
            removal.delete(name);
            repo.partialCommits().mark(name.checksum(), PartialCommits.State.COMPLETE);
          }
        }
      }
    }
  }

  private void sweepObjects(int fanout) throws IOException {
    for (ObjectName name : list(fanout)) {
      switch (name.type()) {
        case FILE, DIRTREE, DIRMETA -> {
          total.incrementAndGet();
          if (!needed.contains(name)) {
            count(name);
            delete(name);
          }
        }
        case PAYLOAD_LINK -> sweepLink(name);
        // Named by what they belong to, or shared: the real tool does not look at them either.
        case COMMIT, TOMBSTONE, COMMITMETA, FILE_XATTRS, FILE_XATTRS_LINK -> {}
      }
    }
  }

  private void count(ObjectName name) throws IOException {
    pruned.incrementAndGet();
    freed.addAndGet(store.storedSize(name));
  }

  private void delete(ObjectName name) throws IOException {
    if (deletes()) {
      removal.delete(name);
    }
  }

  private boolean deletes() {
    return request.action() == Action.DELETE;
  }

  /**
   * A payload link stays while the file it leads to is needed and large enough for links. Its size
   * counts as freed either way, and it counts as unneeded where nothing is deleted: so it is in the
   * real tool, whose figures users compare.
   */
  private void sweepLink(ObjectName name) throws IOException {
    total.incrementAndGet();
    freed.addAndGet(store.storedSize(name));
    if (deletes() && leadsToNeeded(name)) {
      return;
    }
    pruned.incrementAndGet();
    delete(name);
  }

  private boolean leadsToNeeded(ObjectName link) throws IOException {
    OptionalLong threshold = repo.config().payloadLinkThreshold();
    var target = PayloadTarget.parse(Fs.readlink(store.descriptor(), store.path(link)));
    if (threshold.isEmpty() || target.isEmpty() || !needed.contains(target.get())) {
      return false;
    }
    FileStat stat = Fs.statIfExists(store.descriptor(), store.path(target.get()));
    return stat != null && stat.size() >= threshold.getAsLong();
  }
}
