package dev.coppice.testdata.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param path with the {@code /} in front
 * @param headers by their names in lower case
 */
public record ReceivedRequest(String method, String path, Map<String, String> headers) {
  /** A header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
