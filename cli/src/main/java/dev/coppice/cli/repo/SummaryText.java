package dev.coppice.cli.repo;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.SizeText;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.store.RepoMode;
import dev.coppice.transfer.summary.Summary;
import dev.coppice.transfer.summary.SummaryRef;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A summary as text for people. Source: {@code ot_dump_summary_bytes}. */
record SummaryText(Console console) {
  private static final VariantType BYTES8 = VariantType.of("t");

  void print(Summary summary) {
    Optional<String> own = summary.collectionId();
    refs(own, summary.refs());
    for (Map.Entry<String, SortedMap<String, SummaryRef>> each : summary.collections().entrySet()) {
      if (!own.equals(Optional.of(each.getKey()))) {
        refs(Optional.of(each.getKey()), each.getValue());
      }
    }
    VariantDict.forEach(
        summary.metadata(),
        (key, value) -> {
          String text =
              switch (key) {
                case "ostree.static-deltas" -> "Static Deltas (" + key + "): " + value.print(false);
                case "ostree.summary.last-modified" -> timed("Last-Modified", key, value);
                case "ostree.summary.expires" -> timed("Expires", key, value);
                case "ostree.summary.collection-id" ->
                    "Collection ID (" + key + "): " + bare(value);
                case "ostree.summary.collection-map" ->
                    "Collection Map (" + key + "): (printed above)";
                case "ostree.summary.mode" -> "Repository Mode (" + key + "): " + mode(value);
                case "ostree.summary.tombstone-commits" ->
                    "Has Tombstone Commits (" + key + "): " + yesOrNo(value);
                default -> key + ": " + value.print(false);
              };
          console.println(text);
        });
  }

  private void refs(Optional<String> collection, SortedMap<String, SummaryRef> refs) {
    refs.forEach(
        (name, ref) -> {
          console.println(collection.map(id -> "* (" + id + ", " + name + ")").orElse("* " + name));
          console.println("    Latest Commit (" + SizeText.of(ref.size()) + "):");
          console.println("      " + ref.commit());
          VariantDict.forEach(
              ref.metadata(), (key, value) -> console.println("    " + of(key, value)));
          console.println("");
        });
  }

  private static String of(String key, Variant value) {
    return switch (key) {
      case SummaryRef.TIMESTAMP -> timed("Timestamp", key, value);
      case SummaryRef.VERSION -> "Version (" + key + "): " + bare(value);
      default -> key + ": " + value.print(false);
    };
  }

  private static String timed(String word, String key, Variant value) {
    return word
        + " ("
        + key
        + "): "
        + (value.type().equals(BYTES8)
            ? date(Long.reverseBytes(value.asUint64()))
            : value.print(false));
  }

  private static String bare(Variant value) {
    return value.type().equals(VariantType.STRING) ? value.asString() : value.print(false);
  }

  private static String mode(Variant value) {
    String mode = bare(value);
    return RepoMode.parse(mode).isPresent() ? mode : "Invalid (‘" + mode + "’)";
  }

  private static String yesOrNo(Variant value) {
    if (!value.type().equals(VariantType.BOOLEAN)) {
      return value.print(false);
    }
    return value.asBoolean() ? "Yes" : "No";
  }

  /** A time in the zone of this machine, the offset as short as it can be. */
  static String date(long seconds) {
    OffsetDateTime time;
    try {
      time = Instant.ofEpochSecond(seconds).atZone(ZoneId.systemDefault()).toOffsetDateTime();
    } catch (DateTimeException e) {
      return "invalid";
    }
    if (time.getYear() < 1 || time.getYear() > 9999) {
      return "invalid";
    }
    int offset = Math.abs(time.getOffset().getTotalSeconds());
    String sign = time.getOffset().getTotalSeconds() < 0 ? "-" : "+";
    String zone = String.format(Locale.ROOT, "%s%02d", sign, offset / 3600);
    if (offset % 3600 != 0) {
      zone += String.format(Locale.ROOT, ":%02d", offset / 60 % 60);
    }
    if (offset % 60 != 0) {
      zone += String.format(Locale.ROOT, ":%02d", offset % 60);
    }
    return String.format(Locale.ROOT, "%1$d-%2$tm-%2$tdT%2$tH:%2$tM:%2$tS", time.getYear(), time)
        + zone;
  }
}
