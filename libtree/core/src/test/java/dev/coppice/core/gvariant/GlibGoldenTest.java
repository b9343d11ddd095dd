package dev.coppice.core.gvariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Compares the codec with answers of GLib that were recorded by {@code glib_oracle.py}. */
class GlibGoldenTest {
  private static final List<GlibAnswer> ANSWERS = load();

  @Test
  void bytesOfAnyKindMeanWhatGlibSays() {
    compare("bytes", 1_000);
  }

  @Test
  void textMeansWhatGlibSays() {
    compare("text", 800);
  }

  @Test
  void offsetsGrowWhereGlibsDo() {
    compare("size", 500);
  }

  private static void compare(String kind, int atLeast) {
    List<GlibAnswer> answers = ANSWERS.stream().filter(a -> a.kind().equals(kind)).toList();
    assertThat(answers).hasSizeGreaterThan(atLeast);
    assertThat(answers).allSatisfy(a -> assertThat(a.ours()).isEqualTo(a.answer()));
  }

  private static List<GlibAnswer> load() {
    try (var in = GlibGoldenTest.class.getResourceAsStream("glib.golden")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return all.lines().filter(line -> !line.startsWith("#")).map(GlibAnswer::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
