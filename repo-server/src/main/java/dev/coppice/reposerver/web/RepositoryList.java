package dev.coppice.reposerver.web;

import dev.coppice.reposerver.Pages;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.html.Html;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page at the root of a server with several repositories. */
final class RepositoryList implements Pages {
  private static final String TITLE = "Repositories";

  private final Document.Frame frame = new Document.Frame(TITLE, new Assets(), Document.Place.ROOT);
  private final List<String> bases;

  /**
   * @param bases {@code /NAME} each
   */
  RepositoryList(List<String> bases) {
    this.bases = List.copyOf(bases);
  }

  @Override
  public Optional<WebPage> page(String path, Map<String, String> query) {
    if (!path.equals("/")) {
      return frame.assets().find(path);
    }
    var request = new PageRequest(path, List.of(), query);
    var page = Document.begin(frame, request, TITLE);
    Html html = page.html();
    html.leaf("h1", TITLE);
    try (var _ = html.open("ul")) {
      for (String base : bases) {
        try (var _ = html.open("li")) {
          // Names of repositories are ASCII letters, digits and the likes of a dot.
          html.leaf("a", base.substring(1), "href", request.to(base + "/").toString());
        }
      }
    }
    return Optional.of(page.end(Caching.ASK));
  }
}
