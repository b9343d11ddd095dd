package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;

/**
 * Size and use of a mounted file system.
 *
 * @param type the kernel's magic number of the file system type
 * @param blockSize bytes of the unit in which the block counts are
 * @param blocks all blocks
 * @param blocksFree free blocks
 * @param blocksAvailable free blocks an unprivileged user may use
 * @param files all inodes; 0 where they are not counted
 * @param filesFree free inodes
 * @param nameMax bytes of the longest name
 * @param flags mount flags, see {@link #isReadOnly}
 */
public record StatVfs(
    long type,
    long blockSize,
    long blocks,
    long blocksFree,
    long blocksAvailable,
    long files,
    long filesFree,
    long nameMax,
    long flags) {

  private static final int ST_RDONLY = 1;

  /** The file system an open file or directory is on. */
  public static StatVfs of(Fd file) throws IOException {
    if (file.isWorkingDirectory()) {
      try (var here = Fs.openDir(Fd.CWD, ".")) {
        return of(here);
      }
    }
    var scratch = Scratch.get();
    var s =
        scratch.struct; // struct statfs of 64-bit kernels: words, the same on both architectures
    long result = Syscall.call(scratch, CallNumber.FSTATFS, file.number(), s.address());
    Syscall.check(result, "fstatfs", file);
    long fragment = s.get(JAVA_LONG, 72);
    return new StatVfs(
        s.get(JAVA_LONG, 0),
        fragment == 0 ? s.get(JAVA_LONG, 8) : fragment,
        s.get(JAVA_LONG, 16),
        s.get(JAVA_LONG, 24),
        s.get(JAVA_LONG, 32),
        s.get(JAVA_LONG, 40),
        s.get(JAVA_LONG, 48),
        s.get(JAVA_LONG, 64),
        s.get(JAVA_LONG, 80));
  }

  /** Whether the mount is read only. */
  public boolean isReadOnly() {
    return (flags & ST_RDONLY) != 0;
  }

  /** Bytes an unprivileged user may still use. */
  public long bytesAvailable() {
    return blockSize * blocksAvailable;
  }
}
