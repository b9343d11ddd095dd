package dev.coppice.core.object;

import dev.coppice.posix.PosixNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names in a directory, sorted as bytes: files with their checksum, directories with the
 * checksums of their tree and metadata.
 *
 * <p>Serialized as GVariant {@code (a(say)a(sayay))}. Source: {@code OSTREE_TREE_GVARIANT_STRING}.
 */
public record DirTree(List<File> files, List<Dir> dirs) {
  /** A directory with nothing in it. */
  public static final DirTree EMPTY = new DirTree(List.of(), List.of());

  /** A file of the directory. */
  public record File(String name, Checksum checksum) {}

  /** A directory of the directory. */
  public record Dir(String name, Checksum tree, Checksum meta) {}

  /** Sorts nothing: callers keep the order, {@link #of} makes it. */
  public DirTree {
    files = List.copyOf(files);
    dirs = List.copyOf(dirs);
  }

  /** A tree of entries in any order. */
  public static DirTree of(List<File> files, List<Dir> dirs) {
    var sortedFiles = new ArrayList<>(files);
    sortedFiles.sort((x, y) -> PosixNames.BYTE_ORDER.compare(x.name(), y.name()));
    var sortedDirs = new ArrayList<>(dirs);
    sortedDirs.sort((x, y) -> PosixNames.BYTE_ORDER.compare(x.name(), y.name()));
    return new DirTree(sortedFiles, sortedDirs);
  }

  /** The file of this name, or null. */
  public @Nullable File file(String name) {
    int low = 0;
    int high = files.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = PosixNames.BYTE_ORDER.compare(files.get(middle).name(), name);
      if (order == 0) {
        return files.get(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** The directory of this name, or null. */
  public @Nullable Dir dir(String name) {
    int low = 0;
    int high = dirs.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = PosixNames.BYTE_ORDER.compare(dirs.get(middle).name(), name);
      if (order == 0) {
        return dirs.get(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** The bytes of the object. */
  public byte[] encode() {
    byte[][] fileNames = new byte[files.size()][];
    byte[][] dirNames = new byte[dirs.size()][];
    long fileBody = 0;
    for (int i = 0; i < fileNames.length; i++) {
      fileNames[i] = files.get(i).name().getBytes(StandardCharsets.UTF_8);
      fileBody += elementSize(fileNames[i].length, 1);
    }
    long dirBody = 0;
    for (int i = 0; i < dirNames.length; i++) {
      dirNames[i] = dirs.get(i).name().getBytes(StandardCharsets.UTF_8);
      dirBody += elementSize(dirNames[i].length, 2);
    }
    int fileWidth = Framing.width(fileBody, fileNames.length);
    int dirWidth = Framing.width(dirBody, dirNames.length);
    long fileEnd = fileBody + (long) fileWidth * fileNames.length;
    long body = fileEnd + dirBody + (long) dirWidth * dirNames.length;
    int width = Framing.width(body, 1);
    byte[] out = new byte[Math.toIntExact(body + width)];
    int at = 0;
    int offsets = (int) fileBody;
    for (int i = 0; i < fileNames.length; i++) {
      at = putElement(out, at, fileNames[i], files.get(i).checksum(), null);
      Framing.put(out, offsets, fileWidth, at);
      offsets += fileWidth;
    }
    int start = (int) fileEnd;
    at = start;
    offsets = start + (int) dirBody;
    for (int i = 0; i < dirNames.length; i++) {
      at = putElement(out, at, dirNames[i], dirs.get(i).tree(), dirs.get(i).meta());
      Framing.put(out, offsets, dirWidth, at - start);
      offsets += dirWidth;
    }
    Framing.put(out, (int) body, width, fileEnd);
    return out;
  }

  private static int elementSize(int name, int checksums) {
    int body = name + 1 + checksums * Checksum.BYTES;
    return body + checksums * Framing.width(body, checksums);
  }

  private static int putElement(
      byte[] out, int start, byte[] name, Checksum first, @Nullable Checksum second) {
    System.arraycopy(name, 0, out, start, name.length);
    int at = start + name.length + 1;
    first.write(out, at);
    at += Checksum.BYTES;
    if (second != null) {
      second.write(out, at);
      at += Checksum.BYTES;
    }
    int checksums = second == null ? 1 : 2;
    int width = Framing.width(at - start, checksums);
    // Offsets of a tuple stand in reverse: the first member's end is the last of them.
    if (second != null) {
      Framing.put(out, at, width, name.length + 1 + Checksum.BYTES);
      at += width;
    }
    Framing.put(out, at, width, name.length + 1);
    return at + width;
  }

  /**
   * Reads an object.
   *
   * @throws MalformedObjectException when it is not in normal form, a name is not allowed, or the
   *     names are out of order or repeated
   */
  public static DirTree decode(byte[] in) {
    int width = Framing.widthIn(in.length);
    if (in.length < width || in.length == 0) {
      throw new MalformedObjectException("Not normal form: empty dirtree");
    }
    int body = in.length - width;
    int fileEnd = Framing.get(in, body, width);
    if (fileEnd < 0 || fileEnd > body) {
      throw new MalformedObjectException("Not normal form: dirtree");
    }
    var files = new ArrayList<File>();
    readArray(in, 0, fileEnd, 1, (name, at) -> files.add(new File(name, Checksum.read(in, at))));
    var dirs = new ArrayList<Dir>();
    readArray(
        in,
        fileEnd,
        body,
        2,
        (name, at) ->
            dirs.add(new Dir(name, Checksum.read(in, at), Checksum.read(in, at + Checksum.BYTES))));
    var tree = new DirTree(files, dirs);
    for (Dir dir : dirs) {
      // Both lists in order makes this the only way for one name to stand for two things.
      if (tree.file(dir.name()) != null) {
        throw new MalformedObjectException("name '" + dir.name() + "' is a file and a directory");
      }
    }
    if (!Arrays.equals(tree.encode(), in)) {
      throw new MalformedObjectException("Not normal form: dirtree");
    }
    return tree;
  }

  private interface Element {
    void read(String name, int checksums);
  }

  private static void readArray(byte[] in, int start, int end, int checksums, Element element) {
    int size = end - start;
    if (size == 0) {
      return;
    }
    int width = Framing.widthIn(size);
    int table = size < width ? -1 : Framing.get(in, end - width, width);
    if (table < 0 || table > size - width || (size - table) % width != 0) {
      throw new MalformedObjectException("Not normal form: dirtree");
    }
    int count = (size - table) / width;
    int from = 0;
    String before = "";
    for (int i = 0; i < count; i++) {
      int to = Framing.get(in, start + table + i * width, width);
      int elementSize = to - from;
      int minimum = 1 + checksums * (Checksum.BYTES + 1);
      if (to < from || to > table || elementSize < minimum) {
        throw new MalformedObjectException("Not normal form: dirtree");
      }
      int nameLength =
          elementSize - 1 - checksums * (Checksum.BYTES + Framing.widthIn(elementSize));
      if (nameLength < 0) {
        throw new MalformedObjectException("Invalid checksum length in dirtree");
      }
      String name = new String(in, start + from, nameLength, StandardCharsets.UTF_8);
      String problem = TreeName.problem(name);
      if (!problem.isEmpty()) {
        throw new MalformedObjectException(problem);
      }
      if (i > 0 && PosixNames.BYTE_ORDER.compare(before, name) >= 0) {
        throw new MalformedObjectException("name '" + name + "' is out of order or repeated");
      }
      element.read(name, start + from + nameLength + 1);
      before = name;
      from = to;
    }
  }
}
