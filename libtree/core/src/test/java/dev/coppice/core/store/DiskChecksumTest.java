package dev.coppice.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.Failure;
import dev.coppice.core.store.DiskChecksum.Rule;
import dev.coppice.posix.Fd;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiskChecksumTest {
  @Test
  void isThatOfTheRealTool() throws IOException {
    RealOstree real = RealOstree.require();
    try (TempTree temp = TempTree.create()) {
      temp.tree("t")
          .file("file", "content\n")
          .mode(0640)
          .xattr("user.x", "y")
          .file("empty", "")
          .symlink("link", "target")
          .dir("dir")
          .mode(0711)
          .xattr("user.d", "e");
      for (String name : new String[] {"file", "empty", "link", "dir"}) {
        String file = temp.path("t/" + name).toString();
        assertThat(DiskChecksum.of(Fd.CWD, file, Set.of()).hex())
            .isEqualTo(real.run("checksum", file).ok().out().strip());
        if (real.atLeast(2020, 1)) {
          assertThat(DiskChecksum.of(Fd.CWD, file, Set.of(Rule.IGNORE_XATTRS)).hex())
              .isEqualTo(real.run("checksum", "--ignore-xattrs", file).ok().out().strip());
        }
      }
    }
  }

  @Test
  void pipesHaveNone() {
    Requirement.program("mkfifo", "coreutils");
    try (TempTree temp = TempTree.create()) {
      temp.tree("t").fifo("pipe");
      assertThatThrownBy(() -> DiskChecksum.of(Fd.CWD, temp.path("t/pipe").toString(), Set.of()))
          .isInstanceOf(Failure.class);
    }
  }
}
