package dev.coppice.core.object;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Xattrs.Xattr;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Random objects, and the same objects through the general GVariant codec. */
final class RandomObjects {
  private static final VariantType XATTR = VariantType.of("(ayay)");
  private static final VariantType FILE = VariantType.of("(say)");
  private static final VariantType DIR = VariantType.of("(sayay)");

  private final Random random;

  RandomObjects(long seed) {
    random = new Random(seed);
  }

  Checksum checksum() {
    return new Checksum(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  /** Sizes on both sides of every width of framing offsets. */
  private int count() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> 2 + random.nextInt(4);
      case 3 -> 5 + random.nextInt(8);
      case 4 -> random.nextInt(60);
      default -> random.nextInt(1200);
    };
  }

  String name() {
    String[] alphabet = {"a", "Z", "0", ".", "-", "_", " ", "é", "日", "\ud83d\ude00"};
    var name = new StringBuilder();
    int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 12);
    for (int i = 0; i < length; i++) {
      name.append(alphabet[random.nextInt(alphabet.length)]);
    }
    return TreeName.problem(name.toString()).isEmpty() ? name.toString() : "x" + name;
  }

  Xattrs xattrs() {
    int count = random.nextInt(3) == 0 ? random.nextInt(6) : 0;
    var entries = new TreeMap<String, Xattr>();
    for (int i = 0; i < count; i++) {
      byte[] value = new byte[random.nextInt(random.nextInt(10) == 0 ? 70_000 : 40)];
      random.nextBytes(value);
      String name = "user." + (char) ('a' + random.nextInt(26)) + random.nextInt(1000);
      entries.put(name, Xattr.of(name, value));
    }
    return Xattrs.of(List.copyOf(entries.values()));
  }

  DirTree dirTree() {
    var names = new TreeSet<String>();
    var files = new ArrayList<DirTree.File>();
    for (int i = count(); i > 0; i--) {
      String name = name();
      if (names.add(name)) {
        files.add(new DirTree.File(name, checksum()));
      }
    }
    var dirs = new ArrayList<DirTree.Dir>();
    for (int i = count(); i > 0; i--) {
      String name = name();
      if (names.add(name)) {
        dirs.add(new DirTree.Dir(name, checksum(), checksum()));
      }
    }
    return DirTree.of(files, dirs);
  }

  DirMeta dirMeta() {
    return new DirMeta(
        random.nextInt(), random.nextInt(), FileMode.DIRECTORY | random.nextInt(010000), xattrs());
  }

  FileHeader fileHeader() {
    return random.nextBoolean()
        ? FileHeader.regular(random.nextInt(), random.nextInt(), random.nextInt(010000), xattrs())
        : FileHeader.symlink(
            random.nextInt(), random.nextInt(), "../".repeat(count() % 90) + name(), xattrs());
  }

  Commit commit() {
    VariantDict metadata = VariantDict.builder();
    for (int i = count() % 40; i > 0; i--) {
      metadata.put("key" + i, Variant.ofString(name()));
    }
    var related = new ArrayList<Commit.Related>();
    for (int i = count() % 5; i > 0; i--) {
      related.add(new Commit.Related(name(), checksum()));
    }
    return new Commit(
        metadata.build(),
        random.nextBoolean() ? Optional.of(checksum()) : Optional.empty(),
        related,
        name(),
        "body ".repeat(count()),
        random.nextLong(),
        checksum(),
        checksum());
  }

  // ---- the same through the general codec

  static byte[] generic(DirTree tree) {
    var files = new ArrayList<Variant>();
    for (DirTree.File file : tree.files()) {
      files.add(Variant.tuple(Variant.ofString(file.name()), bytes(file.checksum())));
    }
    var dirs = new ArrayList<Variant>();
    for (DirTree.Dir dir : tree.dirs()) {
      dirs.add(Variant.tuple(Variant.ofString(dir.name()), bytes(dir.tree()), bytes(dir.meta())));
    }
    return Variant.tuple(Variant.array(FILE, files), Variant.array(DIR, dirs)).serialized();
  }

  static byte[] generic(DirMeta meta) {
    return Variant.tuple(
            bigEndian(meta.uid()),
            bigEndian(meta.gid()),
            bigEndian(meta.mode()),
            generic(meta.xattrs()))
        .serialized();
  }

  /** Without the frame of eight bytes. */
  static byte[] generic(FileHeader header, long size) {
    return Variant.tuple(
            Variant.ofUint64(Long.reverseBytes(size)),
            bigEndian(header.uid()),
            bigEndian(header.gid()),
            bigEndian(header.mode()),
            Variant.ofUint32(0),
            Variant.ofString(header.target()),
            generic(header.xattrs()))
        .serialized();
  }

  static byte[] generic(FileHeader header) {
    return Variant.tuple(
            bigEndian(header.uid()),
            bigEndian(header.gid()),
            bigEndian(header.mode()),
            Variant.ofUint32(0),
            Variant.ofString(header.target()),
            generic(header.xattrs()))
        .serialized();
  }

  static Variant generic(Xattrs xattrs) {
    var entries = new ArrayList<Variant>();
    for (Xattr xattr : xattrs.entries()) {
      entries.add(
          Variant.tuple(Variant.ofByteString(xattr.name()), Variant.ofBytes(xattr.value())));
    }
    return Variant.array(XATTR, entries);
  }

  private static Variant bigEndian(int value) {
    return Variant.ofUint32(Integer.toUnsignedLong(Integer.reverseBytes(value)));
  }

  private static Variant bytes(Checksum checksum) {
    return Variant.ofBytes(checksum.bytes());
  }

  /** A dirtree of any names and checksums of any length, which no codec of ours would write. */
  static byte[] hostileTree(List<String> files, List<byte[]> checksums) {
    var entries = new ArrayList<Variant>();
    for (int i = 0; i < files.size(); i++) {
      entries.add(Variant.tuple(Variant.ofString(files.get(i)), Variant.ofBytes(checksums.get(i))));
    }
    return Variant.tuple(Variant.array(FILE, entries), Variant.array(DIR, List.of())).serialized();
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
