package dev.coppice.core.composefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.Xattrs;
import dev.coppice.testdata.Golden;
import dev.coppice.testdata.Mkcomposefs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Images of random trees are those of the real maker. */
class ImagePropertyTest {
  private static final int LIVE = 25;

  /** As mkcomposefs of composefs 1.0.8 says. */
  private static final String LARGE =
      "39108568ab378d0230b056540feefd11fbfaac9814cabbc0dd397d1050a622f9";

  static byte[] image(RandomTree random) throws IOException {
    var out = new ByteArrayOutputStream();
    ComposefsImage image =
        ComposefsImage.of(random.tree(), random.tree().store(random.root()), random.digests());
    image.write(out);
    assertThat(out.size()).isEqualTo(image.size());
    return out.toByteArray();
  }

  @Test
  void areAsTheRealToolMakesThem() throws IOException {
    var found = Mkcomposefs.find();
    Assumptions.assumeTrue(
        found.isPresent(), "compares with mkcomposefs: name it in COPPICE_MKCOMPOSEFS");
    Mkcomposefs real = found.orElseThrow();
    for (int i = 0; i < LIVE; i++) {
      long seed = ThreadLocalRandom.current().nextLong();
      var random = new RandomTree(seed);
      assertThat(Arrays.mismatch(image(random), real.image(random.dump())))
          .as("first byte that differs, seed " + seed)
          .isEqualTo(-1);
    }
  }

  /**
   * The same without the real tool: its digests were recorded, see {@code RecordDigests}. The trees
   * together have all that the format treats in a way of its own.
   */
  @Test
  void haveTheRecordedDigests() throws IOException {
    List<String> recorded = Golden.text(RecordDigests.FILE).lines().toList();
    assertThat(recorded).hasSize(RecordDigests.SEEDS);
    var facts = new ImageFacts();
    for (int seed = 0; seed < RecordDigests.SEEDS; seed++) {
      byte[] image = image(new RandomTree(seed));
      var digest = new VerityDigest();
      digest.update(image, 0, image.length);
      assertThat(digest.finish().hex()).as("seed " + seed).isEqualTo(recorded.get(seed));
      facts.add(image);
    }
    assertThat(facts.missing()).isEmpty();
  }

  /**
   * 10,000 files in one directory, and as many directories in others as the short form of an inode
   * has links for, and one more.
   */
  @Test
  void largeDirectories() throws IOException {
    var tree = new MemoryTree();
    var meta = new DirMeta(0, 0, FileMode.DIRECTORY | 0755, Xattrs.NONE);
    var header = FileHeader.regular(0, 0, 0644, Xattrs.NONE);
    Checksum file = tree.addFile(new MemoryTree.StoredFile(header, 1, new byte[1]));
    Map<String, Checksum> files = new TreeMap<>();
    for (int i = 0; i < 10_000; i++) {
      files.put("file-" + i, file);
    }
    var leaf = new MemoryTree.Dir(meta, Map.of(), Map.of());
    Map<String, MemoryTree.Dir> most = new TreeMap<>();
    for (int i = 0; i < 0xffff - 2; i++) {
      most.put("d" + i, leaf);
    }
    var many = new TreeMap<>(most);
    many.put("one more", leaf);
    var root =
        new MemoryTree.Dir(
            meta,
            Map.of(),
            new TreeMap<>(
                Map.of(
                    "files", new MemoryTree.Dir(meta, files, Map.of()),
                    "most", new MemoryTree.Dir(meta, Map.of(), most),
                    "many", new MemoryTree.Dir(meta, Map.of(), many))));
    var image = ComposefsImage.of(tree, tree.store(root), FileDigests.ALL);
    assertThat(image.digest().hex()).isEqualTo(LARGE);
    Mkcomposefs.find()
        .ifPresent(
            real -> assertThat(real.digest(tree.dump(root, FileDigests.ALL))).isEqualTo(LARGE));
  }
}
