package dev.coppice.cli.pull;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.console.SizeText;
import dev.coppice.transfer.pull.PlannedDelta;
import dev.coppice.transfer.pull.PullEvent;
import dev.coppice.transfer.pull.PullPlan;
import dev.coppice.transfer.pull.PullResult;
import java.util.OptionalLong;

/** What a pull did, or would do, in words or as JSON. */
record PullReport(PullResult result) {
  private static final long KIB = 1024;

  /** What is going to be fetched. */
  static String plan(PullPlan plan) {
    return "To fetch: "
        + count(plan.files(), "file")
        + size(plan.download(), "")
        + size(plan.disk(), " on disk")
        + "; "
        + SizeText.of(plan.free())
        + " free";
  }

  /**
   * What a delta brings. Source: {@code dry_run_console_progress_changed}, for several deltas one
   * line each.
   */
  static String delta(PlannedDelta delta) {
    return "Delta update: "
        + delta.partsHere()
        + "/"
        + delta.parts()
        + " parts, "
        + SizeText.of(delta.sizeHere())
        + "/"
        + SizeText.of(delta.size())
        + ", "
        + SizeText.of(delta.usize())
        + " total uncompressed";
  }

  /** That a delta cannot be used. */
  static String refused(PullEvent.DeltaRefused refused) {
    return "warning: static delta not used, fetching objects instead: " + refused.reason();
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String size(OptionalLong bytes, String what) {
    return bytes.isPresent() ? ", " + SizeText.of(bytes.getAsLong()) + what : "";
  }

  /**
   * The line that ostree ends with. Source: {@code ostree_repo_pull_with_options}.
   *
   * @param imported whether the source is a repository of this machine
   */
  void print(Console console, boolean imported) {
    var line = new StringBuilder();
    if (result.deltaParts() > 0 && !imported) {
      line.append(result.deltaParts()).append(" delta parts, ");
      line.append(result.metadata() + result.content()).append(" loose fetched");
    } else {
      line.append(result.metadata()).append(" metadata, ").append(result.content());
      line.append(imported ? " content objects imported" : " content objects fetched");
    }
    if (result.cachedMetadata() > 0 || result.cachedContent() > 0) {
      line.append(" (").append(result.cachedMetadata()).append(" meta, ");
      line.append(result.cachedContent()).append(" content local)");
    }
    long bytes = result.transferred();
    if (bytes > 0) {
      line.append("; ");
      line.append(bytes < KIB ? bytes + " B" : bytes / KIB + " KiB");
      line.append(" transferred in ").append((long) result.seconds()).append(" seconds");
    }
    line.append("; ").append(SizeText.of(result.contentBytes())).append(" content written");
    console.println(line.toString());
  }

  /** What a dry run found out: of deltas as ostree prints it, of files where there are any. */
  void printPlan(Console console) {
    PullPlan plan = result.plan();
    plan.deltas().forEach(delta -> console.println(delta(delta)));
    if (plan.deltas().isEmpty() || plan.files() > 0) {
      console.println(plan(plan));
    }
  }

  void writeJson(JsonWriter json, boolean dryRun) {
    PullPlan plan = result.plan();
    json.object().field("dry-run", dryRun).object("plan");
    json.field("metadata", plan.metadata()).field("files", plan.files());
    plan.download().ifPresent(bytes -> json.field("download", bytes));
    plan.disk().ifPresent(bytes -> json.field("disk", bytes));
    json.field("free", plan.free()).array("deltas");
    for (PlannedDelta delta : plan.deltas()) {
      json.object().field("to", delta.name().to().toString());
      delta.name().from().ifPresent(from -> json.field("from", from.toString()));
      json.field("parts", delta.parts()).field("parts-here", delta.partsHere());
      json.field("size", delta.size()).field("size-here", delta.sizeHere());
      json.field("uncompressed", delta.usize()).end();
    }
    json.end().end();
    json.field("metadata", result.metadata()).field("content", result.content());
    json.field("local-metadata", result.cachedMetadata());
    json.field("local-content", result.cachedContent());
    json.field("content-bytes", result.contentBytes());
    json.field("delta-parts", result.deltaParts());
    json.field("transferred", result.transferred()).array("refs");
    for (PullResult.Moved moved : result.refs()) {
      json.object().field("ref", moved.ref());
      moved.from().ifPresent(from -> json.field("from", from.toString()));
      json.field("to", moved.to().toString()).end();
    }
    json.end().end();
  }
}
