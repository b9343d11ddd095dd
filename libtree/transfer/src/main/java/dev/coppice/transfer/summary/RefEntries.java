package dev.coppice.transfer.summary;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.gvariant.VariantWriter;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The entries of refs, from their commits. Every commit is read each time: an older summary could
 * have come from elsewhere with a mirror, and a ref whose commit is gone must not be published.
 * Source: {@code summary_add_ref_entry}.
 */
final class RefEntries {
  /** Seconds that a {@code GDateTime} can hold: years 1 to 9999. */
  private static final long FIRST_SECOND = -62_135_596_800L;

  private static final long LAST_SECOND = 253_402_300_799L;

  /** A few commits are not worth a thread. */
  private static final int PIECE = 256;

  private final Repo repo;
  private final Map<Checksum, SummaryRef> known = new ConcurrentHashMap<>();

  RefEntries(Repo repo) {
    this.repo = repo;
  }

  /** The list of refs, {@code a(s(taya{sv}))}. */
  Variant of(SortedMap<String, Checksum> refs) throws IOException {
    List<Checksum> commits = refs.values().stream().distinct().toList();
    int pieces = (commits.size() + PIECE - 1) / PIECE;
    Workers.each(
        pieces,
        piece -> {
          int end = Math.min(commits.size(), (piece + 1) * PIECE);
          for (Checksum commit : commits.subList(piece * PIECE, end)) {
            if (!known.containsKey(commit)) {
              known.put(commit, read(commit));
            }
          }
        });
    var writer = new VariantWriter(Summary.REFS, refs.size() * 160).beginArray();
    for (Map.Entry<String, Checksum> ref : refs.entrySet()) {
      SummaryRef entry = known.get(ref.getValue());
      if (entry == null) {
        throw new IllegalStateException("commit was not read: " + ref.getValue());
      }
      writer.beginTuple().putString(ref.getKey()).beginTuple().putInt64(entry.size());
      writer.putBytes(entry.commit().bytes()).put(entry.metadata()).end().end();
    }
    return writer.end().toVariant();
  }

  private SummaryRef read(Checksum checksum) throws IOException {
    ObjectName name = ObjectName.commit(checksum);
    byte[] bytes = repo.objects().load(name);
    Commit commit = name.decode(bytes, Commit::decode);
    VariantDict metadata = VariantDict.builder();
    long time = commit.timestamp();
    if (time >= FIRST_SECOND && time <= LAST_SECOND) {
      metadata.put(SummaryRef.TIMESTAMP, Variant.ofUint64(Long.reverseBytes(time)));
    }
    commit
        .metadata()
        .lookup("version", VariantType.STRING)
        .ifPresent(version -> metadata.put(SummaryRef.VERSION, version));
    return new SummaryRef(checksum, bytes.length, metadata.buildHashed());
  }
}
