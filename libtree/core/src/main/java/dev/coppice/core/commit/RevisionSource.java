package dev.coppice.core.commit;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.ContentSource;
import dev.coppice.core.store.FileObject;
import java.io.IOException;

/**
 * Takes the tree of a commit: as it is where nothing is changed, otherwise entry by entry. Source:
 * {@code write_directory_to_mtree_internal}.
 */
final class RevisionSource {
  private final Build build;
  private final Repo repo;
  private final EntryRules rules;

  RevisionSource(Build build) {
    this.build = build;
    this.repo = build.repo();
    this.rules = build.rules();
  }

  /** Overlays the tree of a revision. */
  void overlay(String rev, TreeNode root) throws IOException {
    Commit commit = repo.loadCommit(repo.resolve(rev));
    if (!rules.isActive()) {
      root.overlay(repo, commit.tree(), commit.meta(), () -> build.transaction().countKnownFile());
    } else {
      visit("/", commit.tree(), commit.meta(), root);
    }
  }

  private void visit(String path, Checksum tree, Checksum meta, TreeNode node) throws IOException {
    DirMeta stored = repo.loadMeta(meta);
    Attributes attributes =
        rules.apply(path, new Attributes(stored.uid(), stored.gid(), stored.mode()));
    if (attributes == null) {
      return;
    }
    Xattrs xattrs = rules.readsXattrs() ? stored.xattrs() : Xattrs.NONE;
    Xattrs changed = rules.finish(path, attributes.mode(), xattrs);
    node.setMeta(
        build.writeMeta(
            new DirMeta(attributes.uid(), attributes.gid(), attributes.mode(), changed)));
    DirTree names = repo.loadTree(tree);
    build.progress().found(names.files().size());
    String prefix = path.equals("/") ? "/" : path + "/";
    for (DirTree.File file : names.files()) {
      file(prefix + file.name(), file, node);
    }
    for (DirTree.Dir dir : names.dirs()) {
      String inner = prefix + dir.name();
      if (rules.admitsDirectory(inner)) {
        visit(inner, dir.tree(), dir.meta(), node.ensureDir(dir.name()));
      }
    }
  }

  private void file(String path, DirTree.File file, TreeNode node) throws IOException {
    FileHeader header;
    try (FileObject object = repo.objects().openFile(file.checksum())) {
      header = object.header();
    }
    Attributes attributes = rules.apply(path, Attributes.of(header));
    if (attributes == null) {
      return;
    }
    Xattrs xattrs = rules.readsXattrs() ? header.xattrs() : Xattrs.NONE;
    var changed =
        new FileHeader(
            attributes.uid(),
            attributes.gid(),
            attributes.mode(),
            header.target(),
            rules.finish(path, attributes.mode(), xattrs));
    boolean same =
        changed.equals(header)
            && !build.wants(CommitFlag.GENERATE_SIZES)
            && build.transaction().has(ObjectName.file(file.checksum()));
    if (same) {
      node.putFile(file.name(), new FileSlot(file.checksum()));
      build.transaction().countKnownFile();
      build.progress().done(1, 0);
      return;
    }
    var slot = new FileSlot();
    node.putFile(file.name(), slot);
    build.pool().submit(() -> rewrite(file.checksum(), changed, slot), 0, 1);
  }

  private void rewrite(Checksum stored, FileHeader header, FileSlot slot) throws IOException {
    try (FileObject object = repo.objects().openFile(stored);
        var content = object.content()) {
      ContentSource source =
          header.isSymlink()
              ? ContentSource.EMPTY
              : new ContentSource.OfStream(content, object.size());
      slot.set(build.transaction().writeFile(header, source).checksum());
      build.progress().done(1, object.size());
    }
  }
}
