package dev.coppice.core.commit;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.TreeName;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.RepoMode;
import dev.coppice.core.store.StoredXattrs;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Walks a directory and everything below it, relative to open directories and without following
 * symbolic links, so that nobody can lead the walk elsewhere by renaming meanwhile. Source: {@code
 * write_dfd_iter_to_mtree_internal}.
 */
final class DirectorySource {
  /** Directories that stay open for jobs; the usual limit of descriptors is 1024. */
  private static final int MAX_OPEN = 700;

  /** A batch is full at so many files or bytes. */
  private static final int BATCH_FILES = 32;

  private static final long BATCH_BYTES = 1 << 20;

  private final Build build;
  private final @Nullable LinkCache links;
  private final EntryRules rules;
  private final boolean consumes;
  private final AtomicInteger open = new AtomicInteger();
  private boolean recognisesUnread;

  DirectorySource(Build build) {
    this.build = build;
    this.rules = build.rules();
    this.links = build.links();
    this.consumes = build.wants(CommitFlag.CONSUME);
  }

  /**
   * Overlays a directory. The files have their checksum when the pool was awaited.
   *
   * @return what was found, to be removed when the request says so
   */
  Consumed overlay(Path path, TreeNode root) throws IOException {
    var consumed = new Consumed(path.toString());
    var top = new SourceDir(Fs.openDir(Fd.CWD, path.toString()), "/", open);
    try {
      boolean trusted =
          !rules.isActive() && rules.readsXattrs() || build.wants(CommitFlag.DEVINO_CANONICAL);
      recognisesUnread = links != null && trusted && ListedInodes.areReal(top.fd(), path);
      visit(top, root, consumed);
    } finally {
      top.release();
    }
    return consumed;
  }

  private void visit(SourceDir directory, TreeNode node, Consumed consumed) throws IOException {
    Fd fd = directory.fd();
    String path = directory.path();
    FileStat stat = Fs.fstat(fd);
    Attributes attributes = rules.apply(path, Attributes.of(stat));
    if (attributes == null) {
      return;
    }
    Xattrs xattrs = rules.readsXattrs() ? StoredXattrs.of(fd) : Xattrs.NONE;
    Xattrs changed = rules.finish(path, attributes.mode(), xattrs);
    node.setMeta(
        build.writeMeta(
            new DirMeta(attributes.uid(), attributes.gid(), attributes.mode(), changed)));
    for (String name : files(directory, stat.dev(), node, consumed)) {
      descend(directory, name, node, consumed);
    }
  }

  /** Hands the files to the pool; returns the names of the directories. */
  private List<String> files(SourceDir directory, long device, TreeNode node, Consumed consumed)
      throws IOException {
    var directories = new ArrayList<String>();
    FileBatch batch = null;
    int found = 0;
    try (var names = DirStream.open(directory.fd())) {
      for (DirEntry entry = names.next(); entry != null; entry = names.next()) {
        if (entry.isDirectory()) {
          directories.add(entry.name());
          continue;
        }
        if (recognisesUnread && !consumes && recognise(entry, device, node)) {
          found++;
          continue;
        }
        FileStat stat = Fs.stat(directory.fd(), entry.name());
        if (stat.isDirectory()) {
          directories.add(entry.name());
          continue;
        }
        found++;
        if (consumes) {
          consumed.file(entry.name());
        }
        FileEntry file = file(directory, entry.name(), stat, node);
        if (file == null) {
          continue;
        }
        if (batch == null) {
          batch = new FileBatch(build, directory);
        }
        batch.add(file);
        if (batch.count() == BATCH_FILES || batch.bytes() >= BATCH_BYTES) {
          submit(directory, batch);
          batch = null;
        }
      }
    }
    build.progress().found(found);
    if (batch != null) {
      submit(directory, batch);
    }
    return directories;
  }

  /** The pool gives the directory back, whatever becomes of the batch. */
  private void submit(SourceDir directory, FileBatch batch) throws IOException {
    directory.retain();
    build.pool().submit(batch, batch.bytes(), batch.count());
  }

  private void descend(SourceDir directory, String name, TreeNode node, Consumed consumed)
      throws IOException {
    String path = directory.pathOf(name);
    TreeName.check(name, directory.path());
    if (!rules.admitsDirectory(path)) {
      consumed.leftOut(name);
      return;
    }
    build.pool().awaitRoom(() -> open.get() < MAX_OPEN);
    var below = new SourceDir(Fs.openDir(directory.fd(), name), path, open);
    try {
      visit(below, node.ensureDir(name), consumes ? consumed.dir(name) : consumed);
    } finally {
      below.release();
    }
  }

  /** Whether a file is a hard link to an object, by the inode number in the listing alone. */
  private boolean recognise(DirEntry entry, long device, TreeNode node) throws IOException {
    if (links == null || !(entry.isRegular() || entry.isSymlink())) {
      return false;
    }
    Checksum linked = links.find(device, entry.inode());
    if (linked == null) {
      return false;
    }
    known(node, entry.name(), linked);
    return true;
  }

  /** A file that has to be read; null when it is known already, or left out. */
  private @Nullable FileEntry file(SourceDir directory, String name, FileStat stat, TreeNode node)
      throws IOException {
    FileBatch.checkKind(stat, directory, name);
    Checksum linked = links == null ? null : links.find(stat);
    boolean unchanged = !rules.isActive() && rules.readsXattrs();
    if (linked != null && (unchanged || build.wants(CommitFlag.DEVINO_CANONICAL))) {
      known(node, name, linked);
      return null;
    }
    Attributes original = Attributes.of(stat);
    Xattrs xattrs = null;
    if (linked != null && build.repo().mode() == RepoMode.BARE_USER) {
      // The file itself has the owner of whoever checked it out; its attribute has the real one.
      try (FileObject object = build.repo().objects().openFile(linked)) {
        original = Attributes.of(object.header());
        xattrs = object.header().xattrs();
      }
    }
    String path = rules.isActive() ? directory.pathOf(name) : "";
    Attributes attributes = rules.apply(path, original);
    if (attributes == null) {
      return null;
    }
    boolean same = attributes.equals(original) && rules.readsXattrs();
    if (linked != null && same && !rules.labels()) {
      known(node, name, linked);
      return null;
    }
    var slot = new FileSlot();
    node.putFile(name, slot);
    return new FileEntry(
        name, stat, attributes, path, new FileEntry.Known(same ? linked : null, xattrs), slot);
  }

  private void known(TreeNode node, String name, Checksum checksum) throws IOException {
    node.putFile(name, new FileSlot(checksum));
    build.progress().linkRecognised();
    build.progress().done(1, 0);
  }
}
