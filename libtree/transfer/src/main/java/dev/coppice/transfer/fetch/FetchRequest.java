package dev.coppice.transfer.fetch;

import java.net.URI;
import java.util.List;

/**
 * A file to fetch.
 *
 * @param bases directories of mirrors that have it, in order of preference; at least one
 * @param path below a base, {@code /} between names, as it is (not percent-encoded); empty: the
 *     base itself is the file
 * @param maxBytes a longer body is refused; 0: no limit
 */
public record FetchRequest(List<URI> bases, String path, long maxBytes) {
  /** Copies the list. */
  public FetchRequest {
    if (bases.isEmpty()) {
      throw new IllegalArgumentException("no base");
    }
    bases = List.copyOf(bases);
  }

  /** The file at the first mirror, as it may be shown. */
  public String address() {
    return Urls.masked(at(bases.getFirst()));
  }

  /** The file at one mirror. */
  URI at(URI base) {
    return path.isEmpty() ? base : Urls.below(base, path);
  }
}
