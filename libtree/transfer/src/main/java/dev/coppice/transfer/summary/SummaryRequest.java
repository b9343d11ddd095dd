package dev.coppice.transfer.summary;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.sign.Signer;
import java.time.Instant;
import java.util.List;

/**
 * What goes into a summary beside what the repository has.
 *
 * @param metadata more metadata, an {@code a{sv}}; what is known of the repository wins over it
 * @param signers who sign it; none: a signature that is there is deleted
 * @param times when it is made
 */
public record SummaryRequest(Variant metadata, List<Signer> signers, Times times) {
  /**
   * When a summary is made.
   *
   * @param now the time it has in it
   * @param commit the time of the commit of metadata, which may be set from outside
   */
  public record Times(Instant now, Instant commit) {}

  /** Copies the list. */
  public SummaryRequest {
    signers = List.copyOf(signers);
  }

  /** Nothing beside, made now. */
  public static SummaryRequest plain() {
    Instant now = Instant.now();
    return new SummaryRequest(VariantDict.builder().build(), List.of(), new Times(now, now));
  }
}
