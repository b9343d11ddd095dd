package dev.coppice.cli.console;

import java.util.Locale;

/**
 * The text of a progress line, as a pure function of counters.
 *
 * @param phase what is being done
 * @param done items done
 * @param total items of the phase; 0 when unknown
 * @param bytes bytes done; 0 when the phase does not count bytes
 * @param nanos time since the phase began
 */
record ProgressLine(String phase, long done, long total, long bytes, long nanos) {
  private static final double NANOS = 1e9;

  /** Shorter phases tell no rate: the first files say nothing about the rest. */
  private static final long SETTLED_NANOS = 700_000_000L;

  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
  private static final int BAR_WIDTH = 20;

  /** The line, cut to the width. */
  String render(int width) {
    var facts = new StringBuilder();
    if (total > 0) {
      facts.append("  ").append(Math.min(100, done * 100 / total)).append('%');
    }
    if (done > 0 || total > 0) {
      facts.append("  ").append(done);
      if (total > 0) {
        facts.append('/').append(total);
      }
    }
    if (bytes > 0) {
      facts.append("  ").append(size(bytes));
    }
    if (nanos > SETTLED_NANOS) {
      appendRate(facts);
    }
    String line = phase + bar(width - phase.length() - facts.length()) + facts;
    return line.length() > width ? line.substring(0, Math.max(0, width)) : line;
  }

  private void appendRate(StringBuilder facts) {
    double seconds = nanos / NANOS;
    if (bytes > 0) {
      facts.append("  ").append(size((long) (bytes / seconds))).append("/s");
    } else if (done > 0) {
      facts.append("  ").append((long) (done / seconds)).append("/s");
    }
    if (total > done && done > 0) {
      facts.append("  ").append(time((long) (seconds / done * (total - done)))).append(" left");
    }
  }

  private String bar(int room) {
    if (total <= 0 || room < BAR_WIDTH + 4) {
      return "";
    }
    int filled = (int) Math.min(BAR_WIDTH, done * BAR_WIDTH / total);
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
