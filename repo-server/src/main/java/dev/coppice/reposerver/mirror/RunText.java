package dev.coppice.reposerver.mirror;

import dev.coppice.core.failure.TreeException;
import dev.coppice.transfer.mirror.MirrorReport;
import dev.coppice.transfer.mirror.MirrorReport.Cleaning;
import dev.coppice.transfer.mirror.MirrorReport.RefChange;
import dev.coppice.transfer.mirror.MirrorReport.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run did, in a line of the log. */
final class RunText {
  /** More refs than these are only counted. */
  private static final int SHOWN = 10;

  private static final int SHORT = 10;

  private RunText() {}

  static String of(MirrorReport report) {
    var parts = new ArrayList<String>();
    for (MirrorReport.Upstream upstream : report.upstreams()) {
      upstream.failure().ifPresent(failure -> parts.add(upstream.remote() + ": " + of(failure)));
    }
    List<RefChange> refs =
        report.upstreams().stream().flatMap(upstream -> upstream.refs().stream()).toList();
    if (report.changed()) {
      parts.add(refs(refs));
      report.upstreams().stream()
          .map(MirrorReport.Upstream::transfer)
          .filter(transfer -> transfer.metadata() + transfer.files() + transfer.deltas() > 0)
          .forEach(transfer -> parts.add(transfer(transfer)));
    } else if (!report.failed()) {
      parts.add("nothing new");
    }
    cleaning(report.cleaning(), parts);
    parts.add(String.format(Locale.ROOT, "%.1f s", report.seconds()));
    return String.join("; ", parts);
  }

  /** A failure as the command line tells it, in one line. */
  static String of(TreeException failure) {
    String next = failure.nextStep().isEmpty() ? "" : ": " + failure.nextStep();
    return failure.getMessage() + " [" + failure.code().id() + "]" + next;
  }

  private static String refs(List<RefChange> refs) {
    if (refs.isEmpty()) {
      return "new summary";
    }
    String more = refs.size() > SHOWN ? ", ..." : "";
    return refs.stream()
        .limit(SHOWN)
        .map(RunText::ref)
        .collect(Collectors.joining(", ", count(refs.size(), "ref") + " changed: ", more));
  }

  private static String ref(RefChange change) {
    String after = change.after().map(commit -> commit.hex().substring(0, SHORT)).orElse("deleted");
    return change.ref() + " " + change.version().map(text -> after + " " + text).orElse(after);
  }

  private static String transfer(Transfer transfer) {
    String deltas = transfer.deltas() == 0 ? "" : ", " + count(transfer.deltas(), "static delta");
    String bytes = transfer.bytes().isEmpty() ? "" : ", " + transfer.bytes().getAsLong() + " bytes";
    return count(transfer.metadata() + transfer.files(), "object") + deltas + bytes;
  }

  private static void cleaning(Cleaning cleaning, List<String> parts) {
    if (!cleaning.retired().isEmpty()) {
      parts.add(count(cleaning.retired().size(), "commit") + " retired");
    }
    if (cleaning.objects() + cleaning.deltas() > 0) {
      parts.add(
          "deleted " + count(cleaning.objects(), "object") + ", " + cleaning.bytes() + " bytes");
    }
    if (cleaning.postponed()) {
      parts.add("cleaning postponed, others are working on the repository");
    }
  }

  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
