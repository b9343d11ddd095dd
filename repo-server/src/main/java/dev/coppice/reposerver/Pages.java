package dev.coppice.reposerver;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Pages for people: what the server shows at {@code /} and below {@code /-/}.
 *
 * <p>Called by many threads at once.
 */
@FunctionalInterface
public interface Pages {
  /**
   * The page of a path, or empty where there is none.
   *
   * @param path absolute, percent-decoded once and free of {@code ..}: {@code /} or {@code /-/...}
   * @param query parameters, decoded; of one given several times the first value
   */
  Optional<WebPage> page(String path, Map<String, String> query) throws IOException;
}
