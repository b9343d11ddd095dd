package dev.coppice.transfer.fetch;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What identifies a version of a file at its server.
 *
 * @param etag as the server sent it, quotes included
 * @param lastModified seconds since 1970
 */
public record Validators(Optional<String> etag, OptionalLong lastModified) {
  /** Nothing is known. */
  public static final Validators NONE = new Validators(Optional.empty(), OptionalLong.empty());

  /** The tag, if it says that not a byte differs. */
  Optional<String> strongEtag() {
    return etag.filter(tag -> tag.startsWith("\""));
  }
}
