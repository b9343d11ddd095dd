package dev.coppice.cli.console;

import java.util.Locale;

/**
 * The text of a progress line, as a pure function of counters.
 *
 * @param phase what is being done
 * @param items done and to do
 * @param bytes done and to do; the done ones are 0 when the phase does not count bytes
 * @param nanos time since the phase began
 */
record ProgressLine(String phase, Count items, Count bytes, long nanos) {
  /**
   * How far something is.
   *
   * @param total 0 when it is unknown
   */
  record Count(long done, long total) {
    boolean known() {
      return total > 0;
    }

    long percent() {
      return Math.min(100, done * 100 / total);
    }
  }

  private static final double NANOS = 1e9;

  /** Shorter phases tell no rate: the first files say nothing about the rest. */
  private static final long SETTLED_NANOS = 700_000_000L;

  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
  private static final int BAR_WIDTH = 20;

  /** The line, cut to the width. */
  String render(int width) {
    var facts = new StringBuilder();
    if (leading().known()) {
      facts.append("  ").append(leading().percent()).append('%');
    }
    if (items.done > 0 || items.known()) {
      facts.append("  ").append(items.done);
      if (items.known()) {
        facts.append('/').append(items.total);
      }
    }
    if (bytes.done > 0) {
      facts.append("  ").append(size(bytes.done));
      if (bytes.known()) {
        facts.append('/').append(size(bytes.total));
      }
    }
    if (nanos > SETTLED_NANOS) {
      appendRate(facts);
    }
    String line = phase + bar(width - phase.length() - facts.length()) + facts;
    return line.length() > width ? line.substring(0, Math.max(0, width)) : line;
  }

  /** What says best how far the work is: bytes, where it is known how many there are. */
  private Count leading() {
    return bytes.known() ? bytes : items;
  }

  private void appendRate(StringBuilder facts) {
    double seconds = nanos / NANOS;
    if (bytes.done > 0) {
      facts.append("  ").append(size((long) (bytes.done / seconds))).append("/s");
    } else if (items.done > 0) {
      facts.append("  ").append((long) (items.done / seconds)).append("/s");
    }
    Count lead = leading();
    if (lead.total > lead.done && lead.done > 0) {
      facts
          .append("  ")
          .append(time((long) (seconds / lead.done * (lead.total - lead.done))))
          .append(" left");
    }
  }

  private String bar(int room) {
    if (!leading().known() || room < BAR_WIDTH + 4) {
      return "";
    }
    int filled = (int) (leading().percent() * BAR_WIDTH / 100);
    return "  [" + "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled) + "]";
  }

  /** A size in powers of ten, as disks and ostree count. */
  static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  private static String time(long seconds) {
    return seconds >= 3600
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }
}
