package dev.coppice.core.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any files put in any order give the tree that a map of paths describes. */
class TreeNodePropertyTest {
  private static final Checksum META = Checksum.sha256(new byte[] {1});

  @Provide
  Arbitrary<List<String>> paths() {
    Arbitrary<String> name = Arbitraries.of("a", "b", "B", "\u00e4", "\uffff", "\ud83d\ude00");
    return name.list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(names -> String.join("/", names))
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 500)
  void treeIsThatOfTheModel(@ForAll("paths") List<String> paths) throws IOException {
    SortedMap<String, Checksum> model = new TreeMap<>();
    TreeNode root = TreeNode.empty();
    root.setMeta(META);
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      Checksum content = Checksum.sha256((path + i).getBytes(StandardCharsets.UTF_8));
      boolean refused = isRefused(model, path);
      boolean put = put(root, path, content);
      assertThat(put).isEqualTo(!refused);
      if (put) {
        model.put(path, content);
      }
    }
    fold(root);
    assertThat(flatten(root, "")).isEqualTo(model);
  }

  /** A file where a directory is, or below a file. */
  private static boolean isRefused(SortedMap<String, Checksum> model, String path) {
    for (String other : model.keySet()) {
      if (other.startsWith(path + "/") || path.startsWith(other + "/")) {
        return true;
      }
    }
    return false;
  }

  private static boolean put(TreeNode root, String path, Checksum content) throws IOException {
    List<String> names = TarPaths.components(path);
    TreeNode node = root;
    try {
      for (String name : names.subList(0, names.size() - 1)) {
        node = node.ensureDir(name);
        node.setMeta(META);
      }
      node.putFile(names.getLast(), new FileSlot(content));
      return true;
    } catch (Failure e) {
      return false;
    }
  }

  private static void fold(TreeNode root) {
    for (List<TreeNode> level : root.changedByDepth().reversed()) {
      for (TreeNode node : level) {
        DirTree tree = node.toDirTree();
        assertThat(DirTree.decode(tree.encode())).isEqualTo(tree);
        node.setContent(Checksum.sha256(tree.encode()));
      }
    }
    assertThat(root.changedByDepth()).isEmpty();
  }

  private static SortedMap<String, Checksum> flatten(TreeNode node, String prefix)
      throws IOException {
    SortedMap<String, Checksum> files = new TreeMap<>();
    DirTree tree = node.toDirTree();
    tree.files().forEach(file -> files.put(prefix + file.name(), file.checksum()));
    for (DirTree.Dir dir : tree.dirs()) {
      TreeNode inner = node.dir(dir.name());
      assertThat(inner).isNotNull();
      if (inner != null) {
        files.putAll(flatten(inner, prefix + dir.name() + "/"));
      }
    }
    return files;
  }
}
