package dev.coppice.cli.repo;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.fsck.Finding;
import dev.coppice.core.fsck.FsckResult;
import dev.coppice.core.object.Checksum;
import java.util.Locale;

/** The result of {@code fsck} as JSON. */
final class FsckJson {
  private FsckJson() {}

  static void write(FsckResult result, JsonWriter out) {
    out.object()
        .field("clean", result.clean())
        .field("commits", result.commits())
        .field("partial-commits", result.partialCommits())
        .field("damaged-commits", result.damagedCommits())
        .field("objects", result.objects())
        .array("findings");
    for (Finding finding : result.findings()) {
      write(finding, out);
    }
    out.end().array("problems");
    for (TreeException problem : result.problems()) {
      out.object().field("code", problem.code().id()).field("message", problem.getMessage()).end();
    }
    out.end().end();
  }

  private static void write(Finding finding, JsonWriter out) {
    out.object()
        .field("object", finding.object().toString())
        .field("kind", finding.kind().name().toLowerCase(Locale.ROOT))
        .field("detail", finding.detail())
        .field("commits", finding.commits().stream().map(Checksum::hex).toList())
        .array("places");
    for (Finding.Place place : finding.places()) {
      out.object().field("commit", place.commit().hex()).field("path", place.path()).end();
    }
    out.end().end();
  }
}
