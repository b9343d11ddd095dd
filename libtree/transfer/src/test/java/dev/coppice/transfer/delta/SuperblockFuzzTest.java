package dev.coppice.transfer.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coppice.core.failure.TreeException;

/** Whatever bytes a server sends as a superblock: they are refused, or all of it can be read. */
class SuperblockFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void decode(byte[] bytes) {
    SuperblockFile file;
    try {
      file = SuperblockFile.decode(bytes);
    } catch (TreeException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    Superblock superblock = file.superblock();
    assertThat(superblock.downloadSize()).isNotNegative();
    assertThat(superblock.name().directory()).startsWith("deltas/");
    for (int i = 0; i < superblock.parts().size(); i++) {
      assertThat(superblock.inlinePart(i).isPresent()).isEqualTo(superblock.hasInlinePart(i));
      superblock.parts().get(i).objects().forEach(object -> assertThat(object).isNotNull());
    }
    assertThat(superblock.detachedMetadata()).isNotNull();
    Superblock again = Superblock.decode(superblock.encode());
    assertThat(again.parts()).isEqualTo(superblock.parts());
    assertThat(again.fallbacks()).isEqualTo(superblock.fallbacks());
    assertThat(again.commit()).isEqualTo(superblock.commit());
  }
}
