package dev.coppice.reposerver.delta;

import dev.coppice.reposerver.observe.Family;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What monitors are told of deltas. */
public record DeltaTelling(Supplier<List<DeltaStatus>> deltas) {
  /** A line for each section. */
  public String health() {
    var text = new StringBuilder();
    for (DeltaStatus each : deltas.get()) {
      text.append("deltas ").append(each.name()).append(": ");
      text.append(each.running() ? "being made" : "waiting");
      each.last()
          .ifPresent(
              end -> text.append(", last success ").append(end.truncatedTo(ChronoUnit.SECONDS)));
      if (each.failedInRow() > 0) {
        text.append(", failures in a row: ").append(each.failedInRow());
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Metrics of all sections. */
  public List<Family> metrics() {
    List<DeltaStatus> all = deltas.get();
    return List.of(
        family("running", "gauge", "Whether deltas are made.", all, s -> s.running() ? 1 : 0),
        family("runs_total", "counter", "Runs that ended.", all, s -> s.good() + s.failed()),
        family("failures_total", "counter", "Runs that failed.", all, DeltaStatus::failed),
        family(
            "failures_in_a_row",
            "gauge",
            "Runs that failed since the last good one.",
            all,
            DeltaStatus::failedInRow),
        family(
            "last_success_timestamp_seconds",
            "gauge",
            "When the last good run ended; 0 before the first.",
            all,
            s -> s.last().map(end -> end.getEpochSecond()).orElse(0L)),
        family("made_total", "counter", "Deltas that were made.", all, DeltaStatus::made),
        family("bytes", "gauge", "Bytes of all wanted deltas.", all, DeltaStatus::bytes));
  }

  private static Family family(
      String name,
      String type,
      String help,
      List<DeltaStatus> sections,
      ToLongFunction<DeltaStatus> value) {
    List<Family.Sample> samples =
        sections.stream()
            .map(
                each ->
                    new Family.Sample(
                        "deltas", each.name(), Long.toString(value.applyAsLong(each))))
            .toList();
    return new Family("coppice_deltas_" + name, type, help, samples);
  }
}
