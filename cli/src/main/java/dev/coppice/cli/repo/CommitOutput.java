package dev.coppice.cli.repo;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.Context;
import dev.coppice.core.commit.CommitResult;
import dev.coppice.core.repo.Transaction;

/** Renders the result of a commit. */
record CommitOutput(Context context, CommitResult result) {
  void plain() {
    context.console().println(result.commit().hex());
  }

  void table() {
    Transaction.Stats stats = result.stats();
    line("Commit", result.commit().hex());
    line("Metadata Total", stats.metadataTotal());
    line("Metadata Written", stats.metadataWritten());
    line("Content Total", stats.contentTotal());
    line("Content Written", stats.contentWritten());
    line("Content Cache Hits", result.linksRecognised());
    line("Content Bytes Written", stats.contentBytes());
  }

  private void line(String key, Object value) {
    context.console().println(key + ": " + value);
  }

  void json(JsonWriter writer) {
    Transaction.Stats stats = result.stats();
    writer
        .object()
        .field("commit", result.commit().hex())
        .field("made", result.made())
        .field("metadata-total", stats.metadataTotal())
        .field("metadata-written", stats.metadataWritten())
        .field("content-total", stats.contentTotal())
        .field("content-written", stats.contentWritten())
        .field("content-cache-hits", result.linksRecognised())
        .field("content-bytes-written", stats.contentBytes())
        .end();
  }
}
