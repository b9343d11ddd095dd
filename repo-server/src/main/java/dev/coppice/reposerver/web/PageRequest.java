package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.reposerver.web.html.Address;
import java.util.List;
import java.util.Map;

/**
 * What was asked for.
 *
 * @param path as the server decoded it
 * @param rest the segments of the path behind the name of the page
 */
record PageRequest(String path, List<String> rest, Map<String, String> query) {
  /** No list has more pages; what is behind them a filter finds. */
  private static final int LAST_PAGE = 1_000_000;

  /** A parameter without blanks around it; empty where it is missing. */
  String text(String name) {
    return query.getOrDefault(name, "").strip();
  }

  /** A parameter as it came; empty where it is missing. */
  String raw(String name) {
    return query.getOrDefault(name, "");
  }

  /** The number of the page of a list, from 1. */
  int page() {
    String text = text("page");
    if (text.isEmpty()) {
      return 1;
    }
    try {
      int page = Integer.parseInt(text);
      if (page >= 1 && page <= LAST_PAGE) {
        return page;
      }
    } catch (NumberFormatException e) {
      // Told below, with the other numbers that are none.
    }
    throw PageProblem.badRequest(
        "“" + text + "” is not the number of a page.", "Pages of a list count from 1.");
  }

  /** The commit that a segment of the path names. */
  Checksum commit(int segment) {
    String text = rest.get(segment);
    if (!Checksum.isHex(text)) {
      throw PageProblem.badRequest(
          "“" + text + "” is not the checksum of a commit.",
          "A checksum has 64 digits from 0 to 9 and a to f. The box at the top also takes the"
              + " first digits of one, or the name of a ref.");
    }
    return Checksum.ofHex(text);
  }

  /** The address of another page as seen from this one. */
  Address to(String absolute) {
    return Address.of(path, absolute);
  }
}
