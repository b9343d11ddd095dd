package dev.coppice.core.gvariant;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The children of any container in order; offsets are checked once for all of them. */
final class VariantChildren implements Iterator<Variant> {

  /** A class of its own, because a lambda expression costs a cold command milliseconds. */
  record Of(Variant parent) implements Iterable<Variant> {
    @Override
    public Iterator<Variant> iterator() {
      return new VariantChildren(parent);
    }
  }

  private final Variant parent;
  private final @Nullable ArrayFraming array;
  private final @Nullable TupleFraming tuple;
  private final int count;
  private int next;

  VariantChildren(Variant parent) {
    VariantType type = parent.type();
    this.parent = parent;
    this.array = type.isArray() ? parent.arrayFraming() : null;
    this.tuple = type.isTuple() || type.isDictEntry() ? parent.tupleFraming() : null;
    this.count = array == null ? parent.childCount() : array.count();
  }

  @Override
  public boolean hasNext() {
    return next < count;
  }

  @Override
  public Variant next() {
    if (next >= count) {
      throw new NoSuchElementException();
    }
    int index = next++;
    if (array != null) {
      return parent.element(array, index);
    }
    return tuple != null ? parent.member(tuple, index) : parent.onlyChild(index);
  }
}
