package dev.coppice.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirStreamTest {
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
  void namesAndTypes() throws IOException {
    Fs.mkdir(box.dir, "dir", 0755);
    box.write("reg", "");
    Fs.symlink("x", box.dir, "lnk");
    Fs.mknod(box.dir, "fifo", Mode.S_IFIFO | 0600, 0);
    Fs.mknod(box.dir, "...", Mode.S_IFREG | 0600, 0);
    Fs.mknod(box.dir, ".x", Mode.S_IFSOCK | 0600, 0);
    Map<String, Byte> types =
        DirStream.list(box.dir).stream().collect(Collectors.toMap(DirEntry::name, DirEntry::type));
    assertThat(types)
        .containsOnly(
            Map.entry("dir", DirEntry.DT_DIR),
            Map.entry("reg", DirEntry.DT_REG),
            Map.entry("lnk", DirEntry.DT_LNK),
            Map.entry("fifo", DirEntry.DT_FIFO),
            Map.entry("...", DirEntry.DT_REG),
            Map.entry(".x", DirEntry.DT_SOCK));
  }

  @Test
  void moreThanOneBufferWithLongAndInvalidNames() throws IOException {
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 800; i++) {
      var name = "n".repeat(i % 200) + "\uDCE9" + i;
      expected.add(name);
      Fs.mknod(box.dir, name, Mode.S_IFREG | 0600, 0);
    }
    var names = new HashSet<String>();
    try (var stream = DirStream.open(box.dir)) {
      for (var entry = stream.next(); entry != null; entry = stream.next()) {
        assertThat(names.add(entry.name())).isTrue();
      }
      assertThat(stream.next()).isNull();
    }
    assertThat(names).isEqualTo(expected);
  }

  @Test
  void callersDescriptorKeepsItsOffset() throws IOException {
    box.write("a", "");
    assertThat(DirStream.list(box.dir)).hasSize(1);
    assertThat(DirStream.list(box.dir)).hasSize(1);
    assertThat(Io.lseek(box.dir, 0, Io.SEEK_CUR)).isZero();
  }

  @Test
  void emptyRemovedAndWrongDirectories() throws IOException {
    Fs.mkdir(box.dir, "d", 0755);
    box.write("f", "");
    try (var d = Fs.openDir(box.dir, "d")) {
      assertThat(DirStream.list(d)).isEmpty();
      try (var stream = DirStream.open(d)) {
        Fs.rmdir(box.dir, "d");
        assertThat(stream.next()).isNull();
      }
    }
    assertThatThrownBy(() -> DirStream.open(box.dir, "f"))
        .isInstanceOf(PosixException.class)
        .hasMessageContaining("Not a directory");
  }
}
