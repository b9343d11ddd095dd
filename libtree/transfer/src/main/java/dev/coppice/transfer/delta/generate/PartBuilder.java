package dev.coppice.transfer.delta.generate;

import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.Xattrs;
import dev.coppice.transfer.delta.FileMetadata;
import dev.coppice.transfer.delta.generate.GenerateResult.Counts;
import dev.coppice.transfer.delta.generate.Made.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One part as it grows: objects, how each is made, the tables of modes and attributes. */
final class PartBuilder {
  private final List<ObjectName> objects = new ArrayList<>();
  private final List<Made> made = new ArrayList<>();
  private final Map<FileMetadata, Integer> modes = new LinkedHashMap<>();
  private final Map<Xattrs, Integer> xattrs = new LinkedHashMap<>();
  private long usize;

  /** A part without objects, whose tables hold the attributes of those that will be added. */
  PartBuilder(List<NewObject> planned) {
    for (NewObject object : planned) {
      if (object instanceof NewObject.File(var file)) {
        attributes(file.header());
      }
    }
  }

  List<ObjectName> objects() {
    return objects;
  }

  List<Made> made() {
    return made;
  }

  /** In the order of their indexes. */
  List<FileMetadata> modes() {
    return List.copyOf(modes.keySet());
  }

  /** In the order of their indexes. */
  List<Xattrs> xattrs() {
    return List.copyOf(xattrs.keySet());
  }

  /** Bytes of the contents of all objects. */
  long usize() {
    return usize;
  }

  /**
   * Adds an object.
   *
   * @param size bytes of its content
   */
  void add(ObjectName object, long size, Made how) {
    objects.add(object);
    made.add(how);
    usize += size;
  }

  /** The places of a file's attributes, which are added to the tables where they are new. */
  Attributes attributes(FileHeader header) {
    var mode = new FileMetadata(header.uid(), header.gid(), header.mode());
    return new Attributes(index(modes, mode), index(xattrs, header.xattrs()));
  }

  private static <T> int index(Map<T, Integer> table, T entry) {
    Integer known = table.putIfAbsent(entry, table.size());
    return known == null ? table.size() - 1 : known;
  }

  /** How many objects are made in which way. */
  Counts counts() {
    Counts counts = Counts.NONE;
    for (Made how : made) {
      counts =
          counts.plus(
              switch (how) {
                case Made.Metadata _, Made.Whole _ -> new Counts(1, 0, 0, 0);
                case Made.Patched _ -> new Counts(0, 1, 0, 0);
                case Made.Copied copied -> new Counts(0, 0, 1, copied.fromSource());
              });
    }
    return counts;
  }
}
