package dev.coppice.core.commit;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.TreeName;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the tree that is being built. One that comes from a commit is loaded when somebody
 * looks into it, and written again only when something below it was changed. Source: {@code
 * OstreeMutableTree}.
 */
final class TreeNode {
  private final @Nullable TreeNode parent;
  private Map<String, FileSlot> files = Map.of();
  private Map<String, TreeNode> dirs = Map.of();
  private @Nullable Checksum meta;

  /** The checksum of the content where it is known: not yet loaded, unchanged, or folded. */
  private @Nullable Checksum content;

  /** Where the content is to be loaded from, as long as it was not. */
  private @Nullable Repo unloaded;

  private TreeNode(@Nullable TreeNode parent) {
    this.parent = parent;
  }

  /** A root with nothing in it, not even metadata. */
  static TreeNode empty() {
    return new TreeNode(null);
  }

  /** The metadata, or null when nobody has set it. */
  @Nullable Checksum meta() {
    return meta;
  }

  void setMeta(Checksum checksum) {
    if (!checksum.equals(meta)) {
      meta = checksum;
      if (parent != null) {
        parent.changed();
      }
    }
  }

  /** The checksum of the content, or null when it has to be computed. */
  @Nullable Checksum content() {
    return content;
  }

  void setContent(Checksum checksum) {
    content = checksum;
  }

  private void changed() {
    TreeNode node = this;
    while (node != null && node.content != null) {
      node.content = null;
      node = node.parent;
    }
  }

  /**
   * Overlays a directory of a repository. Loads nothing where one of the two is empty or both are
   * the same.
   *
   * @param merged told for each file that was put into a directory that was loaded
   */
  void overlay(Repo repo, Checksum tree, Checksum newMeta, Runnable merged) throws IOException {
    if (tree.equals(content)) {
      setMeta(newMeta);
      return;
    }
    if (unloaded == null && files.isEmpty() && dirs.isEmpty()) {
      changed();
      content = tree;
      unloaded = repo;
      setMeta(newMeta);
      return;
    }
    setMeta(newMeta);
    DirTree stored = repo.loadTree(tree);
    for (DirTree.File file : stored.files()) {
      putFile(file.name(), new FileSlot(file.checksum()));
      merged.run();
    }
    for (DirTree.Dir dir : stored.dirs()) {
      ensureDir(dir.name()).overlay(repo, dir.tree(), dir.meta(), merged);
    }
  }

  private void load() throws IOException {
    Repo repo = unloaded;
    if (repo == null) {
      return;
    }
    unloaded = null;
    Checksum tree = content;
    if (tree == null) {
      throw new IllegalStateException("an unloaded directory has a checksum");
    }
    DirTree stored = repo.loadTree(tree);
    if (!stored.files().isEmpty()) {
      files = HashMap.newHashMap(stored.files().size());
    }
    for (DirTree.File file : stored.files()) {
      files.put(file.name(), new FileSlot(file.checksum()));
    }
    if (!stored.dirs().isEmpty()) {
      dirs = HashMap.newHashMap(stored.dirs().size());
    }
    for (DirTree.Dir dir : stored.dirs()) {
      var child = new TreeNode(this);
      child.unloaded = repo;
      child.content = dir.tree();
      child.meta = dir.meta();
      dirs.put(dir.name(), child);
    }
  }

  /**
   * Puts a file, in place of one that was there.
   *
   * @throws Failure when a directory has the name, or it is none that a tree can have
   */
  void putFile(String name, FileSlot slot) throws IOException {
    TreeName.check(name, "the tree");
    load();
    if (dirs.containsKey(name)) {
      throw new Failure(
          ErrorCode.CHECKOUT_CONFLICT,
          "Can't replace directory with file: " + name,
          "One source has a directory where a later one has a file: leave one of them out.");
    }
    changed();
    if (files.isEmpty()) {
      files = new HashMap<>();
    }
    files.put(name, slot);
  }

  /**
   * The directory of a name, made when it is not there.
   *
   * @throws Failure when a file has the name, or it is none that a tree can have
   */
  TreeNode ensureDir(String name) throws IOException {
    TreeName.check(name, "the tree");
    load();
    if (files.containsKey(name)) {
      throw new Failure(
          ErrorCode.CHECKOUT_CONFLICT,
          "Can't replace file with directory: " + name,
          "One source has a file where a later one has a directory: leave one of them out.");
    }
    TreeNode existing = dirs.get(name);
    if (existing != null) {
      return existing;
    }
    changed();
    if (dirs.isEmpty()) {
      dirs = new HashMap<>();
    }
    var created = new TreeNode(this);
    dirs.put(name, created);
    return created;
  }

  /** The file of a name, or null. */
  @Nullable FileSlot file(String name) throws IOException {
    load();
    return files.get(name);
  }

  /** The directory of a name, or null. */
  @Nullable TreeNode dir(String name) throws IOException {
    load();
    return dirs.get(name);
  }

  /** The names of the directories. */
  Set<String> dirNames() throws IOException {
    load();
    return dirs.keySet();
  }

  /** The directories inside, in no order; none where nothing was loaded. */
  Iterable<TreeNode> loadedDirs() {
    return dirs.values();
  }

  /** The names inside; the content of all directories below must be known. */
  DirTree toDirTree() {
    var fileEntries = new ArrayList<DirTree.File>(files.size());
    files.forEach((name, slot) -> fileEntries.add(new DirTree.File(name, slot.checksum())));
    var dirEntries = new ArrayList<DirTree.Dir>(dirs.size());
    dirs.forEach((name, dir) -> dirEntries.add(dir.toEntry(name)));
    return DirTree.of(fileEntries, dirEntries);
  }

  private DirTree.Dir toEntry(String name) {
    Checksum tree = content;
    if (tree == null) {
      throw new IllegalStateException("asked before the directory was folded: " + name);
    }
    return new DirTree.Dir(name, tree, requireMeta());
  }

  /**
   * The metadata.
   *
   * @throws Failure when no source has set any
   */
  Checksum requireMeta() {
    Checksum known = meta;
    if (known == null) {
      throw new Failure(
          ErrorCode.INPUT_INVALID,
          "Can't commit an empty tree",
          "No source has this directory itself; a tar archive without an entry for its root needs"
              + " --tar-autocreate-parents.");
    }
    return known;
  }

  /**
   * The directories whose content has to be computed, by depth: those of the last list first. The
   * root is alone in the first list, which is missing when nothing was changed.
   */
  List<List<TreeNode>> changedByDepth() {
    var levels = new ArrayList<List<TreeNode>>();
    List<TreeNode> level = content == null ? List.of(this) : List.of();
    while (!level.isEmpty()) {
      levels.add(level);
      var next = new ArrayList<TreeNode>();
      for (TreeNode node : level) {
        for (TreeNode child : node.loadedDirs()) {
          if (child.content == null) {
            next.add(child);
          }
        }
      }
      level = next;
    }
    return levels;
  }
}
