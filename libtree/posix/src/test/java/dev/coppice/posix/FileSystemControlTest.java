package dev.coppice.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Inode flags, freezing, verity and sizes of file systems. */
class FileSystemControlTest {
  private static final long EXT4_MAGIC = 0xEF53;

  private Sandbox box;

  @BeforeEach
  void open() throws IOException {
    box = new Sandbox();
  }

  @AfterEach
  void close() throws IOException {
    box.close();
  }

  @Test
  void immutableFlag() throws IOException {
    box.write("f", "");
    try (var file = Fs.openRead(box.dir, "f")) {
      assumeTrue(
          InodeFlags.setImmutable(file, true),
          "no immutable flag here (needs root and ext4, xfs or btrfs)");
      assertThat(InodeFlags.isImmutable(file)).isTrue();
      assertThat(InodeFlags.get(file) & InodeFlags.FS_IMMUTABLE_FL).isNotZero();
      assertThatThrownBy(() -> Fs.unlink(box.dir, "f")).hasMessageContaining("not permitted");
      assertThatThrownBy(() -> Fs.chmod(file, 0600)).hasMessageContaining("not permitted");
      int others = InodeFlags.get(file) & ~InodeFlags.FS_IMMUTABLE_FL;
      assertThat(InodeFlags.setImmutable(file, false)).isTrue();
      assertThat(InodeFlags.get(file)).isEqualTo(others);
      assertThat(InodeFlags.isImmutable(file)).isFalse();
    }
  }

  @Test
  void flagsWhereThereAreNone() throws IOException {
    try (var proc = Fs.openRead(Fd.CWD, "/proc/self/status")) {
      assertThat(InodeFlags.isImmutable(proc)).isFalse();
      assertThat(InodeFlags.setImmutable(proc, true)).isFalse();
      assertThatThrownBy(() -> InodeFlags.get(proc))
          .isInstanceOfSatisfying(
              PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTTY));
    }
  }

  @Test
  void freezeRefusals() throws IOException {
    try (var proc = Fs.openDir(Fd.CWD, "/proc/self/")) {
      assertThatThrownBy(() -> Freeze.freeze(proc))
          .isInstanceOf(PosixException.class)
          .hasMessageStartingWith("FIFREEZE(");
      assertThatThrownBy(() -> Freeze.thaw(proc)).isInstanceOf(PosixException.class);
    }
  }

  @Test
  void aFrozenFileSystemMakesWritersWait() throws Exception {
    assumeTrue(Ids.geteuid() == 0, "mounting needs root");
    try (var mount = LoopMount.create(box, 16 << 20, "mkfs.ext4", "-q")) {
      assumeTrue(mount != null, "no mkfs.ext4 or loop devices here");
      var written = new AtomicBoolean();
      Thread writer;
      Freeze.freeze(mount.dir);
      try {
        assertThatThrownBy(() -> Freeze.freeze(mount.dir))
            .isInstanceOfSatisfying(
                PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
        writer =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        Fs.mkdir(mount.dir, "d", 0755);
                        written.set(true);
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    });
        Thread.sleep(100);
        assertThat(written).isFalse();
      } finally {
        Freeze.thaw(mount.dir);
      }
      writer.join();
      assertThat(written).isTrue();
      assertThatThrownBy(() -> Freeze.thaw(mount.dir)).hasMessageContaining("Invalid argument");
    }
  }

  @Test
  void verityOnAFileSystemThatHasIt() throws Exception {
    assumeTrue(Ids.geteuid() == 0, "mounting needs root");
    try (var mount = LoopMount.create(box, 16 << 20, "mkfs.ext4", "-q", "-O", "verity")) {
      assumeTrue(mount != null, "no verity file system here");
      try (var file = Fs.open(mount.dir, "f", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600)) {
        Io.writeFully(file, new byte[10_000]);
      }
      try (var file = Fs.openRead(mount.dir, "f")) {
        assertThat(Verity.measure(file)).isEmpty();
        assumeTrue(Verity.enable(file, new byte[0]), "the kernel has no fs-verity");
        assertThat(Verity.measure(file)).hasValueSatisfying(d -> assertThat(d).hasSize(32));
        assertThat(InodeFlags.get(file) & InodeFlags.FS_VERITY_FL).isNotZero();
      }
    }
  }

  @Test
  void verityWhereThereIsNone() throws IOException {
    try (var proc = Fs.openRead(Fd.CWD, "/proc/self/status")) {
      assertThat(Verity.enable(proc, new byte[] {1})).isFalse();
      assertThat(Verity.measure(proc)).isEmpty();
    }
  }

  @Test
  void sizesAgreeWithJava() throws IOException {
    var store = Files.getFileStore(box.path);
    var ours = StatVfs.of(box.dir);
    assertThat(ours.blockSize()).isEqualTo(store.getBlockSize());
    assertThat(ours.blocks() * ours.blockSize()).isEqualTo(store.getTotalSpace());
    assertThat(ours.bytesAvailable()).isCloseTo(store.getUsableSpace(), offset(1L << 30));
    assertThat(ours.blocksFree()).isBetween(ours.blocksAvailable(), ours.blocks());
    assertThat(ours.filesFree()).isLessThanOrEqualTo(ours.files());
    assertThat(ours.nameMax()).isEqualTo(255);
    assertThat(ours.isReadOnly()).isFalse();
    if (store.type().equals("ext4")) {
      assertThat(ours.type()).isEqualTo(EXT4_MAGIC);
    }
    assertThat(StatVfs.of(Fd.CWD).blocks()).isPositive();
  }

  @Test
  void identity() throws IOException {
    assertThat(Ids.getpid()).isEqualTo((int) ProcessHandle.current().pid());
    assertThat(Fs.stat(Fd.CWD, "/proc/self/stat").uid()).isEqualTo(Ids.geteuid());
    assertThat(Fs.stat(Fd.CWD, "/proc/self/stat").gid()).isEqualTo(Ids.getegid());
    int before = Ids.umask(077);
    try {
      Fs.mkdir(box.dir, "d", 0777);
      assertThat(Fs.stat(box.dir, "d").permissions()).isEqualTo(0700);
    } finally {
      assertThat(Ids.umask(before)).isEqualTo(077);
    }
  }
}
