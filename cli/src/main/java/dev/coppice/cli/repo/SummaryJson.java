package dev.coppice.cli.repo;

import dev.coppice.cli.console.JsonWriter;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.transfer.summary.Summary;
import dev.coppice.transfer.summary.SummaryRef;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A summary as JSON; times are seconds since 1970. */
record SummaryJson(JsonWriter json) {
  void print(Summary summary, boolean signed) {
    json.object().array("refs");
    Optional<String> own = summary.collectionId();
    refs(own, summary.refs());
    for (Map.Entry<String, SortedMap<String, SummaryRef>> each : summary.collections().entrySet()) {
      if (!own.equals(Optional.of(each.getKey()))) {
        refs(Optional.of(each.getKey()), each.getValue());
      }
    }
    json.end();
    summary.lastModified().ifPresent(time -> json.field("last-modified", time));
    summary.expires().ifPresent(time -> json.field("expires", time));
    own.ifPresent(id -> json.field("collection-id", id));
    summary.mode().ifPresent(mode -> json.field("mode", mode));
    summary.tombstoneCommits().ifPresent(flag -> json.field("tombstone-commits", flag));
    json.field("indexed-deltas", summary.indexedDeltas());
    json.array("static-deltas");
    summary
        .staticDeltas()
        .forEach(
            (name, digest) ->
                json.object().field("name", name).field("superblock", digest.hex()).end());
    json.end();
    metadata(summary.metadata());
    json.field("signed", signed).end();
  }

  private void refs(Optional<String> collection, SortedMap<String, SummaryRef> refs) {
    refs.forEach(
        (name, ref) -> {
          json.object().field("name", name);
          collection.ifPresent(id -> json.field("collection-id", id));
          json.field("commit", ref.commit().hex()).field("commit-size", ref.size());
          ref.timestamp().ifPresent(time -> json.field("timestamp", time));
          ref.version().ifPresent(version -> json.field("version", version));
          metadata(ref.metadata());
          json.end();
        });
  }

  /** What has no field of its own. */
  private void metadata(Variant dictionary) {
    json.object("metadata");
    VariantDict.forEach(
        dictionary,
        (key, value) -> {
          if (!key.startsWith("ostree.")) {
            json.field(key, text(value));
          }
        });
    json.end();
  }

  private static String text(Variant value) {
    return value.type().equals(VariantType.STRING) ? value.asString() : value.print(true);
  }
}
