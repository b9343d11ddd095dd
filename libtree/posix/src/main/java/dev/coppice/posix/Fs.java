package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Files by name, always relative to a directory descriptor.
 *
 * <p>Nothing here follows a symbolic link in the last component unless its name says so. A method
 * that only reads or changes names throws {@link PosixException} with the kernel's error; the
 * "IfExists" and "IfMissing" forms turn the one expected error into a value without the cost of an
 * exception.
 */
public final class Fs {
  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_EACCESS = 0x200; // of another call, hence the same value
  private static final int AT_SYMLINK_FOLLOW = 0x400;
  private static final int AT_NO_AUTOMOUNT = 0x800;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_BASIC_STATS = 0x7FF;
  private static final long UTIME_OMIT = 0x3ffffffe;
  private static final int RENAME_NOREPLACE = 1;
  private static final int RENAME_EXCHANGE = 2;

  /** For {@link #access}: the file exists. */
  public static final int F_OK = 0;

  /** For {@link #access}: it may be executed or searched. */
  public static final int X_OK = 1;

  /** For {@link #access}: it may be written. */
  public static final int W_OK = 2;

  /** For {@link #access}: it may be read. */
  public static final int R_OK = 4;

  private Fs() {}

  // ---- opening

  /** Opens a directory for reading its names and as a base of other calls. */
  public static Fd openDir(Fd dir, String path) throws IOException {
    long result = openat(dir, path, OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, 0);
    // The name that the real ostree's messages have here.
    return Fd.adopt((int) Syscall.check(result, "opendir", path));
  }

  /** Like {@link #openDir}, or null when there is nothing of that name. */
  public static @Nullable Fd openDirIfExists(Fd dir, String path) throws IOException {
    return openIfExists(dir, path, OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW);
  }

  /** Opens an existing file for reading; a symbolic link is refused with ELOOP. */
  public static Fd openRead(Fd dir, String path) throws IOException {
    return open(dir, path, OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NOCTTY, 0);
  }

  /**
   * Opens or creates a file.
   *
   * @param flags of {@link OpenFlags}
   * @param mode permissions of a created file, before the umask
   */
  public static Fd open(Fd dir, String path, int flags, int mode) throws IOException {
    return Fd.adopt((int) Syscall.check(openat(dir, path, flags, mode), "openat", path));
  }

  /** Opens an existing file, or returns null when there is nothing of that name. */
  public static @Nullable Fd openIfExists(Fd dir, String path, int flags) throws IOException {
    long result = openat(dir, path, flags, 0);
    if (Syscall.is(result, Errno.ENOENT)) {
      return null;
    }
    return Fd.adopt((int) Syscall.check(result, "openat", path));
  }

  /**
   * Creates a file without a name on the file system of {@code dir}, for reading and writing. It
   * vanishes when closed unless {@link #linkTmpfile} names it.
   *
   * @throws PosixException EOPNOTSUPP where the file system cannot do this
   */
  public static Fd openTmpfile(Fd dir, int mode) throws IOException {
    return open(dir, ".", OpenFlags.O_TMPFILE | OpenFlags.O_RDWR, mode);
  }

  static long openat(Fd dir, String path, int flags, int mode) throws PosixException {
    var scratch = Scratch.get();
    return Syscall.call(
        scratch,
        CallNumber.OPENAT,
        dir.number(),
        scratch.path(path),
        flags | OpenFlags.O_CLOEXEC,
        mode);
  }

  // ---- asking

  /** The file itself; a symbolic link is not followed. */
  public static FileStat stat(Fd dir, String path) throws IOException {
    return statx(dir, path, AT_SYMLINK_NOFOLLOW);
  }

  /** Like {@link #stat}, or null when there is nothing of that name (ENOENT or ENOTDIR). */
  public static @Nullable FileStat statIfExists(Fd dir, String path) throws IOException {
    var scratch = Scratch.get();
    long result = statx(scratch, dir, path, AT_SYMLINK_NOFOLLOW);
    if (Syscall.is(result, Errno.ENOENT) || Syscall.is(result, Errno.ENOTDIR)) {
      return null;
    }
    Syscall.check(result, "statx", path);
    return FileStat.ofStatx(scratch.struct);
  }

  /** What a symbolic link leads to, or the file itself. */
  public static FileStat statFollow(Fd dir, String path) throws IOException {
    return statx(dir, path, 0);
  }

  /** The open file. */
  public static FileStat fstat(Fd file) throws IOException {
    var scratch = Scratch.get();
    Syscall.check(statx(scratch, file, "", AT_EMPTY_PATH), "statx", file);
    return FileStat.ofStatx(scratch.struct);
  }

