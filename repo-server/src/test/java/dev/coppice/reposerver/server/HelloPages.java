package dev.coppice.reposerver.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.coppice.reposerver.Pages;
import dev.coppice.reposerver.WebBody;
import dev.coppice.reposerver.WebPage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Pages that say what they were asked for. */
record HelloPages(String base) implements Pages {
  @Override
  public Optional<WebPage> page(String path, Map<String, String> query) throws IOException {
    return switch (path) {
      case "/-/missing" -> Optional.empty();
      case "/-/broken" -> throw new IOException("the disk is gone");
      case "/-/defect" -> throw new IllegalStateException("a defect");
      case "/-/moved" ->
          Optional.of(
              new WebPage(
                  303,
                  "text/plain",
                  WebBody.of(new byte[0]),
                  Optional.empty(),
                  Map.of("Location", base + "/-/there")));
      default ->
          Optional.of(
              new WebPage(
                  200,
                  "text/html; charset=utf-8",
                  (base + " " + path + " " + query + "\n").repeat(1000).getBytes(UTF_8),
                  Optional.of("tag")));
    };
  }
}
