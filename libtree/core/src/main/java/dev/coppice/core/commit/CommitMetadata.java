package dev.coppice.core.commit;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.gvariant.VariantWriter;
import java.util.List;
import java.util.Optional;

/**
 * What is put into the metadata of a commit.
 *
 * @param entries in the order of the result; two may have the same key
 * @param keep keys whose value is taken from the parent
 * @param detached entries of the detached metadata
 * @param bindings the refs that the commit belongs to
 */
public record CommitMetadata(
    List<Entry> entries, List<String> keep, List<Entry> detached, Optional<RefBindings> bindings) {
  /** Nothing but the binding to the branch. */
  public static final CommitMetadata PLAIN =
      new CommitMetadata(List.of(), List.of(), List.of(), Optional.of(new RefBindings(List.of())));

  /** Copies the lists. */
  public CommitMetadata {
    entries = List.copyOf(entries);
    keep = List.copyOf(keep);
    detached = List.copyOf(detached);
  }

  /** One entry. */
  public record Entry(String key, Variant value) {}

  /**
   * The refs that a commit belongs to beside its branch.
   *
   * @param more names
   */
  public record RefBindings(List<String> more) {
    /** Copies the list. */
    public RefBindings {
      more = List.copyOf(more);
    }
  }

  /** The {@code a{sv}} with these entries in this order. */
  static Variant dictionary(List<Entry> entries) {
    var writer = new VariantWriter(VariantType.DICTIONARY).beginArray();
    for (Entry entry : entries) {
      Variant value = entry.value();
      writer.beginDictEntry().putString(entry.key());
      writer.beginVariant(value.type()).put(value).end().end();
    }
    return writer.end().toVariant();
  }
}
