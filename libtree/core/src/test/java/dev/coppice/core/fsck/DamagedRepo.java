package dev.coppice.core.fsck;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.RepoMode;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A small repository made by a real ostree, and ways to damage it. */
final class DamagedRepo {
  final RealOstree ostree;
  final Path path;
  final RepoMode mode;
  final Checksum commit;

  DamagedRepo(RealOstree ostree, TempTree temp, RepoMode mode) {
    this.ostree = ostree;
    this.mode = mode;
    this.path = temp.path("repo");
    ostree.on(path, "init", "--mode=" + mode.configName());
    var tree = temp.tree("tree");
    tree.file("usr/bin/tool", "tool\n").mode(0755);
    tree.file("usr/share/text", "text\n".repeat(3000));
    tree.symlink("usr/bin/link", "tool");
    tree.file("usr/share/doc/other", "other\n");
    String made =
        ostree.on(
            path,
            "commit",
            "-b",
            "main",
            "--owner-uid=0",
            "--owner-gid=0",
            "--no-xattrs",
            "--timestamp=@1000",
            tree.root().toString());
    this.commit = Checksum.ofHex(made);
  }

  Repo open() throws IOException {
    return Repo.open(path);
  }

  /** The object of a path such as {@code /usr/bin/tool}. */
  ObjectName object(String at) throws IOException {
    try (Repo repo = open()) {
      Commit loaded = repo.loadCommit(commit);
      DirTree tree = repo.loadTree(loaded.tree());
      ObjectName name = ObjectName.dirtree(loaded.tree());
      for (String part : at.substring(1).split("/", -1)) {
        if (part.isEmpty()) {
          continue;
        }
        DirTree.File file = tree.file(part);
        if (file != null) {
          return ObjectName.file(file.checksum());
        }
        DirTree.Dir dir = tree.dir(part);
        if (dir == null) {
          throw new IllegalArgumentException(at);
        }
        name = ObjectName.dirtree(dir.tree());
        tree = repo.loadTree(dir.tree());
      }
      return name;
    }
  }

  Path file(ObjectName name) {
    String hex = name.checksum().hex();
    String z = name.type() == ObjectType.FILE && mode == RepoMode.ARCHIVE ? "z" : "";
    return path.resolve("objects")
        .resolve(hex.substring(0, 2))
        .resolve(hex.substring(2) + "." + name.type().extension() + z);
  }

  void remove(ObjectName name) throws IOException {
    Files.delete(file(name));
  }

  void truncate(ObjectName name, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file(name), StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  void append(ObjectName name, String text) throws IOException {
    Files.writeString(file(name), text, StandardOpenOption.APPEND);
  }

  /** Changes one byte in the middle. */
  void flip(ObjectName name) throws IOException {
    byte[] bytes = Files.readAllBytes(file(name));
    bytes[bytes.length / 2] ^= 0x55;
    try (FileChannel channel = FileChannel.open(file(name), StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(bytes));
    }
  }

  /** Stores an object under the checksum of its bytes, whatever they are. */
  ObjectName store(ObjectType type, byte[] bytes) throws IOException {
    var name = new ObjectName(type, Checksum.sha256(bytes));
    Path file = file(name);
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.write(file, bytes);
    return name;
  }

  /** Makes a commit of a root directory, and a ref to it. */
  Checksum commit(ObjectName tree, ObjectName meta) throws IOException {
    try (Repo repo = open()) {
      Commit model = repo.loadCommit(commit);
      var hostile =
          new Commit(
              model.metadata(),
              model.parent(),
              List.of(),
              "",
              "",
              2000,
              tree.checksum(),
              meta.checksum());
      ObjectName name = store(ObjectType.COMMIT, hostile.encode());
      Files.writeString(path.resolve("refs/heads/hostile"), name.checksum().hex() + "\n");
      return name.checksum();
    }
  }

  /** Whether the real tool finds everything in order. */
  boolean realSaysClean() {
    return ostree.run("--repo=" + path, "fsck", "-q").exit() == 0;
  }
}
