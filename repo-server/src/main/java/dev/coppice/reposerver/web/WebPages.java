package dev.coppice.reposerver.web;

import dev.coppice.reposerver.Pages;
import dev.coppice.reposerver.PagesMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes the pages of this package. */
public final class WebPages implements PagesMaker {
  @Override
  public Pages of(Path repo, String base) throws IOException {
    return WebView.open(repo, base);
  }

  @Override
  public Pages root(List<String> bases) {
    return new RepositoryList(bases);
  }
}
