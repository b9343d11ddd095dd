package dev.coppice.core.composefs;

import dev.coppice.core.composefs.MemoryTree.Dir;
import dev.coppice.core.composefs.MemoryTree.StoredFile;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.TreeName;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.object.Xattrs.Xattr;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A tree that is random, but the same for one seed in every version of Java: digests of its images
 * are recorded. It leans towards what the format treats in a way of its own.
 */
final class RandomTree {
  private static final String[] LETTERS = {
    "a", "b", "Z", "0", "7", "f", ".", "-", "+", "!", "_", " ", "é", "日", "\ud83d\ude00", "\n", "\\"
  };
  private static final String[] TOP = {
    "etc", "usr", "boot", "00", "ff", "7f", "a", "000", "FF", ".", "-", "...", "..-", ".-", ".a"
  };
  private static final String[] NAMES = {
    "user.a",
    "user.",
    "user.overlay.whiteout",
    "user.overlay.opaque",
    "trusted.a",
    "trusted.overlay.opaque",
    "trusted.overlay.metacopy",
    "trusted.overlay.redirect",
    "trusted.overlay.overlay.opaque",
    "trusted.overlay.",
    "trusted.overlay",
    "security.selinux",
    "security.capability",
    "system.posix_acl_access",
    "system.posix_acl_default",
    "system.posix_acl_default.more",
    "lustre.lov",
    "odd",
  };

  private static final long[] SIZES = {
    1,
    2,
    4095,
    4096,
    4097,
    8192,
    1 << 20,
    (1L << 32) - 1,
    1L << 32,
    (1L << 43) - 1,
    1L << 43,
    (1L << 43) + 1,
    1L << 50,
    (1L << 53) - 1,
    1L << 53
  };

  private final SplittableRandom random;
  private final MemoryTree tree = new MemoryTree();
  private final List<Checksum> files = new ArrayList<>();
  private final List<Xattrs> xattrsSoFar = new ArrayList<>();
  private final FileDigests digests;
  private final Dir root;

  RandomTree(long seed) {
    random = new SplittableRandom(seed);
    digests = random.nextInt(3) == 0 ? FileDigests.ALL : FileDigests.NONE;
    root = dir(0);
  }

  MemoryTree tree() {
    return tree;
  }

  Dir root() {
    return root;
  }

  FileDigests digests() {
    return digests;
  }

  String dump() {
    return tree.dump(root, digests);
  }

  private Dir dir(int depth) {
    Map<String, Checksum> fileNames = new TreeMap<>();
    Map<String, Dir> dirs = new TreeMap<>();
    DirMeta meta =
        new DirMeta(owner(), owner(), FileMode.DIRECTORY | random.nextInt(010000), xattrs());
    int count = count(depth);
    for (int i = 0; i < count; i++) {
      String name = name(depth);
      if (fileNames.containsKey(name) || dirs.containsKey(name)) {
        continue;
      }
      if (random.nextInt(3) == 0 && depth < 5) {
        dirs.put(name, dir(depth + 1));
      } else {
        fileNames.put(name, file());
      }
    }
    return new Dir(meta, fileNames, dirs);
  }

  private int count(int depth) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> depth > 1 ? 1 : 150 + random.nextInt(40);
      case 2 -> depth == 1 ? random.nextInt(600) : 3;
      default -> random.nextInt(12 - 2 * depth);
    };
  }

  private String name(int depth) {
    String name;
    if (depth == 0 && random.nextBoolean()) {
      name = TOP[random.nextInt(TOP.length)];
    } else {
      name = text(1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 6));
    }
    if (random.nextInt(60) == 0) {
      name += "x".repeat(255 - name.getBytes(StandardCharsets.UTF_8).length);
    }
    return TreeName.problem(name).isEmpty() ? name : "x" + name;
  }

  private String text(int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  private int owner() {
    return switch (random.nextInt(12)) {
      case 0 -> random.nextInt();
      case 1 -> 0xffff;
      case 2 -> 0x10000;
      case 3 -> 1000;
      default -> 0;
    };
  }

  private Checksum file() {
    if (!files.isEmpty() && random.nextInt(6) == 0) {
      return files.get(random.nextInt(files.size()));
    }
    Checksum checksum = tree.addFile(random.nextInt(5) == 0 ? link() : regular());
    files.add(checksum);
    return checksum;
  }

  private StoredFile link() {
    int length =
        switch (random.nextInt(6)) {
          case 0 -> 4000 + random.nextInt(96);
          case 1 -> 500 + random.nextInt(3000);
          default -> 1 + random.nextInt(30);
        };
    String target = "../".repeat(1 + length / 3).substring(0, length);
    return new StoredFile(FileHeader.symlink(owner(), owner(), target, xattrs()), 0, new byte[0]);
  }

  private StoredFile regular() {
    FileHeader header = FileHeader.regular(owner(), owner(), random.nextInt(010000), xattrs());
    if (random.nextInt(6) == 0) {
      return new StoredFile(header, 0, new byte[0]);
    }
    if (digests == FileDigests.NONE) {
      return new StoredFile(header, SIZES[random.nextInt(SIZES.length)], null);
    }
    // Few contents, so that files of different owners have the same.
    byte[] content = new byte[1 + random.nextInt(20)];
    return new StoredFile(header, content.length, content);
  }

  private Xattrs xattrs() {
    if (!xattrsSoFar.isEmpty() && random.nextInt(4) == 0) {
      return xattrsSoFar.get(random.nextInt(xattrsSoFar.size()));
    }
    int count =
        switch (random.nextInt(20)) {
          case 0 -> 100 + random.nextInt(80);
          case 1, 2, 3 -> 1 + random.nextInt(12);
          default -> 0;
        };
    Map<String, Xattr> entries = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String name =
          random.nextInt(4) == 0 || count >= 100
              ? "user." + "n".repeat(random.nextInt(40)) + random.nextInt(200)
              : NAMES[random.nextInt(NAMES.length)];
      entries.put(name, Xattr.of(name, value(count)));
    }
    Xattrs xattrs = Xattrs.of(List.copyOf(entries.values()));
    xattrsSoFar.add(xattrs);
    return xattrs;
  }

  private byte[] value(int count) {
    int most = count >= 100 ? 30 : random.nextInt(20) == 0 ? 2500 : 12;
    byte[] value = new byte[random.nextInt(most)];
    if (random.nextBoolean()) {
      random.nextBytes(value);
    }
    return value;
  }
}