  private static FileStat statx(Fd dir, String path, int flags) throws IOException {
    var scratch = Scratch.get();
    Syscall.check(statx(scratch, dir, path, flags), "statx", path);
    return FileStat.ofStatx(scratch.struct);
  }

  private static long statx(Scratch scratch, Fd dir, String path, int flags) throws PosixException {
    return Syscall.call(
        scratch,
        CallNumber.STATX,
        dir.number(),
        scratch.path(path),
        flags | AT_NO_AUTOMOUNT,
        STATX_BASIC_STATS,
        scratch.struct.address());
  }

  /**
   * Whether the effective user may do what {@code wanted} (a sum of the _OK constants) says; needs
   * Linux 5.8.
   */
  public static boolean access(Fd dir, String path, int wanted) throws IOException {
    long result = faccessat2(dir, path, wanted);
    if (Syscall.is(result, Errno.EACCES)
        || Syscall.is(result, Errno.ENOENT)
        || Syscall.is(result, Errno.ENOTDIR)
        || Syscall.is(result, Errno.EROFS)) {
      return false;
    }
    Syscall.check(result, "faccessat2", path);
    return true;
  }

  /** The same question; whatever is in the way is thrown. */
  public static void requireAccess(Fd dir, String path, int wanted) throws PosixException {
    Syscall.check(faccessat2(dir, path, wanted), "faccessat2", path);
  }

  private static long faccessat2(Fd dir, String path, int wanted) throws PosixException {
    var scratch = Scratch.get();
    return Syscall.call(
        scratch, CallNumber.FACCESSAT2, dir.number(), scratch.path(path), wanted, AT_EACCESS);
  }

  /** The target of a symbolic link, unresolved. */
  public static String readlink(Fd dir, String path) throws IOException {
    return readlink(Scratch.get(), dir, path);
  }

  static String readlink(Scratch scratch, Fd dir, String path) throws IOException {
    var memory = scratch.otherPathMemory();
    long result =
        Syscall.call(
            scratch,
            CallNumber.READLINKAT,
            dir.number(),
            scratch.path(path),
            memory.address(),
            Scratch.PATH_MAX);
    int length = (int) Syscall.check(result, "readlinkat", path);
    return PosixNames.decode(memory.asSlice(0, length).toArray(JAVA_BYTE));
  }

  // ---- making

  /** Makes a directory; {@code mode} is before the umask. */
  public static void mkdir(Fd dir, String path, int mode) throws IOException {
    Syscall.check(mkdirat(dir, path, mode), "mkdirat", path);
  }

  /** Makes a directory; false when the name exists already, whatever it is. */
  public static boolean mkdirIfMissing(Fd dir, String path, int mode) throws IOException {
    return unlessErrno(mkdirat(dir, path, mode), Errno.EEXIST, "mkdirat", path);
  }

  /** Makes a directory and those above it that are missing. */
  public static void mkdirs(Fd dir, String path, int mode) throws IOException {
    long result = mkdirat(dir, path, mode);
    if (Syscall.is(result, Errno.ENOENT)) {
      int slash = path.lastIndexOf('/');
      while (slash > 0 && slash == path.length() - 1) {
        path = path.substring(0, slash);
        slash = path.lastIndexOf('/');
      }
      if (slash > 0) {
        mkdirs(dir, path.substring(0, slash), mode);
        result = mkdirat(dir, path, mode);
      }
    }
    if (!unlessErrno(result, Errno.EEXIST, "mkdirat", path)
        && !statFollow(dir, path).isDirectory()) {
      throw new PosixException(Errno.ENOTDIR.number(), "mkdirat", path);
    }
  }

  private static long mkdirat(Fd dir, String path, int mode) throws PosixException {
    var scratch = Scratch.get();
    return Syscall.call(scratch, CallNumber.MKDIRAT, dir.number(), scratch.path(path), mode);
  }

  /** Gives a file a second name; a symbolic link gets one itself. */
  public static void link(Fd dir, String path, Fd newDir, String newPath) throws IOException {
    Syscall.check(linkat(dir, path, newDir, newPath, 0), "linkat", newPath);
  }

  /** Like {@link #link}; false when the new name exists already. */
  public static boolean linkIfMissing(Fd dir, String path, Fd newDir, String newPath)
      throws IOException {
    return unlessErrno(linkat(dir, path, newDir, newPath, 0), Errno.EEXIST, "linkat", newPath);
  }

  /** Gives a file of {@link #openTmpfile} its first name. */
  public static void linkTmpfile(Fd file, Fd dir, String name) throws IOException {
    Syscall.check(linkOpenFile(file, dir, name), "linkat", name);
  }

