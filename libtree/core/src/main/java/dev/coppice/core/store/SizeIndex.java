package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sizes of the objects that a transaction has touched, for {@code ostree.sizes}. For several
 * threads. Source: {@code repo_store_size_entry}.
 */
public final class SizeIndex {
  /**
   * The sizes of an object.
   *
   * @param archived bytes of its file in an archive repository
   * @param unpacked bytes of its content; of a symbolic link's target
   */
  public record Sizes(ObjectType type, long archived, long unpacked) {}

  private final Map<Checksum, Sizes> sizes = new ConcurrentHashMap<>();

  /** Notes an object; the first note counts. */
  void note(ObjectName name, long archived, long unpacked) {
    sizes.putIfAbsent(name.checksum(), new Sizes(name.type(), archived, unpacked));
  }

  /** Forgets everything. */
  public void clear() {
    sizes.clear();
  }

  /** What was noted, sorted by checksum. */
  public Map<Checksum, Sizes> sorted() {
    return new TreeMap<>(sizes);
  }
}
