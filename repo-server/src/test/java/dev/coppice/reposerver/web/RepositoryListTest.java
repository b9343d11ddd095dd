package dev.coppice.reposerver.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.reposerver.Pages;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.server.Listen;
import dev.coppice.reposerver.server.RepoServer;
import dev.coppice.reposerver.server.ServedRepo;
import dev.coppice.reposerver.server.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepositoryListTest {
  @Test
  void theRootLeadsToTheRepositories() throws IOException {
    Pages pages = new WebPages().root(List.of("/stable", "/next.2"));
    WebPage page = pages.page("/", Map.of()).orElseThrow();
    Markup markup = Markup.of(WebRepo.text(page)).check();
    assertThat(markup.texts("h1")).containsExactly("Repositories");
    assertThat(markup.links()).contains("stable/", "next.2/");
    assertThat(markup.all("form")).isEmpty();
    assertThat(pages.page("/-/none", Map.of())).isEmpty();
  }

  @Test
  void everyPageOfOneOfThemLeadsBack() throws IOException, InterruptedException {
    try (var web = WebRepo.create();
        var client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build()) {
      web.commit("os/main", web.tree().file("a", "1").root(), "S");
      ServerSettings one =
          ServerSettings.simple(web.directory(), Listen.parse("127.0.0.1:0", false));
      var settings =
          new ServerSettings(
              List.of(new ServedRepo("first", web.directory())),
              one.listen(),
              one.tls(),
              one.access(),
              one.log(),
              one.jobs(),
              one.limits());
      try (RepoServer server = RepoServer.start(settings, new WebPages(), line -> {})) {
        URI root = server.addresses().getFirst();
        Markup list = get(client, root);
        assertThat(list.links()).contains("first/");
        assertThat(get(client, root.resolve("first/")).main()).contains("os/main");
        URI page = root.resolve("first/-/commit?rev=os/main");
        HttpResponse<String> commit = send(client, page);
        assertThat(commit.uri().getPath()).startsWith("/first/-/commit/");
        Markup markup = Markup.of(commit.body()).check();
        assertThat(markup.texts("title")).containsExactly("Commit S · first");
        String back =
            markup.all("a").stream()
                .filter(link -> link.getTextContent().equals("All repositories"))
                .map(link -> link.getAttribute("href"))
                .findFirst()
                .orElseThrow();
        assertThat(commit.uri().resolve(back)).isEqualTo(root);
        for (Markup each : List.of(list, markup)) {
          URI from = each == list ? root : commit.uri();
          String style = each.all("link").getFirst().getAttribute("href");
          assertThat(send(client, from.resolve(style)).headers().firstValue("Content-Type"))
              .hasValue("text/css; charset=utf-8");
        }
      }
    }
  }

  private static Markup get(HttpClient client, URI uri) throws IOException, InterruptedException {
    return Markup.of(send(client, uri).body()).check();
  }

  private static HttpResponse<String> send(HttpClient client, URI uri)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
