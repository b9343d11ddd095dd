package dev.coppice.core.composefs;

import dev.coppice.testdata.Mkcomposefs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Records the digests that the real mkcomposefs gives to images of random trees: of composefs 1.0.8
 * (Debian 1.0.8-3). To be run again only when {@link RandomTree} is changed.
 *
 * <p>Argument: the file to write, {@code golden/composefs-random.txt} of the test kit's resources.
 */
final class RecordDigests {
  /** Among the golden files. */
  static final String FILE = "composefs-random.txt";

  /** Trees are those of the seeds from 0 on, a line for each. */
  static final int SEEDS = 60;

  private RecordDigests() {}

  /** Writes the file. */
  public static void main(String[] args) throws IOException {
    Mkcomposefs real = Mkcomposefs.find().orElseThrow();
    List<String> digests = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      digests.add(real.digest(new RandomTree(seed).dump()));
    }
    Files.write(Path.of(args[0]), digests);
  }
}
