package dev.coppice.core.composefs;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.ObjectStore;
import dev.coppice.core.tree.TreeLookup.Found;
import dev.coppice.posix.Fd;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Objects of a tree in memory, and the same tree as the lines of {@code composefs-dump(5)}, which
 * the real maker of images reads. Files may be of any size: they have content only if it is small.
 */
final class MemoryTree implements ObjectStore {
  /** Directories that every image of a commit has. */
  private static final List<String> ALWAYS = List.of("boot", "etc", "sysroot", "usr", "var");

  private final Map<ObjectName, byte[]> metadata = new HashMap<>();
  private final Map<Checksum, StoredFile> files = new HashMap<>();

  /** A file object; {@code bytes} is null when it is too large to have any. */
  record StoredFile(FileHeader header, long size, byte @Nullable [] bytes) implements FileObject {
    @Override
    public InputStream content() {
      if (bytes == null) {
        throw new IllegalStateException("a file without content was read");
      }
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable Fd plainFile() {
      return null;
    }

    @Override
    public void close() {}
  }

  /** A directory with everything below it. */
  record Dir(DirMeta meta, Map<String, Checksum> files, Map<String, Dir> dirs) {}

  Checksum addFile(StoredFile file) {
    // Not the checksum of a real object of this content, which nobody looks at here.
    byte[] seed = ("file " + files.size()).getBytes(StandardCharsets.UTF_8);
    Checksum checksum = Checksum.sha256(seed);
    files.put(checksum, file);
    return checksum;
  }

  StoredFile file(Checksum checksum) {
    StoredFile file = files.get(checksum);
    if (file == null) {
      throw new IllegalStateException("no file " + checksum);
    }
    return file;
  }

  /** Stores the directories from {@code dir} down. */
  Found.Directory store(Dir dir) {
    var fileEntries = new ArrayList<DirTree.File>();
    dir.files().forEach((name, checksum) -> fileEntries.add(new DirTree.File(name, checksum)));
    var dirEntries = new ArrayList<DirTree.Dir>();
    dir.dirs()
        .forEach(
            (name, child) -> {
              Found.Directory stored = store(child);
              dirEntries.add(new DirTree.Dir(name, stored.tree(), stored.meta()));
            });
    return new Found.Directory(
        put(ObjectType.DIRTREE, DirTree.of(fileEntries, dirEntries).encode()),
        put(ObjectType.DIRMETA, dir.meta().encode()));
  }

  private Checksum put(ObjectType type, byte[] bytes) {
    Checksum checksum = Checksum.sha256(bytes);
    metadata.put(new ObjectName(type, checksum), bytes);
    return checksum;
  }

  /** The lines for the real maker, one character for each byte. */
  String dump(Dir root, FileDigests digests) {
    var out = new StringBuilder();
    dump(root, "", digests, out);
    for (String name : ALWAYS) {
      if (!root.files().containsKey(name) && !root.dirs().containsKey(name)) {
        out.append('/').append(name).append(" 0 40755 2 0 0 0 0.0 - - -\n");
      }
    }
    return out.toString();
  }

  private void dump(Dir dir, String path, FileDigests digests, StringBuilder out) {
    DirMeta meta = dir.meta();
    out.append(path.isEmpty() ? "/" : path)
        .append(" 0 ")
        .append(Integer.toOctalString(meta.mode()));
    owner(meta.uid(), meta.gid(), out);
    out.append("- - -");
    xattrs(meta.xattrs(), out);
    dir.files()
        .forEach((name, checksum) -> dump(path + "/" + escape(name), checksum, digests, out));
    dir.dirs().forEach((name, child) -> dump(child, path + "/" + escape(name), digests, out));
  }

  private void dump(String path, Checksum checksum, FileDigests digests, StringBuilder out) {
    StoredFile file = file(checksum);
    FileHeader header = file.header();
    out.append(path).append(' ').append(file.size()).append(' ');
    out.append(Integer.toOctalString(header.mode()));
    owner(header.uid(), header.gid(), out);
    if (header.isSymlink()) {
      out.append(escape(header.target())).append(" - -");
    } else if (file.size() == 0) {
      out.append("- - -");
    } else {
      String hex = checksum.hex();
      out.append(hex, 0, 2).append('/').append(hex.substring(2)).append(".file - ");
      out.append(digests == FileDigests.ALL ? digest(file) : "-");
    }
    xattrs(header.xattrs(), out);
  }

  private static String digest(StoredFile file) {
    var digest = new VerityDigest();
    byte[] content = file.bytes();
    if (content == null) {
      throw new IllegalStateException("a file without content has no digest");
    }
    digest.update(content, 0, content.length);
    return digest.finish().hex();
  }

  private static void owner(int uid, int gid, StringBuilder out) {
    out.append(" 1 ").append(Integer.toUnsignedString(uid));
    out.append(' ').append(Integer.toUnsignedString(gid)).append(" 0 0.0 ");
  }

  private static void xattrs(Xattrs xattrs, StringBuilder out) {
    for (Xattrs.Xattr xattr : xattrs.entries()) {
      out.append(' ').append(escape(xattr.name())).append('=').append(escape(xattr.value()));
    }
    out.append('\n');
  }

  private static String escape(String text) {
    return escape(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String escape(byte[] bytes) {
    var out = new StringBuilder();
    for (byte b : bytes) {
      boolean plain =
          b > ' ' && b < 127 && b != '\\' && b != '=' && !(b == '-' && bytes.length == 1);
      if (plain) {
        out.append((char) b);
      } else {
        out.append(String.format("\\x%02x", b & 0xff));
      }
    }
    return out.toString();
  }

  @Override
  public boolean has(ObjectName name) {
    return metadata.containsKey(name) || files.containsKey(name.checksum());
  }

  @Override
  public byte @Nullable [] loadIfExists(ObjectName name) {
    return metadata.get(name);
  }

  @Override
  public @Nullable FileObject openFileIfExists(Checksum checksum) {
    return files.get(checksum);
  }

  @Override
  public long storedSize(ObjectName name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void list(Consumer<ObjectName> consumer) {
    throw new UnsupportedOperationException();
  }
}
