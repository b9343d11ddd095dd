package dev.coppice.core.gvariant;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Builds and edits dictionaries of type {@code a{sv}}; entries keep the order of first put. */
public final class VariantDict {
  private final Map<String, Variant> entries = new LinkedHashMap<>();

  private VariantDict() {}

  /** An empty builder. */
  public static VariantDict builder() {
    return new VariantDict();
  }

  /**
   * A builder that starts with the entries of an existing {@code a{sv}}; of several entries with
   * one key the first counts, as in a lookup.
   */
  public static VariantDict of(Variant dictionary) {
    var dict = new VariantDict();
    for (Variant entry : entriesOf(dictionary)) {
      dict.entries.putIfAbsent(entry.child(0).asString(), entry.child(1).unbox());
    }
    return dict;
  }

  /** Calls back for each entry of an {@code a{sv}} in order, with the value out of its box. */
  public static void forEach(Variant dictionary, BiConsumer<String, Variant> action) {
    for (Variant entry : entriesOf(dictionary)) {
      action.accept(entry.child(0).asString(), entry.child(1).unbox());
    }
  }

  private static Iterable<Variant> entriesOf(Variant dictionary) {
    if (!dictionary.type().equals(VariantType.DICTIONARY)) {
      throw new IllegalArgumentException("not a dictionary a{sv}: " + dictionary.type());
    }
    return dictionary.children();
  }

  /** Adds an entry, or replaces the value of the one with this key in its place. */
  public VariantDict put(String key, Variant value) {
    entries.put(key, value);
    return this;
  }

  /** Removes the entry with this key, if there is one. */
  public VariantDict remove(String key) {
    entries.remove(key);
    return this;
  }

  public Optional<Variant> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The {@code a{sv}}. */
  public Variant build() {
    return build(entries.keySet());
  }

  /** The {@code a{sv}} with its entries in the order in which a {@code GVariantDict} has them. */
  public Variant buildHashed() {
    return build(GHashOrder.of(entries.keySet()));
  }

  private Variant build(Iterable<String> keys) {
    var writer = new VariantWriter(VariantType.DICTIONARY).beginArray();
    for (String key : keys) {
      Variant value = Objects.requireNonNull(entries.get(key));
      writer.beginDictEntry().putString(key);
      writer.beginVariant(value.type()).put(value).end().end();
    }
    return writer.end().toVariant();
  }
}
