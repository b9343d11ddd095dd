package dev.coppice.core.composefs;

import dev.coppice.core.erofs.Node;
import dev.coppice.core.erofs.Status;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.store.ObjectStore;
import dev.coppice.core.tree.TreeLookup.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes nodes of a tree of objects. */
final class TreeNodes {
  /** Directories of one piece of work. */
  private static final int BATCH = 32;

  private final ObjectStore objects;
  private final FileDigests digests;
  private final Map<Checksum, Status> metas = new HashMap<>();
  private final List<Directory> directories = new ArrayList<>();
  private final Set<Checksum> files = new LinkedHashSet<>();

  TreeNodes(ObjectStore objects, FileDigests digests) {
    this.objects = objects;
    this.digests = digests;
  }

  /**
   * A directory that was read.
   *
   * @param firstDir number of the first directory in it; the others follow
   */
  private record Directory(Status status, DirTree tree, int firstDir) {}

  /** The root of the tree. */
  Node.Directory read(Found.Directory root) throws IOException {
    // Level by level, the directories of one on several threads: trees may be deeper than the stack
    // of a thread.
    List<DirTree.Dir> level = List.of(new DirTree.Dir("/", root.tree(), root.meta()));
    while (!level.isEmpty()) {
      List<DirTree.Dir> names = level;
      var trees = new DirTree[names.size()];
      int pieces = (names.size() + BATCH - 1) / BATCH;
      Workers.each(
          pieces,
          piece -> {
            int end = Math.min((piece + 1) * BATCH, trees.length);
            for (int i = piece * BATCH; i < end; i++) {
              trees[i] = loadTree(names.get(i).tree());
            }
          });
      var next = new ArrayList<DirTree.Dir>();
      int firstOfNext = directories.size() + names.size();
      for (int i = 0; i < trees.length; i++) {
        Status status = status(names.get(i).meta());
        directories.add(new Directory(status, trees[i], firstOfNext + next.size()));
        next.addAll(trees[i].dirs());
        trees[i].files().forEach(file -> files.add(file.checksum()));
      }
      level = next;
    }
    return build(new FileNodes(objects, digests).read(List.copyOf(files)));
  }

  /** From the last directory to the root: what is in one comes behind it. */
  private Node.Directory build(Map<Checksum, Node> fileNodes) {
    var nodes = new Node.Directory[directories.size()];
    for (int i = nodes.length - 1; i >= 0; i--) {
      Directory directory = directories.get(i);
      DirTree tree = directory.tree();
      var entries = new ArrayList<Node.Entry>(tree.files().size() + tree.dirs().size());
      for (DirTree.File file : tree.files()) {
        Node node = fileNodes.get(file.checksum());
        if (node == null) {
          throw new IllegalStateException("not read: " + file.checksum());
        }
        entries.add(entry(file.name(), node));
      }
      for (int k = 0; k < tree.dirs().size(); k++) {
        entries.add(entry(tree.dirs().get(k).name(), nodes[directory.firstDir() + k]));
      }
      nodes[i] = Node.Directory.of(directory.status(), entries);
    }
    return nodes[0];
  }

  private static Node.Entry entry(String name, Node node) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > Node.Entry.MAX_NAME) {
      throw new Failure(
          ErrorCode.IMAGE_UNSUPPORTED,
          "File name too long: " + name,
          "No file system of Linux has names of more than 255 bytes.");
    }
    return new Node.Entry(bytes, node);
  }

  private DirTree loadTree(Checksum checksum) throws IOException {
    ObjectName name = ObjectName.dirtree(checksum);
    return name.decode(objects.load(name), DirTree::decode);
  }

  private Status status(Checksum meta) throws IOException {
    Status known = metas.get(meta);
    if (known == null) {
      ObjectName name = ObjectName.dirmeta(meta);
      known = name.decode(objects.load(name), TreeNodes::statusOf);
      metas.put(meta, known);
    }
    return known;
  }

  private static Status statusOf(byte[] bytes) {
    DirMeta meta = DirMeta.decode(bytes);
    return new Status(meta.mode(), meta.uid(), meta.gid(), OverlayXattrs.escape(meta.xattrs()));
  }
}
