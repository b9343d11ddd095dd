package dev.coppice.reposerver.observe;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Counts of what was served, in Prometheus's text format. Any thread may add. */
public final class Metrics {
  /** Upper bounds of the histogram in seconds. */
  private static final double[] BOUNDS = {0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60};

  private static final int[] CLASSES = {1, 2, 3, 4, 5};

  private final Map<Section, Counts> sections = new EnumMap<>(Section.class);
  private final LongAdder[] durations = adders(BOUNDS.length + 1);
  private final LongAdder durationNanos = new LongAdder();
  private final List<Reading> readings = new CopyOnWriteArrayList<>();
  private final List<Supplier<List<Family>>> families = new CopyOnWriteArrayList<>();

  private record Reading(String name, String type, String help, LongSupplier value) {}

  /** Of one section: requests by the first digit of their status, and bytes. */
  private static final class Counts {
    final LongAdder[] requests = adders(CLASSES.length);
    final LongAdder bytes = new LongAdder();
  }

  /** Nothing counted yet. */
  public Metrics() {
    for (Section section : Section.values()) {
      sections.put(section, new Counts());
    }
  }

  private static LongAdder[] adders(int count) {
    return Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
  }

  /** Adds a value that is asked for whenever the metrics are read. */
  public void gauge(String name, String help, LongSupplier value) {
    readings.add(new Reading(name, "gauge", help, value));
  }

  /** Adds a count that only grows, kept elsewhere. */
  public void counter(String name, String help, LongSupplier value) {
    readings.add(new Reading(name, "counter", help, value));
  }

  /** Adds values with labels, which are asked for whenever the metrics are read. */
  public void families(Supplier<List<Family>> more) {
    families.add(more);
  }

  /** Counts a request. */
  public void add(Section section, int status, long sent, long nanos) {
    int kind = Math.clamp(status / 100, 1, CLASSES.length) - 1;
    Counts counts = Objects.requireNonNull(sections.get(section));
    counts.requests[kind].increment();
    counts.bytes.add(sent);
    double seconds = nanos / 1e9;
    int bucket = 0;
    while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
      bucket++;
    }
    durations[bucket].increment();
    durationNanos.add(nanos);
  }

  /** All metrics as text. */
  public String text() {
    var out = new StringBuilder(4096);
    head(out, "coppice_http_requests_total", "counter", "Requests answered.");
    sections.forEach(
        (section, counts) -> {
          for (int kind : CLASSES) {
            out.append("coppice_http_requests_total{section=\"")
                .append(section.label())
                .append("\",code=\"")
                .append(kind)
                .append("xx\"} ")
                .append(counts.requests[kind - 1].sum())
                .append('\n');
          }
        });
    head(out, "coppice_http_response_bytes_total", "counter", "Bytes of bodies sent.");
    sections.forEach(
        (section, counts) ->
            out.append("coppice_http_response_bytes_total{section=\"")
                .append(section.label())
                .append("\"} ")
                .append(counts.bytes.sum())
                .append('\n'));
    histogram(out);
    for (Reading reading : readings) {
      head(out, reading.name, reading.type, reading.help);
      out.append(reading.name).append(' ').append(reading.value.getAsLong()).append('\n');
    }
    for (Supplier<List<Family>> each : families) {
      for (Family family : each.get()) {
        head(out, family.name(), family.type(), family.help());
        family.write(out);
      }
    }
    return out.toString();
  }

  private void histogram(StringBuilder out) {
    String name = "coppice_http_request_duration_seconds";
    head(out, name, "histogram", "From the first byte of a request to the last of its answer.");
    long total = 0;
    for (int i = 0; i <= BOUNDS.length; i++) {
      total += durations[i].sum();
      String bound = i == BOUNDS.length ? "+Inf" : Double.toString(BOUNDS[i]);
      out.append(name)
          .append("_bucket{le=\"")
          .append(bound)
          .append("\"} ")
          .append(total)
          .append('\n');
    }
    out.append(name)
        .append("_sum ")
        .append(String.format(Locale.ROOT, "%.6f", durationNanos.sum() / 1e9))
        .append('\n');
    out.append(name).append("_count ").append(total).append('\n');
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }
}
