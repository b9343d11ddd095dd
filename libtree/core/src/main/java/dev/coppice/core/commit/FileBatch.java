package dev.coppice.core.commit;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.TreeName;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.store.ContentSource;
import dev.coppice.core.store.StoredXattrs;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Files of one directory that one thread of the pool reads, hashes and writes. */
final class FileBatch implements WorkPool.Job {
  /** O_NONBLOCK: a file that was swapped for a fifo must not hang us. */
  private static final int OPEN =
      OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY;

  private final Build build;
  private final SourceDir directory;
  private final Adoption adoption;
  private final List<FileEntry> entries = new ArrayList<>();
  private long bytes;

  /**
   * @param directory retained by whoever submits the batch
   */
  FileBatch(Build build, SourceDir directory) {
    this.build = build;
    this.directory = directory;
    this.adoption = new Adoption(build);
  }

  void add(FileEntry entry) {
    entries.add(entry);
    bytes += entry.stat().size();
  }

  int count() {
    return entries.size();
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void run() throws IOException {
    for (FileEntry entry : entries) {
      if (entry.stat().isSymlink()) {
        writeLink(entry);
      } else {
        writeFile(entry);
      }
    }
    build.progress().done(entries.size(), bytes);
  }

  @Override
  public void release() throws IOException {
    directory.release();
  }

  private void writeLink(FileEntry entry) throws IOException {
    String target = Fs.readlink(directory.fd(), entry.name());
    if (!PosixNames.isValidUtf8(target)) {
      throw new Failure(
          ErrorCode.NAME_INVALID,
          "Invalid UTF-8 in the target of the symbolic link " + directory.pathOf(entry.name()),
          "Trees can hold link targets in UTF-8 only: change or leave out the link.");
    }
    Xattrs xattrs = entry.known().xattrs();
    if (xattrs == null) {
      xattrs =
          build.rules().readsXattrs()
              ? StoredXattrs.ofLink(directory.fd(), entry.name())
              : Xattrs.NONE;
    }
    write(entry, target, xattrs, ContentSource.EMPTY);
  }

  private void writeFile(FileEntry entry) throws IOException {
    try (Fd file = Fs.open(directory.fd(), entry.name(), OPEN, 0)) {
      FileStat now = Fs.fstat(file);
      if (!now.isSameFile(entry.stat()) || !now.isRegular()) {
        throw new Failure(
            ErrorCode.INPUT_INVALID,
            "File was replaced while it was committed: " + directory.pathOf(entry.name()),
            "Commit a tree that nobody changes meanwhile, for example a snapshot.");
      }
      Xattrs xattrs = entry.known().xattrs();
      if (xattrs == null) {
        xattrs = build.rules().readsXattrs() ? StoredXattrs.of(file) : Xattrs.NONE;
      }
      if (adoption.takes(entry, xattrs)) {
        adopt(entry, xattrs, file, now);
      } else {
        write(entry, "", xattrs, new ContentSource.OfFile(file, now.size()));
      }
    }
  }

  private void adopt(FileEntry entry, Xattrs xattrs, Fd file, FileStat now) throws IOException {
    Attributes attributes = entry.attributes();
    var header = new FileHeader(attributes.uid(), attributes.gid(), attributes.mode(), "", xattrs);
    entry.slot().set(adoption.adopt(header, file, now));
  }

  private void write(FileEntry entry, String target, Xattrs xattrs, ContentSource content)
      throws IOException {
    Attributes attributes = entry.attributes();
    Xattrs changed = build.rules().finish(entry.path(), attributes.mode(), xattrs);
    Checksum linked = entry.known().linked();
    if (linked != null && changed.equals(xattrs)) {
      entry.slot().set(linked);
      build.progress().linkRecognised();
      return;
    }
    var header =
        new FileHeader(attributes.uid(), attributes.gid(), attributes.mode(), target, changed);
    entry.slot().set(build.transaction().writeFile(header, content).checksum());
  }

  /** What a source directory may hold. */
  static void checkKind(FileStat stat, SourceDir directory, String name) {
    if (!stat.isRegular() && !stat.isSymlink()) {
      throw new Failure(
          ErrorCode.FILE_UNSUPPORTED,
          "Not a regular file or symlink: " + name,
          directory.pathOf(name)
              + " is a "
              + kind(stat.mode() & FileMode.TYPE)
              + ", which trees cannot hold: remove it, or commit a copy of the tree without it.");
    }
    TreeName.check(name, directory.path());
  }

  private static String kind(int type) {
    return switch (type) {
      case dev.coppice.posix.Mode.S_IFIFO -> "fifo";
      case dev.coppice.posix.Mode.S_IFSOCK -> "socket";
      case dev.coppice.posix.Mode.S_IFCHR -> "character device";
      case dev.coppice.posix.Mode.S_IFBLK -> "block device";
      default -> "file of unknown type";
    };
  }
}
