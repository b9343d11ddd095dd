package dev.coppice.core.export;

import dev.coppice.core.export.TarEntry.Attributes;
import dev.coppice.core.export.TarEntry.Kind;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeLookup;
import dev.coppice.core.tree.TreeLookup.Found;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the tree of a commit as a tar archive. All entries have the time of the commit; a file
 * that occurs again is a hard link to its first place. Source: {@code
 * ostree_repo_export_tree_to_archive}.
 */
public final class Export {
  private final Repo repo;
  private final String prefix;
  private final TarWriter tar;
  private final Map<Checksum, DirMeta> metas = new HashMap<>();
  private final Map<Checksum, String> seen = new HashMap<>();

  private Export(Repo repo, String prefix, TarWriter tar) {
    this.repo = repo;
    this.prefix = prefix;
    this.tar = tar;
  }

  /**
   * Exports.
   *
   * @param out is flushed at the end and stays open
   * @throws Failure when the commit has no such directory
   */
  public static ExportResult run(Repo repo, ExportRequest request, OutputStream out)
      throws IOException {
    Commit commit = repo.loadCommit(request.commit());
    Found found = new TreeLookup(repo).require(TreeLookup.root(commit), request.subpath());
    if (!(found instanceof Found.Directory root)) {
      throw new Failure(
          ErrorCode.PATH_NOT_FOUND,
          "Not a directory: " + request.subpath(),
          "Export the directory that has the file, or print it with 'cat'.");
    }
    var tar = new TarWriter(out, request.format(), commit.timestamp());
    new Export(repo, request.prefix(), tar).walk(root);
    tar.end(request.fullRecords());
    return tar.result();
  }

  /** A directory to visit and its path from the root of the export, empty for that itself. */
  private record Visit(String path, Checksum tree, Checksum meta) {}

  private void walk(Found.Directory root) throws IOException {
    // A stack of our own: trees may be deeper than the stack of a thread.
    var stack = new ArrayDeque<Visit>();
    stack.push(new Visit("", root.tree(), root.meta()));
    while (!stack.isEmpty()) {
      Visit visit = stack.pop();
      directory(visit);
      DirTree tree = repo.loadTree(visit.tree());
      String base = visit.path().isEmpty() ? "" : visit.path() + "/";
      for (DirTree.File file : tree.files()) {
        file(base + file.name(), file.checksum());
      }
      for (DirTree.Dir dir : tree.dirs().reversed()) {
        stack.push(new Visit(base + dir.name(), dir.tree(), dir.meta()));
      }
    }
  }

  private void directory(Visit visit) throws IOException {
    DirMeta meta = metas.get(visit.meta());
    if (meta == null) {
      meta = repo.loadMeta(visit.meta());
      metas.put(visit.meta(), meta);
    }
    String path = prefix + visit.path();
    var attributes =
        new Attributes(meta.uid(), meta.gid(), meta.mode() & FileMode.PERMISSIONS, meta.xattrs());
    tar.header(new TarEntry(Kind.DIRECTORY, path.isEmpty() ? "." : path, attributes, "", 0));
  }

  private void file(String path, Checksum checksum) throws IOException {
    String full = prefix + path;
    try (FileObject object = repo.objects().openFile(checksum)) {
      FileHeader header = object.header();
      var attributes =
          new Attributes(
              header.uid(), header.gid(), header.mode() & FileMode.PERMISSIONS, header.xattrs());
      if (header.isSymlink()) {
        tar.header(new TarEntry(Kind.SYMLINK, full, attributes, header.target(), 0));
        return;
      }
      String first = seen.putIfAbsent(checksum, full);
      if (first != null) {
        tar.header(new TarEntry(Kind.HARD_LINK, full, attributes, first, 0));
        return;
      }
      tar.header(new TarEntry(Kind.FILE, full, attributes, "", object.size()));
      try (InputStream in = object.content()) {
        tar.content(in, object.size());
      } catch (IOException e) {
        throw new IOException("Export of " + path + ": " + e.getMessage(), e);
      }
    }
  }
}
