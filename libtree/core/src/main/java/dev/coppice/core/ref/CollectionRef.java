package dev.coppice.core.ref;

/**
 * A ref that is unique world-wide by the id of its collection.
 *
 * @param collection the collection
 * @param ref the name in it
 */
public record CollectionRef(CollectionId collection, RefName ref)
    implements RefAddress, Comparable<CollectionRef> {
  /** By collection, then by name. */
  @Override
  public int compareTo(CollectionRef other) {
    int order = collection.compareTo(other.collection);
    return order != 0 ? order : ref.compareTo(other.ref);
  }

  /** {@code (collection, ref)}, as listings show it. */
  @Override
  public String toString() {
    return "(" + collection + ", " + ref + ")";
  }
}
