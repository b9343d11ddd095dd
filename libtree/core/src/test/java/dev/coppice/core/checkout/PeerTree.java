package dev.coppice.core.checkout;

import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import java.nio.file.Path;

/** A tree with everything that a checkout treats in a way of its own, and repositories of it. */
public final class PeerTree {
  private PeerTree() {}

  /** Writes the tree; needs root for owners, capabilities and trusted attributes. */
  public static void write(TreeBuilder tree) {
    Root.require();
    tree.file("plain", "text\n");
    tree.file("empty", "");
    tree.file("usr/empty", "");
    tree.file("usr/empty-private", "").mode(0600);
    tree.file("unreadable", "secret\n").mode(0);
    tree.file("group-only", "group\n").owner(3, 4).mode(0040);
    tree.file("usr/bin/su", "su\n").mode(04755);
    tree.file("usr/bin/wall", "wall\n").mode(02755);
    tree.file("usr/bin/ping", "ping\n").xattr("user.note", "one").mode(0755);
    tree.file("usr/bin/owned", "owned\n").owner(1000, 1001).mode(0750);
    tree.symlink("usr/bin/link", "../x").owner(5, 6);
    tree.symlink("dangling", "/nowhere").xattr("trusted.mark", "m");
    tree.randomFile("usr/lib/large", 300_000, 7);
    tree.file("usr/lib/twin-1", "twins\n");
    tree.file("usr/lib/twin-2", "twins\n");
    tree.file("world", "all\n").mode(0666);
    tree.file("ü – 日本", "names\n");
    tree.dir("sticky").mode(01777);
    tree.dir("private").owner(7, 8).mode(02750);
    tree.dir("private/below").xattr("user.dir", "d");
    tree.file("layer/.wh.removed", "");
    tree.file("layer/.wh..wh..opq", "");
    tree.file("layer/.ostree-wh.device", "x").owner(2, 3);
  }

  /** A repository of a mode with the tree as branch {@code tree}, made by the real tool. */
  public static Path repo(TempTree temp, RealOstree real, String mode) {
    Path source = temp.path("source");
    if (!source.toFile().exists()) {
      write(TreeBuilder.in(source));
    }
    Path repo = temp.path(mode);
    Programs.run(real.program().toString(), "--repo=" + repo, "init", "--mode=" + mode).ok();
    if (mode.equals("bare-user-only")) {
      real.on(repo, "commit", "-b", "tree", "--canonical-permissions", source.toString());
    } else {
      real.on(repo, "commit", "-b", "tree", source.toString());
    }
    return repo;
  }
}
