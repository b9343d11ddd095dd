package dev.coppice.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aLineTellsPhaseCountRateAndTimeLeft() {
    assertThat(line("Writing", 50, 200, 3_000_000, 2 * SECOND).render(100))
        .isEqualTo("Writing  [#####---------------]  25%  50/200  3.0 MB  1.5 MB/s  0:06 left");
    assertThat(line("Scanning", 10, 0, 0, SECOND).render(100)).isEqualTo("Scanning  10  10/s");
    assertThat(line("Waiting", 0, 0, 0, 0).render(100)).isEqualTo("Waiting");
  }

  @Test
  void bytesTellTheTimeLeftWhereTheirNumberIsKnown() {
    var files = new ProgressLine.Count(190, 200);
    var bytes = new ProgressLine.Count(10_000_000, 40_000_000);
    assertThat(new ProgressLine("Fetching", files, bytes, 10 * SECOND).render(100))
        .isEqualTo(
            "Fetching  [#####---------------]  25%  190/200  10.0 MB/40.0 MB  1.0 MB/s  0:30 left");
  }

  private static ProgressLine line(String name, long done, long total, long bytes, long nanos) {
    return new ProgressLine(
        name, new ProgressLine.Count(done, total), new ProgressLine.Count(bytes, 0), nanos);
  }

  @Test
  void aLineNeverWraps() {
    for (int width = 0; width < 100; width++) {
      assertThat(line("Writing", 50, 200, 3_000_000, SECOND).render(width))
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
