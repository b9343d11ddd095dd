package dev.coppice.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IoTest {
  private static final int LARGE = 3 * Scratch.TRANSFER_SIZE + 17;

  private Sandbox box;

  @BeforeEach
  void open() throws IOException {
    box = new Sandbox();
  }

  @AfterEach
  void close() throws IOException {
    box.close();
  }

  private static byte[] random(int size) {
    var bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  void heapMemoryInBothDirections() throws IOException {
    byte[] content = random(LARGE);
    try (var file = box.openReadWrite("f")) {
      Io.writeFully(file, content);
      Io.writeFully(file, content, 5, 7);
      Io.writeFully(file, content, 0, 0);
      assertThat(Io.lseek(file, 0, Io.SEEK_SET)).isZero();
      assertThat(Io.readAll(file, Long.MAX_VALUE))
          .startsWith(content)
          .endsWith(Arrays.copyOfRange(content, 5, 12))
          .hasSize(LARGE + 7);
      assertThat(Io.read(file, new byte[4], 0, 4)).isEqualTo(-1);
      assertThat(Io.read(file, new byte[4], 0, 0)).isZero();
      var window = new byte[10];
      assertThat(Io.pread(file, window, 2, 6, 100)).isEqualTo(6);
      assertThat(window)
          .startsWith(0, 0)
          .containsSubsequence(Arrays.copyOfRange(content, 100, 106));
      assertThat(Io.pread(file, window, 0, 1, LARGE + 7)).isEqualTo(-1);
      assertThatIllegalArgumentException().isThrownBy(() -> Io.pread(file, window, 0, 1, -1));
    }
  }

  @Test
  void nativeMemoryAndBuffers() throws IOException {
    byte[] content = random(LARGE);
    try (var arena = Arena.ofConfined();
        var file = box.openReadWrite("f")) {
      var memory = arena.allocate(LARGE);
      memory.copyFrom(MemorySegment.ofArray(content));
      Io.writeFully(file, memory);
      var direct = ByteBuffer.allocateDirect(8).put(3, (byte) 9).position(3).limit(5);
      Io.writeFully(file, direct);
      assertThat(direct.position()).isEqualTo(5);
      var back = arena.allocate(LARGE);
      assertThat(Io.pread(file, back, 0)).isEqualTo(LARGE);
      assertThat(back.mismatch(memory)).isEqualTo(-1);
      Io.lseek(file, -2, Io.SEEK_END);
      var heap = ByteBuffer.allocate(16).position(4).limit(10);
      assertThat(Io.read(file, heap)).isEqualTo(2);
      assertThat(heap.position()).isEqualTo(6);
      assertThat(heap.get(4)).isEqualTo((byte) 9);
      assertThat(Io.read(file, heap)).isEqualTo(-1);
      assertThat(heap.position()).isEqualTo(6);
    }
  }

  @Test
  void streamsLeaveTheDescriptorOpenUnlessTheyOwnIt() throws IOException {
    byte[] content = random(70_000);
    try (var file = box.openReadWrite("f")) {
      try (var out = Io.outputStream(file)) {
        out.write(content[0]);
        out.write(content, 1, content.length - 1);
      }
      Io.lseek(file, 0, Io.SEEK_SET);
      try (var in = Io.inputStream(file)) {
        assertThat(in.read()).isEqualTo(content[0] & 0xFF);
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 1, content.length));
        assertThat(in.read()).isEqualTo(-1);
      }
      assertThat(file.isClosed()).isFalse();
    }
    var owned = Fs.openRead(box.dir, "f");
    Io.owningInputStream(owned).close();
    assertThat(owned.isClosed()).isTrue();
    var written = box.openReadWrite("g");
    Io.owningOutputStream(written).close();
    assertThat(written.isClosed()).isTrue();
  }

  @Test
  void readAllStopsAtTheLimit() throws IOException {
    box.write("f", "12345");
    try (var file = Fs.openRead(box.dir, "f")) {
      assertThatThrownBy(() -> Io.readAll(file, 4))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("/f is larger than 4 bytes");
      assertThat(Io.readAll(file, 5)).isEqualTo("12345".getBytes(UTF_8));
    }
    try (var proc = Fs.openRead(Fd.CWD, "/proc/self/environ")) { // says it has no bytes
      assertThat(Io.readAll(proc, 1 << 20)).isNotEmpty();
    }
    try (var zero = Fs.openRead(Fd.CWD, "/dev/zero")) {
      assertThatThrownBy(() -> Io.readAll(zero, 100_000)).hasMessageContaining("larger than");
    }
  }

  @Test
  void copiesInsideTheKernelAndBetweenFileSystems() throws IOException {
    byte[] content = random(LARGE);
    Files.write(box.resolve("f"), content);
    try (var source = Fs.openRead(box.dir, "f");
        var copy = box.openReadWrite("copy");
        var shm = Fs.openDir(Fd.CWD, "/dev/shm");
        var other = Fs.openTmpfile(shm, 0600)) {
      Io.lseek(source, 3, Io.SEEK_SET);
      assertThat(Io.copyFileRange(source, copy, Long.MAX_VALUE)).isEqualTo(LARGE - 3);
      assertThat(Files.readAllBytes(box.resolve("copy")))
          .isEqualTo(Arrays.copyOfRange(content, 3, LARGE));
      assertThat(Io.copyFileRange(source, copy, 10)).isZero();
      Io.lseek(source, 0, Io.SEEK_SET);
      assertThat(Io.copyFileRange(source, other, 200_000)).isEqualTo(200_000);
      Io.lseek(other, 0, Io.SEEK_SET);
      assertThat(Io.readAll(other, LARGE)).isEqualTo(Arrays.copyOf(content, 200_000));
      assertThat(Io.tryClone(source, other)).isFalse();
    }
  }

  @Test
  void copiesKernelMadeFiles() throws IOException {
    try (var source = Fs.openRead(Fd.CWD, "/proc/version");
        var copy = box.openReadWrite("copy")) {
      assertThat(Io.copyFileRange(source, copy, 1 << 20)).isPositive();
    }
    assertThat(box.read("copy")).startsWith("Linux");
  }

  @Test
  void clonesWhereTheFileSystemCan() throws Exception {
    assumeTrue(Ids.geteuid() == 0, "mounting needs root");
    try (var xfs = LoopMount.create(box, 320 << 20, "mkfs.xfs", "-q", "-f")) {
      assumeTrue(xfs != null, "no mkfs.xfs or loop devices here");
      try (var source = Fs.open(xfs.dir, "a", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600);
          var copy = Fs.open(xfs.dir, "b", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600)) {
        Io.writeFully(source, random(50_000));
        assertThat(Io.tryClone(source, copy)).isTrue();
        assertThat(Io.readAll(copy, 100_000)).isEqualTo(random(50_000));
      }
    }
  }

  @Test
  void sizesSpaceAndDurability() throws IOException {
    try (var file = box.openReadWrite("f")) {
      Io.truncate(file, 5000);
      assertThat(Fs.fstat(file).size()).isEqualTo(5000);
      if (Io.fallocate(file, 100_000)) {
        assertThat(Fs.fstat(file).size()).isEqualTo(100_000);
        assertThat(Fs.fstat(file).blocks()).isGreaterThanOrEqualTo(100_000 / 512);
      }
      Io.fadvise(file, 0, 0, Io.POSIX_FADV_SEQUENTIAL);
      Io.fdatasync(file);
      Io.fsync(file);
      Io.fsync(box.dir);
    }
    try (var shm = Fs.openDir(Fd.CWD, "/dev/shm")) {
      Io.syncfs(shm); // the call, without waiting for everybody's disk
    }
  }

  @Test
  void errorsOfTheWrongKindOfDescriptor() throws IOException {
    box.write("f", "x");
    try (var file = Fs.openRead(box.dir, "f")) {
      assertThatThrownBy(() -> Io.writeFully(file, new byte[1])).hasMessageStartingWith("write(");
      assertThatThrownBy(() -> Io.read(box.dir, new byte[1], 0, 1))
          .hasMessageContaining("Is a directory");
      assertThatThrownBy(() -> Io.lseek(file, -1, Io.SEEK_SET)).hasMessageStartingWith("lseek(");
    }
    assumeTrue(Files.exists(box.path.resolve("/dev/full")), "no /dev/full");
    try (var full = Fs.open(Fd.CWD, "/dev/full", OpenFlags.O_WRONLY, 0)) {
      assertThatThrownBy(() -> Io.writeFully(full, new byte[9]))
          .isInstanceOfSatisfying(
              PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOSPC));
    }
  }
}
