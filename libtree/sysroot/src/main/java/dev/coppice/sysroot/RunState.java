package dev.coppice.sysroot;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Dictionaries that are kept below {@code /run} in the machine's byte order. */
final class RunState {
  private RunState() {}

  /** The {@code a{sv}} of a file, an empty one of an empty file; empty when there is no file. */
  static Optional<Variant> read(Path file) throws IOException {
    try {
      return Optional.of(Variant.of(VariantType.DICTIONARY, Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
