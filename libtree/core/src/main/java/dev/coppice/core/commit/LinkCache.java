package dev.coppice.core.commit;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.LooseStore;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which inode holds which file object: recognises files that are hard links into the repository. An
 * open hash table of primitives, because a repository has them by the hundred thousand.
 *
 * <p>Source: {@code ostree_repo_scan_hardlinks}. Objects of an archive repository are never linked
 * into checkouts, so there it is empty.
 */
final class LinkCache {
  private static final String SUFFIX = ".file";
  private static final int NAME = Checksum.HEX_DIGITS - 2 + SUFFIX.length();

  private final long[] devices;
  private final long[] inodes;
  private final Checksum[] checksums;
  private final int mask;

  /** The objects of one fan-out directory. */
  private static final class Part {
    private int count;
    private long[] devices = new long[128];
    private long[] inodes = new long[128];
    private Checksum[] checksums = new Checksum[128];

    void add(long device, long inode, Checksum checksum) {
      if (count == inodes.length) {
        devices = java.util.Arrays.copyOf(devices, 2 * count);
        inodes = java.util.Arrays.copyOf(inodes, 2 * count);
        checksums = java.util.Arrays.copyOf(checksums, 2 * count);
      }
      devices[count] = device;
      inodes[count] = inode;
      checksums[count++] = checksum;
    }
  }

  private LinkCache(List<Part> parts) {
    int total = parts.stream().mapToInt(part -> part.count).sum();
    int size = Integer.highestOneBit(Math.max(16, total)) * 4;
    devices = new long[size];
    inodes = new long[size];
    checksums = new Checksum[size];
    mask = size - 1;
    for (Part part : parts) {
      for (int i = 0; i < part.count; i++) {
        put(part.devices[i], part.inodes[i], part.checksums[i]);
      }
    }
  }

  private void put(long device, long inode, Checksum checksum) {
    int at = slot(device, inode);
    devices[at] = device;
    inodes[at] = inode;
    checksums[at] = checksum;
  }

  /** Where a file is in the table, or the free place where it would go. */
  private int slot(long device, long inode) {
    // Fibonacci hashing: inode numbers come in runs.
    int at = (int) ((inode * 0x9E3779B97F4A7C15L + device) >>> 40) & mask;
    while (checksums[at] != null && (inodes[at] != inode || devices[at] != device)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /** The object that a file is a hard link to, or null. */
  @Nullable Checksum find(FileStat stat) {
    return checksums[slot(stat.dev(), stat.ino())];
  }

  /** The object that an inode of a device is, or null. */
  @Nullable Checksum find(long device, long inode) {
    return checksums[slot(device, inode)];
  }

  /** Looks at all objects of a repository and of its parents. */
  static LinkCache scan(Repo repo, WorkPool pool) throws IOException {
    var parts = new ArrayList<Part>();
    List<LooseStore> stores = repo.stores();
    // Parents first, so that the repository's own objects win.
    for (LooseStore store : stores.reversed()) {
      if (store.mode().isBare()) {
        boolean listed = ListedInodes.areReal(store.descriptor(), store.directory());
        for (int i = 0; i < 256; i++) {
          String fanout = RepoLayout.fanout(i);
          var part = new Part();
          parts.add(part);
          pool.submit(() -> scan(store, fanout, listed, part), 0, 1);
        }
      }
    }
    pool.await();
    return new LinkCache(parts);
  }

  private static void scan(LooseStore store, String fanout, boolean listed, Part part)
      throws IOException {
    Fd directory = Fs.openIfExists(store.descriptor(), fanout, OpenFlags.O_DIRECTORY);
    if (directory == null) {
      return;
    }
    try (directory;
        var entries = DirStream.open(directory)) {
      long device = Fs.fstat(directory).dev();
      for (DirEntry entry = entries.next(); entry != null; entry = entries.next()) {
        String name = entry.name();
        if (name.length() != NAME || !name.endsWith(SUFFIX)) {
          continue;
        }
        String hex = fanout + name.substring(0, NAME - SUFFIX.length());
        if (!Checksum.isHex(hex)) {
          continue;
        }
        if (listed) {
          part.add(device, entry.inode(), Checksum.ofHex(hex));
          continue;
        }
        FileStat stat = Fs.statIfExists(directory, name);
        if (stat != null) {
          part.add(stat.dev(), stat.ino(), Checksum.ofHex(hex));
        }
      }
    }
  }
}