  /** Like {@link #linkTmpfile}; false when the name exists already. */
  public static boolean linkTmpfileIfMissing(Fd file, Fd dir, String name) throws IOException {
    return unlessErrno(linkOpenFile(file, dir, name), Errno.EEXIST, "linkat", name);
  }

  private static long linkOpenFile(Fd file, Fd dir, String name) throws PosixException {
    // The direct way needs a capability or Linux 6.10; refusal reads ENOENT. The other needs /proc.
    long result = linkat(file, "", dir, name, AT_EMPTY_PATH);
    return Syscall.is(result, Errno.ENOENT) ? linkThroughProc(file, dir, name) : result;
  }

  static long linkThroughProc(Fd file, Fd dir, String name) throws PosixException {
    return linkat(Fd.CWD, file.procPath(), dir, name, AT_SYMLINK_FOLLOW);
  }

  private static long linkat(Fd dir, String path, Fd newDir, String newPath, int flags)
      throws PosixException {
    var scratch = Scratch.get();
    return Syscall.call(
        scratch,
        CallNumber.LINKAT,
        dir.number(),
        scratch.path(path),
        newDir.number(),
        scratch.otherPath(newPath),
        flags);
  }

  /** Makes a symbolic link; the target is stored as it is. */
  public static void symlink(String target, Fd dir, String name) throws IOException {
    Syscall.check(symlinkat(target, dir, name), "symlinkat", name);
  }

  /** Like {@link #symlink}; false when the name exists already. */
  public static boolean symlinkIfMissing(String target, Fd dir, String name) throws IOException {
    return unlessErrno(symlinkat(target, dir, name), Errno.EEXIST, "symlinkat", name);
  }

  private static long symlinkat(String target, Fd dir, String name) throws PosixException {
    var scratch = Scratch.get();
    return Syscall.call(
        scratch, CallNumber.SYMLINKAT, scratch.path(target), dir.number(), scratch.otherPath(name));
  }

  /**
   * Makes a file, pipe, socket or device node.
   *
   * @param mode type and permissions; permissions are before the umask
   * @param rdev device number packed like {@link FileStat#device}; 0 for other types
   */
  public static void mknod(Fd dir, String path, int mode, long rdev) throws IOException {
    var scratch = Scratch.get();
    long result =
        Syscall.call(
            scratch,
            CallNumber.MKNODAT,
            dir.number(),
            scratch.path(path),
            mode,
            rdev & 0xFFFF_FFFFL);
    Syscall.check(result, "mknodat", path);
  }

  // ---- removing and renaming

  /** Removes a name that is not a directory. */
  public static void unlink(Fd dir, String path) throws IOException {
    Syscall.check(unlinkat(dir, path, 0), "unlinkat", path);
  }

  /** Removes a name that is not a directory; false when it does not exist. */
  public static boolean unlinkIfExists(Fd dir, String path) throws IOException {
    return unlessErrno(unlinkat(dir, path, 0), Errno.ENOENT, "unlinkat", path);
  }

  /** Removes an empty directory. */
  public static void rmdir(Fd dir, String path) throws IOException {
    Syscall.check(rmdirat(dir, path), "rmdir", path);
  }

  static long rmdirat(Fd dir, String path) throws PosixException {
    return unlinkat(dir, path, AT_REMOVEDIR);
  }

  static long unlinkat(Fd dir, String path, int flags) throws PosixException {
    var scratch = Scratch.get();
    return Syscall.call(scratch, CallNumber.UNLINKAT, dir.number(), scratch.path(path), flags);
  }

  /**
   * Removes whatever has this name, with everything below it. Missing files are no error, symbolic
   * links are removed and never followed.
   */
  public static void removeTree(Fd dir, String name) throws IOException {
    new TreeRemoval(false).remove(dir, name);
  }

  /** Like {@link #removeTree}, clearing the immutable flag of whatever carries it. */
  public static void removeTreeClearingImmutable(Fd dir, String name) throws IOException {
    new TreeRemoval(true).remove(dir, name);
  }

  /** Renames, replacing a file that has the new name. */
  public static void rename(Fd dir, String path, Fd newDir, String newPath) throws IOException {
    Syscall.check(renameat2(dir, path, newDir, newPath, 0), "renameat2", newPath);
  }

  /** Renames; false, with nothing changed, when the new name exists. */
  public static boolean renameNoReplace(Fd dir, String path, Fd newDir, String newPath)
      throws IOException {
    return unlessErrno(
        renameat2(dir, path, newDir, newPath, RENAME_NOREPLACE),
        Errno.EEXIST,
        "renameat2",
        newPath);
  }

  /** Swaps two names in one step; both must exist. */
  public static void renameExchange(Fd dir, String path, Fd newDir, String newPath)
      throws IOException {
    Syscall.check(renameat2(dir, path, newDir, newPath, RENAME_EXCHANGE), "renameat2", newPath);
  }

