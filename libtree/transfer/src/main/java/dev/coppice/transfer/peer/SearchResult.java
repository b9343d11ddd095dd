package dev.coppice.transfer.peer;

import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import java.util.List;

/**
 * What a search found.
 *
 * @param remotes the nearest first
 * @param leftOut what was found and could not be used
 */
public record SearchResult(List<FoundRemote> remotes, List<LeftOut> leftOut) {
  /**
   * Somewhere that was looked at in vain.
   *
   * @param where a name or an address
   * @param reason why nothing can be had from there
   */
  public record LeftOut(String where, String reason) {
    /** A place whose refs nobody could verify. */
    static LeftOut withoutKeyring(String where, CollectionId collection) {
      return new LeftOut(
          where, "No keyring found configured locally for collection '" + collection + "'");
    }
  }

  /** Copies the lists. */
  public SearchResult {
    remotes = List.copyOf(remotes);
    leftOut = List.copyOf(leftOut);
  }

  /** Whether a ref was found anywhere. */
  public boolean has(CollectionRef ref) {
    return remotes.stream()
        .anyMatch(found -> found.refs().containsKey(ref) && found.refs().get(ref).isPresent());
  }
}
