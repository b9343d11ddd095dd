package dev.coppice.core.composefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.testdata.Golden;
import dev.coppice.testdata.Mkcomposefs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Images of random trees are those of the real maker. */
class ImagePropertyTest {
  private static final int LIVE = 25;

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
}
