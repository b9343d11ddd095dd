package dev.coppice.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FsTest {
  /** makedev(0x12345, 0xABCDE) of glibc 2.36. */
  private static final long GLIBC_MAKEDEV = 0x12000ABC345DEL;

  private Sandbox box;
  private Fd dir;

  @BeforeEach
  void open() throws IOException {
    box = new Sandbox();
    dir = box.dir;
  }

  @AfterEach
  void close() throws IOException {
    box.close();
  }

  private static void assertErrno(Errno expected, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PosixException.class, failure -> assertThat(failure.errno()).isEqualTo(expected));
  }

  // ---- opening

  @Test
  void failureNamesCallFileAndError() {
    assertThatThrownBy(() -> Fs.open(dir, "usr/bin/x", OpenFlags.O_RDONLY, 0))
        .isInstanceOf(PosixException.class)
        .hasMessage("openat(usr/bin/x): No such file or directory")
        .extracting("errno", "number", "call", "path")
        .containsExactly(Errno.ENOENT, 2, "openat", "usr/bin/x");
  }

  @Test
  void failureOfAnOpenFileNamesItsPlace() throws IOException {
    box.write("f", "");
    try (var file = Fs.openRead(dir, "f")) {
      assertThatThrownBy(() -> Io.truncate(file, 1))
          .hasMessage("ftruncate(" + box.resolve("f") + "): Invalid argument");
    }
  }

  @Test
  void opensDirectoriesButNotThroughASymbolicLink() throws IOException {
    Files.createDirectory(box.resolve("d"));
    box.write("f", "");
    Fs.symlink("d", dir, "link");
    Fs.openDir(dir, "d").close();
    assertErrno(Errno.ENOTDIR, () -> Fs.openDir(dir, "link"));
    assertErrno(Errno.ENOTDIR, () -> Fs.openDir(dir, "f"));
    assertErrno(Errno.ELOOP, () -> Fs.openRead(dir, "link"));
    assertThat(Fs.openDirIfExists(dir, "none")).isNull();
    assertThat(Fs.openIfExists(dir, "none", OpenFlags.O_RDONLY)).isNull();
    assertErrno(Errno.ENOTDIR, () -> Fs.openIfExists(dir, "f/x", OpenFlags.O_RDONLY));
  }

  @Test
  void refusesNulAndOverlongNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fs.stat(dir, "a\0b"))
        .withMessageContaining("NUL");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fs.stat(dir, "ü\0b"))
        .withMessageContaining("NUL");
    assertErrno(Errno.ENAMETOOLONG, () -> Fs.stat(dir, "x".repeat(256)));
    assertErrno(Errno.ENAMETOOLONG, () -> Fs.stat(dir, "x/".repeat(2048)));
    assertErrno(Errno.ENAMETOOLONG, () -> Fs.stat(dir, "ü".repeat(2048)));
    assertErrno(Errno.ENOENT, () -> Fs.stat(dir, "./".repeat(2047) + "x"));
  }

  @Test
  void everyDescriptorIsCloseOnExec() throws Exception {
    try (var file = box.openReadWrite("f");
        var again = file.dup()) {
      assertThat(again.number()).isNotEqualTo(file.number());
      for (var fd : List.of(file, again)) {
        var info = Files.readString(Path.of("/proc/self/fdinfo/" + fd.number()));
        assertThat(info).containsPattern("flags:\\s+0?2\\d{6}"); // O_CLOEXEC = 02000000
      }
    }
  }

  @Test
  void aClosedDescriptorRefusesUse() throws IOException {
    var file = box.openReadWrite("f");
    assertThat(file.toString()).isEqualTo("Fd[" + file.number() + "]");
    assertThat(file.isClosed()).isFalse();
    file.close();
    file.close();
    assertThat(file.isClosed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> Fs.fstat(file));
    assertThat(file.toString()).isEqualTo("Fd[closed]");
    Fd.CWD.close();
    assertThat(Fd.CWD.isClosed()).isFalse();
    assertThat(Fs.stat(Fd.CWD, ".").isDirectory()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> Fd.adopt(-1));
    assertErrno(Errno.EBADF, () -> Fd.adopt(1_000_000).close());
  }

  @Test
  void unnamedFileGetsItsNameOnce() throws IOException {
    try (var file = openTmpfile()) {
      Io.writeFully(file, new byte[] {'h', 'i'});
      assertThat(Fs.fstat(file).nlink()).isZero();
      assertThat(box.path).isEmptyDirectory();
      Fs.linkTmpfile(file, dir, "named");
      assertThat(box.read("named")).isEqualTo("hi");
      assertThat(Fs.linkTmpfileIfMissing(file, dir, "named")).isFalse();
      assertErrno(Errno.EEXIST, () -> Fs.linkTmpfile(file, dir, "named"));
      assertThat(Fs.linkTmpfileIfMissing(file, dir, "second")).isTrue();
      assertErrno(Errno.ENOENT, () -> Fs.linkTmpfile(file, dir, "none/x"));
      assertThat(Fs.linkThroughProc(file, dir, "third")).isZero();
      assertThat(box.read("third")).isEqualTo("hi");
    }
  }

  private Fd openTmpfile() throws IOException {
    try {
      return Fs.openTmpfile(dir, 0644);
    } catch (PosixException failure) {
      assumeTrue(failure.errno() != Errno.EOPNOTSUPP, "this file system has no O_TMPFILE");
      throw failure;
    }
  }

  // ---- asking

  @Test
  void statAgreesWithJava() throws IOException {
    box.write("f", "12345");
    Files.createLink(box.resolve("g"), box.resolve("f"));
    var expected = Files.readAttributes(box.resolve("f"), "unix:*");
    var stat = Fs.stat(dir, "f");
    assertThat(stat.dev()).isEqualTo(expected.get("dev"));
    assertThat(stat.ino()).isEqualTo(expected.get("ino"));
    assertThat(stat.mode()).isEqualTo(expected.get("mode"));
    assertThat(stat.nlink()).isEqualTo(2).isEqualTo(expected.get("nlink"));
    assertThat(stat.uid()).isEqualTo(expected.get("uid")).isEqualTo(Ids.geteuid());
    assertThat(stat.gid()).isEqualTo(expected.get("gid"));
    assertThat(stat.size()).isEqualTo(5);
    assertThat(stat.isRegular()).isTrue();
    var mtime = Files.getLastModifiedTime(box.resolve("f")).toInstant();
    assertThat(stat.mtimeSeconds()).isEqualTo(mtime.getEpochSecond());
    assertThat(stat.mtimeNanos()).isEqualTo(mtime.getNano());
    assertThat(stat.ctimeSeconds()).isGreaterThanOrEqualTo(stat.mtimeSeconds());
    assertThat(stat.isSameFile(Fs.stat(dir, "g"))).isTrue();
    assertThat(stat.isSameFile(Fs.fstat(dir))).isFalse();
  }

  @Test
  void deviceNumbersAreThoseOfGlibc() throws IOException {
    var stat = Fs.stat(Fd.CWD, "/dev/null");
    assertThat(stat.isDevice()).isTrue();
    assertThat(stat.rdev()).isEqualTo(FileStat.device(1, 3)).isEqualTo(0x103);
    long packed = FileStat.device(0x12345, 0xABCDE);
    assertThat(packed).isEqualTo(GLIBC_MAKEDEV);
    assertThat(FileStat.major(packed)).isEqualTo(0x12345);
    assertThat(FileStat.minor(packed)).isEqualTo(0xABCDE);
  }

  @Test
  void linksAreFollowedOnlyOnRequest() throws IOException {
    box.write("f", "12345");
    Fs.symlink("f", dir, "link");
    assertThat(Fs.stat(dir, "link").isSymlink()).isTrue();
    assertThat(Fs.stat(dir, "link").size()).isEqualTo(1);
    assertThat(Fs.statFollow(dir, "link").size()).isEqualTo(5);
    assertThat(Fs.readlink(dir, "link")).isEqualTo("f");
    assertErrno(Errno.EINVAL, () -> Fs.readlink(dir, "f"));
    assertThat(Fs.statIfExists(dir, "none")).isNull();
    assertThat(Fs.statIfExists(dir, "f/none")).isNull();
    assertThat(Fs.statIfExists(dir, "f")).isNotNull();
    assertErrno(Errno.ENOENT, () -> Fs.stat(dir, "none"));
  }

  @Test
  void readsTheLongestLinkAndInvalidUtf8() throws IOException {
    var longest = "t".repeat(4095);
    Fs.symlink(longest, dir, "long");
    assertThat(Fs.readlink(dir, "long")).isEqualTo(longest);
    Fs.symlink("caf\uDCE9", dir, "latin\uDCE9");
    assertThat(Fs.readlink(dir, "latin\uDCE9")).isEqualTo("caf\uDCE9");
    assertThat(DirStream.list(dir))
        .extracting(DirEntry::name)
        .containsExactlyInAnyOrder("long", "latin\uDCE9");
  }

  @Test
  void accessTellsWhatIsAllowed() throws IOException {
    box.write("f", "");
    assertThat(Fs.access(dir, "f", Fs.R_OK | Fs.W_OK)).isTrue();
    assertThat(Fs.access(dir, "f", Fs.X_OK)).isFalse();
    assertThat(Fs.access(dir, "none", Fs.F_OK)).isFalse();
  }

  // ---- making

  @Test
  void makesDirectories() throws IOException {
    Fs.mkdirs(dir, "a/b/c", 0755);
    Fs.mkdirs(dir, "a/b/c", 0755);
    Fs.mkdirs(dir, "a/x//y/", 0755);
    Fs.mkdirs(dir, box.resolve("abs/d").toString(), 0755);
    assertThat(box.resolve("a/b/c")).isDirectory();
    assertThat(box.resolve("a/x/y")).isDirectory();
    assertThat(box.resolve("abs/d")).isDirectory();
    assertThat(Fs.mkdirIfMissing(dir, "a", 0755)).isFalse();
    assertThat(Fs.mkdirIfMissing(dir, "n", 0700)).isTrue();
    assertThat(Fs.stat(dir, "n").permissions()).isEqualTo(0700);
    assertErrno(Errno.EEXIST, () -> Fs.mkdir(dir, "a", 0755));
    box.write("f", "");
    assertErrno(Errno.ENOTDIR, () -> Fs.mkdirs(dir, "f", 0755));
    assertErrno(Errno.ENOTDIR, () -> Fs.mkdirs(dir, "f/g", 0755));
    assertErrno(Errno.ENOENT, () -> Fs.mkdirs(dir, "", 0755));
  }

  @Test
  void linksNamesToOneInode() throws IOException {
    box.write("f", "x");
    Fs.link(dir, "f", dir, "g");
    assertThat(Fs.linkIfMissing(dir, "f", dir, "g")).isFalse();
    assertThat(Fs.linkIfMissing(dir, "f", dir, "h")).isTrue();
    assertErrno(Errno.EEXIST, () -> Fs.link(dir, "f", dir, "g"));
    assertErrno(Errno.ENOENT, () -> Fs.linkIfMissing(dir, "none", dir, "z"));
    Fs.symlink("nowhere", dir, "s");
    Fs.link(dir, "s", dir, "s2");
    assertThat(Fs.readlink(dir, "s2")).isEqualTo("nowhere");
    try (var other = Fs.openDir(Fd.CWD, "/dev/shm")) {
      assumeTrue(Fs.fstat(other).dev() != Fs.fstat(dir).dev(), "/dev/shm is not another device");
      assertErrno(Errno.EXDEV, () -> Fs.link(dir, "f", other, "coppice-never"));
    }
  }

  @Test
  void makesNodes() throws IOException {
    Fs.mknod(dir, "pipe", Mode.S_IFIFO | 0600, 0);
    assertThat(Fs.stat(dir, "pipe").type()).isEqualTo(Mode.S_IFIFO);
    assertErrno(Errno.EEXIST, () -> Fs.mknod(dir, "pipe", Mode.S_IFIFO | 0600, 0));
    assumeTrue(Ids.geteuid() == 0, "device nodes need root");
    long number = FileStat.device(259, 0x12345);
    Fs.mknod(dir, "block", Mode.S_IFBLK | 0600, number);
    assertThat(Fs.stat(dir, "block").rdev()).isEqualTo(number);
    assertThat(Fs.stat(dir, "block").isDevice()).isTrue();
  }

  // ---- removing and renaming

  @Test
  void removesNames() throws IOException {
    box.write("f", "");
    Fs.mkdir(dir, "d", 0755);
    box.write("d/x", "");
    Fs.unlink(dir, "f");
    assertErrno(Errno.ENOENT, () -> Fs.unlink(dir, "f"));
    assertThat(Fs.unlinkIfExists(dir, "f")).isFalse();
    assertErrno(Errno.EISDIR, () -> Fs.unlink(dir, "d"));
    assertErrno(Errno.ENOTEMPTY, () -> Fs.rmdir(dir, "d"));
    assertThat(Fs.unlinkIfExists(dir, "d/x")).isTrue();
    Fs.rmdir(dir, "d");
    assertThat(box.path).isEmptyDirectory();
  }

  @Test
  void renamesInThreeWays() throws IOException {
    box.write("a", "A");
    box.write("b", "B");
    assertThat(Fs.renameNoReplace(dir, "a", dir, "b")).isFalse();
    Fs.renameExchange(dir, "a", dir, "b");
    assertThat(box.read("a")).isEqualTo("B");
    assertThat(box.read("b")).isEqualTo("A");
    Fs.rename(dir, "a", dir, "b");
    assertThat(box.read("b")).isEqualTo("B");
    assertThat(Fs.renameNoReplace(dir, "b", dir, "c")).isTrue();
    assertErrno(Errno.ENOENT, () -> Fs.renameExchange(dir, "c", dir, "none"));
    assertErrno(Errno.ENOENT, () -> Fs.rename(dir, "none", dir, "c"));
  }

  // ---- changing

  @Test
  void setsPermissions() throws IOException {
    box.write("f", "");
    Fs.symlink("f", dir, "link");
    try (var file = Fs.openRead(dir, "f")) {
      Fs.chmod(file, 01750);
      assertThat(Fs.fstat(file).permissions()).isEqualTo(01750);
    }
    Fs.chmodAt(dir, "f", 0640);
    assertThat(Fs.stat(dir, "f").permissions()).isEqualTo(0640);
    assertErrno(Errno.EOPNOTSUPP, () -> Fs.chmodAt(dir, "link", 0600));
    Fs.chmodThroughProc(dir, "f", 0600);
    assertErrno(Errno.EOPNOTSUPP, () -> Fs.chmodThroughProc(dir, "link", 0640));
    assertThat(Fs.stat(dir, "f").permissions()).isEqualTo(0600);
    assertErrno(Errno.ENOENT, () -> Fs.chmodAt(dir, "none", 0600));
  }

  @Test
  void setsOwners() throws IOException {
    assumeTrue(Ids.geteuid() == 0, "changing owners needs root");
    box.write("f", "");
    Fs.symlink("f", dir, "link");
    try (var file = Fs.openRead(dir, "f")) {
      Fs.chown(file, 12, 34);
      Fs.chown(file, -1, 35);
      assertThat(Fs.fstat(file).uid()).isEqualTo(12);
      assertThat(Fs.fstat(file).gid()).isEqualTo(35);
    }
    Fs.lchownAt(dir, "link", 56, (int) 4_000_000_000L);
    assertThat(Fs.stat(dir, "link").uid()).isEqualTo(56);
    assertThat(Integer.toUnsignedLong(Fs.stat(dir, "link").gid())).isEqualTo(4_000_000_000L);
    assertThat(Fs.stat(dir, "f").uid()).isEqualTo(12);
  }

  @Test
  void setsTimes() throws IOException {
    box.write("f", "");
    Fs.symlink("f", dir, "link");
    try (var file = Fs.openRead(dir, "f")) {
      Fs.setTimes(file, 0, 0);
      assertThat(Fs.fstat(file).mtimeSeconds()).isZero();
    }
    Fs.utimensAt(dir, "f", -5, 999_999_999);
    Fs.utimensAt(dir, "link", 7, 8);
    var stat = Fs.stat(dir, "f");
    assertThat(stat.mtimeSeconds()).isEqualTo(-5);
    assertThat(stat.mtimeNanos()).isEqualTo(999_999_999);
    assertThat(Files.getLastModifiedTime(box.resolve("link"), LinkOption.NOFOLLOW_LINKS).toMillis())
        .isEqualTo(7_000);
    assertErrno(Errno.EINVAL, () -> Fs.utimensAt(dir, "f", 1, 1_000_000_000));
  }

  // ---- threads

  @Test
  void threadsDoNotSeeEachOthersErrorsOrPaths() throws Exception {
    for (int i = 0; i < 8; i++) {
      box.write("file" + i, "x".repeat(i));
    }
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<Future<?>>();
      for (int i = 0; i < 8; i++) {
        int size = i;
        results.add(pool.submit(() -> askRepeatedly(size)));
      }
      for (var result : results) {
        result.get();
      }
    }
  }

  private Void askRepeatedly(int size) throws IOException {
    for (int round = 0; round < 2_000; round++) {
      assertThat(Fs.stat(dir, "file" + size).size()).isEqualTo(size);
      assertThat(Fs.statIfExists(dir, "none" + size)).isNull();
      if (round % 100 == 0) {
        assertErrno(
            size % 2 == 0 ? Errno.ENOTDIR : Errno.EINVAL,
            () -> {
              if (size % 2 == 0) {
                Fs.openDir(dir, "file" + size);
              } else {
                Fs.readlink(dir, "file" + size);
              }
            });
      }
    }
    return null;
  }
}
