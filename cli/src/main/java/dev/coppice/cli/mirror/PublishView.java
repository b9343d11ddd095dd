package dev.coppice.cli.mirror;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.console.SizeText;
import dev.coppice.transfer.publish.PublishFile.Kind;
import dev.coppice.transfer.publish.PublishReport;
import dev.coppice.transfer.publish.PublishReport.Amount;
import java.util.Locale;
import java.util.Map;

/** What was published, in words or as JSON. */
record PublishView(PublishReport report) {
  private static final Map<Kind, String> NAMES =
      Map.of(
          Kind.CONTENT, "Objects",
          Kind.SIGNATURES, "Signatures",
          Kind.COMMIT, "Commits",
          Kind.DELTA_PART, "Delta parts",
          Kind.DELTA, "Deltas",
          Kind.INDEX, "Indexes",
          Kind.CONFIG, "Configuration",
          Kind.REF, "Refs",
          Kind.SUMMARY, "Summary");

  void print(Console console) {
    report
        .copied()
        .forEach((kind, amount) -> console.println(NAMES.get(kind) + ": " + text(amount)));
    String verb = report.dryRun() ? " to copy" : " copied";
    console.println(
        report.target()
            + ": "
            + text(report.total())
            + verb
            + ", "
            + count(report.unchanged())
            + " unchanged");
    if (report.deleted().files() > 0) {
      console.println((report.dryRun() ? "To delete: " : "Deleted: ") + text(report.deleted()));
    }
    if (report.waiting() > 0) {
      console.println("Kept for the grace time: " + count(report.waiting()));
    }
  }

  private static String text(Amount amount) {
    return count(amount.files()) + ", " + SizeText.of(amount.bytes());
  }

  private static String count(long files) {
    return files + (files == 1 ? " file" : " files");
  }

  void write(JsonWriter json) {
    json.object().field("dry-run", report.dryRun()).field("target", report.target());
    json.object("copied");
    report
        .copied()
        .forEach(
            (kind, amount) ->
                amount(json, kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), amount));
    json.end();
    amount(json, "total", report.total());
    json.field("unchanged", report.unchanged());
    amount(json, "deleted", report.deleted());
    json.field("waiting", report.waiting());
    json.field("milliseconds", Math.round(report.seconds() * 1000)).end();
  }

  private static void amount(JsonWriter json, String name, Amount amount) {
    json.object(name).field("files", amount.files()).field("bytes", amount.bytes()).end();
  }
}
