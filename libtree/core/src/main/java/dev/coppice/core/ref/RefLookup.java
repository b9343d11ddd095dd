package dev.coppice.core.ref;

import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.util.Optional;

/** Finds refs; a transaction wraps one to add those not yet published. */
@FunctionalInterface
public interface RefLookup {
  /** The commit of a ref, here or in a parent repository; empty when there is no such ref. */
  Optional<Checksum> find(RefSpec spec, RefScope scope) throws IOException;
}
