package dev.coppice.cli.mirror;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.OutputException;
import dev.coppice.cli.console.SizeText;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.mirror.MirrorReport;
import dev.coppice.transfer.mirror.MirrorReport.Cleaning;
import dev.coppice.transfer.mirror.MirrorReport.RefChange;
import dev.coppice.transfer.mirror.MirrorReport.Transfer;

/** Tells people what a mirror run did. */
record MirrorText(Console console) {
  private static final int SHORT = 12;

  void print(MirrorCommand.Outcome outcome) throws OutputException {
    outcome.name().ifPresent(mirror -> console.println("Mirror " + mirror + ":"));
    if (outcome.failure().isPresent()) {
      failed("mirror " + outcome.name().orElse(""), outcome.failure().get());
    }
    if (outcome.report().isPresent()) {
      print(outcome.report().get());
    }
  }

  private void print(MirrorReport report) throws OutputException {
    for (MirrorReport.Upstream upstream : report.upstreams()) {
      if (upstream.failure().isPresent()) {
        failed(upstream.remote(), upstream.failure().get());
      } else {
        upstream(upstream, report.dryRun());
      }
    }
    if (report.verified() > 0) {
      console.println("Verified: " + count(report.verified(), "object"));
    }
    console.println("Summary: " + summary(report));
    cleaning(report.cleaning(), report.dryRun());
  }

  private void failed(String what, TreeException failure) throws OutputException {
    console.error(what + ": " + failure.getMessage());
    String next = failure.nextStep().isEmpty() ? "" : ": " + failure.nextStep();
    console.err().println("  [" + failure.code().id() + "]" + next);
  }

  private void upstream(MirrorReport.Upstream upstream, boolean dryRun) {
    for (RefChange change : upstream.refs()) {
      console.println(line(change));
    }
    Transfer transfer = upstream.transfer();
    var line = new StringBuilder(upstream.remote());
    line.append(": ").append(count(upstream.refs().size(), "ref"));
    line.append(dryRun ? " to change, " : " changed, ").append(upstream.unchanged());
    line.append(" unchanged; ").append(transfer.metadata()).append(" metadata, ");
    line.append(transfer.files()).append(" content objects");
    if (transfer.deltas() > 0) {
      line.append(", ").append(count(transfer.deltas(), "static delta"));
    }
    line.append(dryRun ? " to fetch" : " fetched");
    if (transfer.bytes().isPresent()) {
      line.append("; ").append(SizeText.of(transfer.bytes().getAsLong()));
      line.append(dryRun ? " for files" : " transferred");
    }
    console.println(line.toString());
  }

  private static String line(RefChange change) {
    if (change.after().isEmpty()) {
      return "- " + change.ref() + " " + shortened(change.before().orElseThrow());
    }
    String after = shortened(change.after().get());
    String version = change.version().map(text -> " (" + text + ")").orElse("");
    return change.before().isEmpty()
        ? "+ " + change.ref() + " " + after + version
        : "  " + change.ref() + " " + shortened(change.before().get()) + ".." + after + version;
  }

  private static String shortened(Checksum commit) {
    return commit.hex().substring(0, SHORT);
  }

  private static String summary(MirrorReport report) {
    return switch (report.summary()) {
      case UNCHANGED -> "unchanged";
      case TAKEN_OVER -> report.dryRun() ? "would be taken over" : "taken over";
      case MADE -> report.dryRun() ? "would be made anew" : "made anew";
    };
  }

  private void cleaning(Cleaning cleaning, boolean dryRun) {
    if (cleaning.postponed()) {
      console.println("Cleaning: postponed, others are working on the repository");
      return;
    }
    if (!cleaning.retired().isEmpty()) {
      console.println(
          (dryRun ? "To retire: " : "Retired: ") + count(cleaning.retired().size(), "commit"));
    }
    if (cleaning.waiting() > 0) {
      console.println("Kept for the grace time: " + count(cleaning.waiting(), "retired commit"));
    }
    if (cleaning.objects() > 0 || cleaning.deltas() > 0) {
      console.println(
          "Deleted: "
              + count(cleaning.objects(), "object")
              + ", "
              + count(cleaning.deltas(), "static delta")
              + "; "
              + SizeText.of(cleaning.bytes())
              + " freed");
    }
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
