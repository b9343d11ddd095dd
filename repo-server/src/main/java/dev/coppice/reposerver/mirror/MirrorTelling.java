package dev.coppice.reposerver.mirror;

import dev.coppice.reposerver.observe.Family;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** What monitors are told of mirrors. */
public record MirrorTelling(Supplier<List<MirrorStatus>> mirrors) {
  private static final double MILLIS = 1e3;

  /** A line for each mirror. */
  public String health() {
    var text = new StringBuilder();
    for (MirrorStatus each : mirrors.get()) {
      text.append("mirror ").append(each.name()).append(": ").append(state(each));
      each.last().ifPresent(run -> text.append(", last success ").append(seconds(run.end())));
      if (each.failedInRow() > 0) {
        text.append(", failed ").append(RunText.count(each.failedInRow(), "time"));
        text.append(" in a row");
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String state(MirrorStatus status) {
    return status.running()
        ? "running since " + seconds(status.due())
        : "next run " + seconds(status.due());
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Metrics of all mirrors. */
  public List<Family> metrics() {
    List<MirrorStatus> all = mirrors.get();
    return List.of(
        family("running", "gauge", "Whether a run is under way.", all, s -> s.running() ? 1 : 0),
        family("runs_total", "counter", "Runs that ended.", all, s -> s.good() + s.failed()),
        family("failures_total", "counter", "Runs that failed.", all, MirrorStatus::failed),
        family(
            "failures_in_a_row",
            "gauge",
            "Runs that failed since the last good one.",
            all,
            MirrorStatus::failedInRow),
        family(
            "last_success_timestamp_seconds",
            "gauge",
            "When the last good run ended; 0 before the first.",
            all,
            s -> s.last().map(run -> run.end().toEpochMilli() / MILLIS).orElse(0.0)),
        family(
            "last_duration_seconds",
            "gauge",
            "How long the last good run took; 0 before the first.",
            all,
            s -> s.last().map(MirrorStatus.GoodRun::seconds).orElse(0.0)),
        family(
            "bytes_total",
            "counter",
            "Bytes that came over the network.",
            all,
            s -> s.transferred().bytes()),
        family(
            "refs_changed_total",
            "counter",
            "Refs that were set, moved or deleted.",
            all,
            s -> s.transferred().refs()));
  }

  private static Family family(
      String name,
      String type,
      String help,
      List<MirrorStatus> mirrors,
      Function<MirrorStatus, Number> value) {
    List<Family.Sample> samples =
        mirrors.stream()
            .map(each -> new Family.Sample("mirror", each.name(), text(value.apply(each))))
            .toList();
    return new Family("coppice_mirror_" + name, type, help, samples);
  }

  private static String text(Number value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.3f", number)
        : value.toString();
  }
}
