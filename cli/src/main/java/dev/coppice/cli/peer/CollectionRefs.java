package dev.coppice.cli.peer;

import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefName;
import java.util.ArrayList;
import java.util.List;

/** Reads refs that are given in pairs of arguments. */
final class CollectionRefs {
  private CollectionRefs() {}

  /** The refs of {@code COLLECTION-ID REF} pairs, each once. */
  static List<CollectionRef> of(List<String> arguments) {
    if (arguments.size() < 2) {
      throw UsageException.withUsage("At least one COLLECTION-ID REF pair must be specified");
    }
    if (arguments.size() % 2 != 0) {
      throw UsageException.withUsage("Only complete COLLECTION-ID REF pairs may be specified");
    }
    List<CollectionRef> refs = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      refs.add(
          new CollectionRef(CollectionId.of(arguments.get(i)), RefName.of(arguments.get(i + 1))));
    }
    return refs.stream().distinct().toList();
  }
}
