package dev.coppice.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aLineTellsPhaseCountRateAndTimeLeft() {
    assertThat(new ProgressLine("Writing", 50, 200, 3_000_000, 2 * SECOND).render(100))
        .isEqualTo("Writing  [#####---------------]  25%  50/200  3.0 MB  1.5 MB/s  0:06 left");
    assertThat(new ProgressLine("Scanning", 10, 0, 0, SECOND).render(100))
        .isEqualTo("Scanning  10  10/s");
    assertThat(new ProgressLine("Waiting", 0, 0, 0, 0).render(100)).isEqualTo("Waiting");
  }

  @Test
  void aLineNeverWraps() {
    for (int width = 0; width < 100; width++) {
      assertThat(new ProgressLine("Writing", 50, 200, 3_000_000, SECOND).render(width))
          .hasSizeLessThanOrEqualTo(width);
    }
  }

  @Test
  void quickWorkShowsNothing() {
    var err = new ByteArrayOutputStream();
    try (var bar = new ProgressBar(Console.of(new ByteArrayOutputStream(), err))) {
      bar.phase("Quick");
      bar.advance(1);
    }
    assertThat(err.size()).isZero();
  }

  @Test
  void theLineIsRemovedAtTheEnd() throws InterruptedException {
    var err = new ByteArrayOutputStream();
    try (var bar = new ProgressBar(Console.of(new ByteArrayOutputStream(), err))) {
      bar.phase("Slow");
      bar.total(10);
      bar.advance(1);
      Thread.sleep(600);
    }
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("\rSlow")
        .contains("1/10")
        .endsWith("\r\u001b[K");
  }
}
