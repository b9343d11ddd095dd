package dev.coppice.core.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * Whatever bytes are read as an object: they are refused as malformed, or written back as the same
 * bytes. What is accepted has only names that are safe on disk.
 */
class ObjectCodecFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void dirTree(byte[] bytes) {
    try {
      DirTree tree = DirTree.decode(bytes);
      assertThat(tree.encode()).isEqualTo(bytes);
      tree.files().forEach(file -> assertThat(TreeName.problem(file.name())).isEmpty());
      tree.dirs().forEach(dir -> assertThat(TreeName.problem(dir.name())).isEmpty());
    } catch (MalformedObjectException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "10s")
  void dirMeta(byte[] bytes) {
    try {
      assertThat(DirMeta.decode(bytes).encode()).isEqualTo(bytes);
    } catch (MalformedObjectException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "10s")
  void commit(byte[] bytes) {
    try {
      assertThat(Commit.decode(bytes).encode()).isEqualTo(bytes);
    } catch (MalformedObjectException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "10s")
  void fileHeader(byte[] bytes) {
    try {
      assertThat(body(FileHeader.decode(bytes).checksumPrefix())).isEqualTo(bytes);
    } catch (MalformedObjectException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
    try {
      FileHeader.Archived archived = FileHeader.decodeArchive(bytes);
      assertThat(body(archived.header().archivePrefix(archived.size()))).isEqualTo(bytes);
    } catch (MalformedObjectException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "10s")
  void xattrs(byte[] bytes) {
    try {
      assertThat(Xattrs.decode(bytes).encode()).isEqualTo(bytes);
    } catch (MalformedObjectException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  private static byte[] body(byte[] framed) {
    return Arrays.copyOfRange(framed, FileHeader.FRAME, framed.length);
  }
}
