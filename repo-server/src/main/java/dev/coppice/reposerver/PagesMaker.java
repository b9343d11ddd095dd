package dev.coppice.reposerver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes the pages of a server when it starts. */
@FunctionalInterface
public interface PagesMaker {
  /**
   * The pages of one repository.
   *
   * @param repo its directory
   * @param base what to put before absolute links: empty, or {@code /NAME} where the server has
   *     several repositories; the paths that {@link Pages} is asked for are without it
   */
  Pages of(Path repo, String base) throws IOException;

  /**
   * The pages at the root of a server that has several repositories: {@code /} tells their places,
   * one a line, unless somebody makes better ones.
   *
   * @param bases of the repositories, {@code /NAME} each
   */
  default Pages root(List<String> bases) {
    byte[] list = (String.join("/\n", bases) + "/\n").getBytes(StandardCharsets.UTF_8);
    var page = new WebPage(200, "text/plain; charset=utf-8", list, Optional.empty());
    return (path, query) -> path.equals("/") ? Optional.of(page) : Optional.empty();
  }
}
