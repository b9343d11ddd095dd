package dev.coppice.core.diff;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.store.StoredXattrs;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory on disk. Files are hashed as they would be committed; links are not followed. */
record DiskTree(Path path, DiffRequest.Xattrs xattrs) implements Tree {
  private static final int CHUNK = 128 << 10;

  /**
   * Entries are listed in the order of inodes, so many at a time: so GIO does, and ostree prints.
   */
  private static final int LISTED_AT_ONCE = 1000;

  @Override
  public Directory root() throws IOException {
    // Fails where there is no directory.
    Fs.openDir(Fd.CWD, path.toString()).close();
    return new OnDisk(path.toString(), xattrs);
  }

  private record Listed(Entry entry, long inode) {}

  private record OnDisk(String path, DiffRequest.Xattrs xattrs) implements Directory {
    @Override
    public List<Entry> entries() throws IOException {
      var found = new ArrayList<Listed>();
      try (Fd directory = open()) {
        for (DirEntry entry : DirStream.list(directory)) {
          FileStat stat = Fs.statIfExists(directory, entry.name());
          if (stat != null) {
            found.add(new Listed(entry(entry.name(), stat.isDirectory()), stat.ino()));
          }
        }
      }
      for (int from = 0; from < found.size(); from += LISTED_AT_ONCE) {
        found
            .subList(from, Math.min(found.size(), from + LISTED_AT_ONCE))
            .sort(Comparator.comparingLong(Listed::inode));
      }
      return found.stream().map(Listed::entry).toList();
    }

    private Fd open() throws IOException {
      return Fs.open(Fd.CWD, path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
    }

    private Entry entry(String name, boolean directory) {
      return new Entry(name, directory ? new OnDisk(path + "/" + name, xattrs) : null);
    }

    @Override
    public @Nullable Entry find(String name) throws IOException {
      FileStat stat = Fs.statIfExists(Fd.CWD, path + "/" + name);
      return stat == null ? null : entry(name, stat.isDirectory());
    }

    @Override
    public Checksum checksum(Entry entry, Owner owner) throws IOException {
      try (Fd directory = open()) {
        FileStat stat = Fs.stat(directory, entry.name());
        int uid = owner.uid().orElse(stat.uid());
        int gid = owner.gid().orElse(stat.gid());
        int mode = stat.mode() & (FileMode.TYPE | FileMode.PERMISSIONS);
        Xattrs attributes =
            xattrs == DiffRequest.Xattrs.IGNORE
                ? Xattrs.NONE
                : StoredXattrs.ofLink(directory, entry.name());
        if (stat.isSymlink()) {
          String target = Fs.readlink(directory, entry.name());
          return FileHeader.symlink(uid, gid, target, attributes).checksumWithoutContent();
        }
        if (stat.isRegular()) {
          return hash(directory, entry.name(), new FileHeader(uid, gid, mode, "", attributes));
        }
        // Of a directory this is its dirmeta. Other kinds no commit can hold; this tells them
        // apart.
        return Checksum.sha256(DirMeta.encodeOf(uid, gid, mode, attributes));
      }
    }

    private static Checksum hash(Fd directory, String name, FileHeader header) throws IOException {
      MessageDigest digest = Checksum.newDigest();
      digest.update(header.checksumPrefix());
      try (Fd file = Fs.open(directory, name, OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW, 0)) {
        byte[] chunk = new byte[CHUNK];
        for (int count = Io.read(file, chunk, 0, CHUNK);
            count > 0;
            count = Io.read(file, chunk, 0, CHUNK)) {
          digest.update(chunk, 0, count);
        }
      }
      return Checksum.of(digest.digest());
    }

    @Override
    public boolean surelySame(Directory other) {
      return false;
    }
  }
}