  private static long renameat2(Fd dir, String path, Fd newDir, String newPath, int flags)
      throws PosixException {
    var scratch = Scratch.get();
    return Syscall.call(
        scratch,
        CallNumber.RENAMEAT2,
        dir.number(),
        scratch.path(path),
        newDir.number(),
        scratch.otherPath(newPath),
        flags);
  }

  // ---- changing

  /** Sets the twelve permission bits of an open file. */
  public static void chmod(Fd file, int mode) throws IOException {
    Syscall.check(
        Syscall.call(Scratch.get(), CallNumber.FCHMOD, file.number(), mode), "fchmod", file);
  }

  /** Sets the permission bits by name; EOPNOTSUPP for a symbolic link, which has none. */
  public static void chmodAt(Fd dir, String name, int mode) throws IOException {
    var scratch = Scratch.get();
    long result =
        Syscall.call(
            scratch,
            CallNumber.FCHMODAT2,
            dir.number(),
            scratch.path(name),
            mode,
            AT_SYMLINK_NOFOLLOW);
    if (Syscall.is(result, Errno.ENOSYS)) { // before Linux 6.6
      chmodThroughProc(dir, name, mode);
    } else {
      Syscall.check(result, "fchmodat2", name);
    }
  }

  static void chmodThroughProc(Fd dir, String name, int mode) throws IOException {
    try (var place = open(dir, name, OpenFlags.O_PATH | OpenFlags.O_NOFOLLOW, 0)) {
      if (fstat(place).isSymlink()) {
        throw new PosixException(Errno.EOPNOTSUPP.number(), "fchmodat", name);
      }
      var scratch = Scratch.get();
      long result =
          Syscall.call(
              scratch, CallNumber.FCHMODAT, AT_FDCWD, scratch.path(place.procPath()), mode);
      Syscall.check(result, "fchmodat", name);
    }
  }

  /** Sets owner and group of an open file; -1 leaves one as it is. Clears set-id bits. */
  public static void chown(Fd file, int uid, int gid) throws IOException {
    Syscall.check(
        Syscall.call(Scratch.get(), CallNumber.FCHOWN, file.number(), uid, gid), "fchown", file);
  }

  /** Sets owner and group by name, of a symbolic link itself; -1 leaves one as it is. */
  public static void lchownAt(Fd dir, String name, int uid, int gid) throws IOException {
    var scratch = Scratch.get();
    long result =
        Syscall.call(
            scratch,
            CallNumber.FCHOWNAT,
            dir.number(),
            scratch.path(name),
            uid,
            gid,
            AT_SYMLINK_NOFOLLOW);
    Syscall.check(result, "fchownat", name);
  }

  /** Sets access and modification time of an open file to one value. */
  public static void setTimes(Fd file, long seconds, int nanos) throws IOException {
    var scratch = Scratch.get();
    long result =
        Syscall.call(
            scratch, CallNumber.UTIMENSAT, file.number(), 0, times(scratch, seconds, nanos), 0);
    Syscall.check(result, "utimensat", file);
  }

  /** Sets the modification time of an open file and leaves its access time as it is. */
  public static void setModified(Fd file, long seconds, int nanos) throws IOException {
    var scratch = Scratch.get();
    long times = times(scratch, seconds, nanos);
    scratch.struct.set(JAVA_LONG, 8, UTIME_OMIT);
    long result = Syscall.call(scratch, CallNumber.UTIMENSAT, file.number(), 0, times, 0);
    Syscall.check(result, "utimensat", file);
  }

  /** Sets both times by name, of a symbolic link itself. */
  public static void utimensAt(Fd dir, String name, long seconds, int nanos) throws IOException {
    var scratch = Scratch.get();
    long result =
        Syscall.call(
            scratch,
            CallNumber.UTIMENSAT,
            dir.number(),
            scratch.path(name),
            times(scratch, seconds, nanos),
            AT_SYMLINK_NOFOLLOW);
    Syscall.check(result, "utimensat", name);
  }

  /** Two equal {@code struct timespec}. */
  private static long times(Scratch scratch, long seconds, int nanos) {
    scratch.struct.set(JAVA_LONG, 0, seconds);
    scratch.struct.set(JAVA_LONG, 8, nanos);
    scratch.struct.set(JAVA_LONG, 16, seconds);
    scratch.struct.set(JAVA_LONG, 24, nanos);
    return scratch.struct.address();
  }

  private static boolean unlessErrno(long result, Errno expected, String call, String path)
      throws PosixException {
    if (Syscall.is(result, expected)) {
      return false;
    }
    Syscall.check(result, call, path);
    return true;
  }
}
