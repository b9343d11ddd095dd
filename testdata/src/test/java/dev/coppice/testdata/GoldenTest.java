package dev.coppice.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoldenTest {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TREE")
  void theRealToolFindsWhatItMade(Golden golden) {
    for (RealOstree ostree : RealOstree.requireAll()) {
      try (var temp = TempTree.create()) {
        Path repo = golden.unpack(temp.path("repo"));
        assertThat(ostree.on(repo, "fsck")).as(ostree.toString()).contains("no errors found");
        assertThat(ostree.on(repo, "rev-parse", "main")).isEqualTo(golden.commit("main"));
        assertThat(ostree.on(repo, "rev-parse", "main^")).isEqualTo(golden.commit("main^"));
        assertThat(ostree.on(repo, "ls", "-RCX", "main")).isEqualTo(golden.listing().strip());
      }
    }
  }

  @Test
  void theTreeIsWhatWasCommitted() {
    RealOstree ostree = RealOstree.require();
    try (var temp = TempTree.create()) {
      Path tree = Golden.TREE.unpack(temp.path("tree"));
      Path repo = Golden.BARE.unpack(temp.path("repo"));
      ostree.on(repo, "checkout", "main^", temp.path("checkout").toString());
      assertThat(DirSnapshot.of(temp.path("checkout"))).isEqualTo(DirSnapshot.of(tree));
      assertThat(Files.exists(tree.resolve("usr/share/naïve — 日本 𝒳"))).isTrue();
    }
  }

  @Test
  void theVersionIsRecorded() {
    assertThat(Golden.toolVersion()).startsWith("libostree:\n Version: '");
  }
}
