package dev.coppice.cli.mirror;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.mirror.MirrorReport;
import dev.coppice.transfer.mirror.MirrorReport.Cleaning;
import dev.coppice.transfer.mirror.MirrorReport.RefChange;
import dev.coppice.transfer.mirror.MirrorReport.Transfer;
import java.util.Locale;
import java.util.Optional;

/** What a mirror run did, as JSON: one element of an array. */
record MirrorJson(JsonWriter json) {
  void write(MirrorCommand.Outcome outcome) {
    json.object();
    outcome.name().ifPresent(text -> json.field("name", text));
    outcome.failure().ifPresent(this::error);
    outcome.report().ifPresent(this::report);
    json.end();
  }

  private void report(MirrorReport report) {
    json.field("dry-run", report.dryRun()).field("changed", report.changed());
    json.array("remotes");
    report.upstreams().forEach(this::upstream);
    json.end().field("verified", report.verified());
    json.field("summary", report.summary().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    cleaning(report.cleaning());
    json.field("milliseconds", Math.round(report.seconds() * 1000));
  }

  private void upstream(MirrorReport.Upstream upstream) {
    json.object().field("remote", upstream.remote());
    if (upstream.failure().isPresent()) {
      error(upstream.failure().get());
      json.end();
      return;
    }
    json.array("refs");
    upstream.refs().forEach(this::ref);
    Transfer transfer = upstream.transfer();
    json.end().field("unchanged", upstream.unchanged());
    json.field("metadata", transfer.metadata()).field("content", transfer.files());
    json.field("deltas", transfer.deltas());
    transfer.bytes().ifPresent(bytes -> json.field("bytes", bytes));
    json.end();
  }

  private void error(TreeException failure) {
    json.object("error").field("code", failure.code().id());
    json.field("message", failure.getMessage()).field("next", failure.nextStep()).end();
  }

  private void ref(RefChange change) {
    json.object().field("ref", change.ref().toString());
    checksum("from", change.before());
    checksum("to", change.after());
    change.version().ifPresent(version -> json.field("version", version));
    json.end();
  }

  private void checksum(String name, Optional<Checksum> commit) {
    json.name(name);
    if (commit.isPresent()) {
      json.value(commit.get().hex());
    } else {
      json.nothing();
    }
  }

  private void cleaning(Cleaning cleaning) {
    json.object("cleaning");
    json.field("retired", cleaning.retired().stream().map(Checksum::hex).toList());
    json.field("waiting", cleaning.waiting()).field("objects", cleaning.objects());
    json.field("bytes", cleaning.bytes()).field("deltas", cleaning.deltas());
    json.field("postponed", cleaning.postponed()).end();
  }
}
