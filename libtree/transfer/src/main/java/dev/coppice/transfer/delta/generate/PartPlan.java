package dev.coppice.transfer.delta.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * What goes where, decided from names and sizes alone.
 *
 * @param parts in the order of their numbers
 * @param fallbacks files that are fetched by themselves
 */
record PartPlan(List<Part> parts, List<TreeFile> fallbacks) {
  /** Copies the lists. */
  PartPlan {
    parts = List.copyOf(parts);
    fallbacks = List.copyOf(fallbacks);
  }

  /** Bytes of the contents of all objects in parts. */
  long size() {
    return parts.stream().mapToLong(Part::size).sum();
  }

  /**
   * A part.
   *
   * @param objects in the order in which it makes them
   */
  record Part(PartCompression compression, List<NewObject> objects) {
    Part {
      objects = List.copyOf(objects);
    }

    /** Bytes of all contents. */
    long size() {
      return objects.stream().mapToLong(NewObject::size).sum();
    }

    /** About how long it takes, in no unit: where nothing repeats each byte is work. */
    long effort() {
      return compression == PartCompression.COMPRESSED ? 3 * size() : size();
    }
  }

  /** Gathers objects of one kind into parts that are not larger than allowed. */
  static final class Packer {
    private final List<Part> parts = new ArrayList<>();
    private final long limit;

    /** Makes parts of at most this many bytes; an object that is larger has a part of its own. */
    Packer(long limit) {
      this.limit = limit;
    }

    void add(PartCompression compression, List<NewObject> objects) {
      var gathered = new ArrayList<NewObject>();
      long size = 0;
      for (NewObject object : objects) {
        if (!gathered.isEmpty() && size + object.size() > limit) {
          parts.add(new Part(compression, gathered));
          gathered.clear();
          size = 0;
        }
        gathered.add(object);
        size += object.size();
      }
      if (!gathered.isEmpty()) {
        parts.add(new Part(compression, gathered));
      }
    }

    List<Part> parts() {
      return parts;
    }
  }
}
