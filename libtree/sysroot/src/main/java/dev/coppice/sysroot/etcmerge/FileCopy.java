package dev.coppice.sysroot.etcmerge;

import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.Mode;
import dev.coppice.posix.NameValue;
import dev.coppice.posix.Xattrs;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Copies files and directories with owner, mode, times and attributes.
 *
 * @param xattrs whether extended attributes are copied
 * @param skipped hears of files that are not copied because trees have no place for them: devices,
 *     sockets, pipes
 */
public record FileCopy(boolean xattrs, Consumer<String> skipped) {

  /**
   * Copies one name, and all that is below it, into another directory. A file that has the name is
   * replaced in one step, directories are joined.
   */
  public void copy(Fd source, String name, Fd target) throws IOException {
    FileStat stat = Fs.stat(source, name);
    switch (stat.type()) {
      case Mode.S_IFDIR -> copyDirectory(source, name, target);
      case Mode.S_IFLNK -> copyLink(source, name, stat, target);
      case Mode.S_IFREG -> copyRegular(source, name, stat, target);
      default -> skipped.accept(name);
    }
  }

  private void copyDirectory(Fd source, String name, Fd target) throws IOException {
    Fs.mkdirIfMissing(target, name, 0700);
    try (Fd from = Fs.openDir(source, name);
        Fd to = Fs.openDir(target, name)) {
      copyAttributes(from, to);
      for (DirEntry entry : DirStream.list(from)) {
        copy(from, entry.name(), to);
      }
    }
  }

  /** Gives one open directory owner, mode and attributes of another. */
  public void copyAttributes(Fd from, Fd to) throws IOException {
    FileStat stat = Fs.fstat(from);
    if (xattrs) {
      for (NameValue attribute : Xattrs.readAll(from)) {
        Xattrs.set(to, attribute.name(), attribute.value());
      }
    }
    Fs.chown(to, stat.uid(), stat.gid());
    Fs.chmod(to, stat.permissions());
  }

  private void copyLink(Fd source, String name, FileStat stat, Fd target) throws IOException {
    String temporary = temporaryName();
    Fs.symlink(Fs.readlink(source, name), target, temporary);
    if (xattrs) {
      for (NameValue attribute : Xattrs.readAll(source, name)) {
        Xattrs.set(target, temporary, attribute.name(), attribute.value());
      }
    }
    Fs.lchownAt(target, temporary, stat.uid(), stat.gid());
    Fs.rename(target, temporary, target, name);
  }

  private void copyRegular(Fd source, String name, FileStat stat, Fd target) throws IOException {
    try (Fd from = Fs.openRead(source, name);
        Fd to = Fs.openTmpfile(target, 0600)) {
      if (!Io.tryClone(from, to)) {
        Io.copyFileRange(from, to, Long.MAX_VALUE);
      }
      Fs.chown(to, stat.uid(), stat.gid());
      if (xattrs) {
        for (NameValue attribute : Xattrs.readAll(from)) {
          Xattrs.set(to, attribute.name(), attribute.value());
        }
      }
      // After the owner, which clears set-id bits.
      Fs.chmod(to, stat.permissions());
      Fs.setTimes(to, stat.mtimeSeconds(), stat.mtimeNanos());
      if (!Fs.linkTmpfileIfMissing(to, target, name)) {
        String temporary = temporaryName();
        Fs.linkTmpfile(to, target, temporary);
        Fs.rename(target, temporary, target, name);
      }
    }
  }

  private static String temporaryName() {
    return ".tmp-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
