package dev.coppice.reposerver.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics and their text. */
class MetricsTest {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? [0-9.]+");

  @Test
  void countsBySectionAndStatus() {
    var metrics = new Metrics();
    metrics.add(Section.OBJECTS, 200, 100, 2_000_000);
    metrics.add(Section.OBJECTS, 206, 10, 700_000);
    metrics.add(Section.OTHER, 404, 10, 90_000_000_000L);
    metrics.gauge("coppice_test", "A test.", () -> 7);
    assertThat(metrics.text().lines())
        .contains(
            "coppice_http_requests_total{section=\"objects\",code=\"2xx\"} 2",
            "coppice_http_requests_total{section=\"other\",code=\"4xx\"} 1",
            "coppice_http_response_bytes_total{section=\"objects\"} 110",
            "coppice_http_request_duration_seconds_bucket{le=\"0.001\"} 1",
            "coppice_http_request_duration_seconds_bucket{le=\"0.005\"} 2",
            "coppice_http_request_duration_seconds_bucket{le=\"60.0\"} 2",
            "coppice_http_request_duration_seconds_bucket{le=\"+Inf\"} 3",
            "coppice_http_request_duration_seconds_sum 90.002700",
            "coppice_http_request_duration_seconds_count 3",
            "# TYPE coppice_test gauge",
            "coppice_test 7");
  }

  @Test
  void isOfPrometheusForm() {
    var metrics = new Metrics();
    metrics.counter("coppice_more_total", "More.", () -> 1);
    Set<String> samples = new HashSet<>();
    Set<String> types = new HashSet<>();
    List<String> lines = metrics.text().lines().toList();
    assertThat(metrics.text()).endsWith("\n");
    for (String line : lines) {
      if (line.startsWith("# TYPE ")) {
        assertThat(types.add(line.split(" ", -1)[2])).as(line).isTrue();
      } else if (!line.startsWith("# HELP ")) {
        assertThat(line).matches(SAMPLE);
        assertThat(samples.add(line.substring(0, line.lastIndexOf(' ')))).as(line).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/objects/ab/cd.filez, 0, OBJECTS",
    "/deltas/x/y/0, 0, DELTAS",
    "/delta-indexes/x/y.index, 0, DELTAS",
    "/summary.sig, 0, SUMMARY",
    "/summaries/x.gz, 0, SUMMARY",
    "/refs/heads/x, 0, REFS",
    "/config, 0, CONFIG",
    "/, 0, PAGES",
    "/-/metrics, 0, PAGES",
    "/secret, 0, OTHER",
    "/name/objects/x, 5, OBJECTS",
    "/name/, 5, PAGES",
    "/name/x, 5, OTHER"
  })
  void tellsSectionsApart(String path, int at, Section section) {
    assertThat(Section.of(path, at)).isEqualTo(section);
  }
}
