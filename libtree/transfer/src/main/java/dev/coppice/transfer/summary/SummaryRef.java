package dev.coppice.transfer.summary;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a summary says about a ref.
 *
 * @param commit the commit
 * @param size bytes of the commit object
 * @param metadata an {@code a{sv}}
 */
public record SummaryRef(Checksum commit, long size, Variant metadata) {
  /** Key of the commit's time, a big-endian {@code t} of seconds since 1970. */
  public static final String TIMESTAMP = "ostree.commit.timestamp";

  /** Key of the commit's version, an {@code s}. */
  public static final String VERSION = "ostree.commit.version";

  /** When the commit was made, in seconds since 1970. */
  public OptionalLong timestamp() {
    return metadata
        .lookup(TIMESTAMP, VariantType.of("t"))
        .map(time -> OptionalLong.of(Long.reverseBytes(time.asUint64())))
        .orElseGet(OptionalLong::empty);
  }

  /** The version that the commit was given. */
  public Optional<String> version() {
    return metadata.lookup(VERSION, VariantType.of("s")).map(Variant::asString);
  }
}
