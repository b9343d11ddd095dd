package dev.coppice.core.checkout;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.tree.TreeLookup;
import dev.coppice.core.tree.TreeLookup.Found;
import dev.coppice.posix.Fd;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Writes trees of commits into directories. Source: {@code ostree_repo_checkout_at}. */
public final class Checkout {
  private Checkout() {}

  /**
   * Checks out a commit or a part of it. After a failure the destination is half-made; the
   * repository is as it was.
   *
   * @throws CheckoutException when something is in the way, or an object is missing
   * @throws Failure when options exclude each other, or the commit has no such path
   */
  public static CheckoutResult run(Repo repo, CheckoutRequest request) throws IOException {
    return run(repo, request, event -> {});
  }

  /** The same, telling how far it is. */
  public static CheckoutResult run(
      Repo repo, CheckoutRequest request, Consumer<CheckoutEvent> events) throws IOException {
    check(request.options());
    Found.Directory root = TreeLookup.root(repo.loadCommit(request.commit()));
    Found found = new TreeLookup(repo).require(root, request.subpath());
    var session = new Session(repo, request, new Progress(events));
    try (var files = new FileCheckout(session)) {
      switch (found) {
        case Found.Directory(var tree, var meta) -> {
          var source = new DirectoryTask.Source("/", tree, meta);
          var task = DirectoryTask.root(files, request.directory(), request.name(), source);
          new WorkStack().run(task, Workers.threads());
        }
        case Found.File file -> single(files, request, file);
      }
      files.complete();
    }
    session.progress().complete();
    return session.result();
  }

  private static void check(CheckoutOptions options) {
    if (options.overwrite() == Overwrite.ONLY_IDENTICAL && options.linking() != Linking.REQUIRED) {
      throw new Failure(
          ErrorCode.USAGE,
          "--union-identical requires --require-hardlinks",
          "Add --require-hardlinks.");
    }
    if (options.hooks().labels() != Labels.NONE && options.linking() != Linking.COPY) {
      throw new Failure(
          ErrorCode.USAGE,
          "SELinux labels cannot be set on files that are shared with the repository",
          "Check out copies.");
    }
  }

  /** One file, into a directory that may exist. */
  private static void single(FileCheckout files, CheckoutRequest request, Found.File file)
      throws IOException {
    if (!request.name().equals(".")) {
      Destination.make(request.directory(), request.name());
    }
    Fd directory = Destination.open(request.directory(), request.name());
    var meta = new DirMeta(0, 0, FileMode.DIRECTORY | 0700, Xattrs.NONE);
    var place = new OpenDirectory.Place("/", meta);
    // It counts as having existed: mode and owner are not those of any directory of the tree.
    var open = new OpenDirectory(files.session(), null, directory, place, true);
    boolean done = false;
    try {
      List<String> names = TreeLookup.names(request.subpath());
      files.checkout(new Target(open, names.getLast(), file.checksum()));
      files.session().progress().done();
      done = true;
    } finally {
      open.release(done);
    }
  }
}
