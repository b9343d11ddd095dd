package dev.coppice.transfer.delta.generate;

import dev.coppice.core.object.Checksum;

/** What happens while a delta is made. Told on any thread, one at a time. */
public sealed interface GenerateEvent {
  /**
   * The commits were compared.
   *
   * @param metadata new directories and attributes
   * @param files new regular files
   * @param links new symbolic links
   * @param modified new regular files that are like old ones
   */
  record Compared(int metadata, int files, int links, int modified) implements GenerateEvent {}

  /**
   * The work was planned.
   *
   * @param parts number of parts
   * @param bytes of the contents of all objects in them
   */
  record Planned(int parts, long bytes) implements GenerateEvent {}

  /** A file will be fetched by itself. */
  record FallenBack(Checksum file, long size) implements GenerateEvent {}

  /** An object of a part was encoded: this many bytes of content. */
  record Encoded(long bytes) implements GenerateEvent {}

  /** A part is ready. Parts become ready in any order. */
  record PartDone(int number, GenerateResult.Part part) implements GenerateEvent {}
}
