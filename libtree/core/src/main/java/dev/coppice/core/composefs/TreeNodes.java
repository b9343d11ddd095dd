package dev.coppice.core.composefs;

import dev.coppice.core.erofs.Node;
import dev.coppice.core.erofs.Status;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
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
    // Breadth first with a list of our own: trees may be deeper than the stack of a thread.
    var waiting = new ArrayList<DirTree.Dir>();
    waiting.add(new DirTree.Dir("/", root.tree(), root.meta()));
    for (int i = 0; i < waiting.size(); i++) {
      DirTree.Dir next = waiting.get(i);
      DirTree tree = loadTree(next.tree());
      directories.add(new Directory(status(next.meta()), tree, waiting.size()));
      waiting.addAll(tree.dirs());
      tree.files().forEach(file -> files.add(file.checksum()));
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
