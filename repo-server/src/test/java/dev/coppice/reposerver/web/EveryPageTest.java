package dev.coppice.reposerver.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.reposerver.WebPage;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Follows every link of a repository that is full of hostile names. */
class EveryPageTest {
  private static final int MOST = 3000;

  @SuppressWarnings("NullAway") // made before all tests
  private static WebRepo web;

  @BeforeAll
  static void make() {
    web = WebRepo.hostile();
  }

  @AfterAll
  static void clean() {
    web.close();
  }

  @Test
  void everyLinkLeadsToAPageThatKeepsTheRules() {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> todo = new ArrayDeque<>(Set.of("/"));
    int downloads = 0;
    while (!todo.isEmpty()) {
      String address = todo.pop();
      WebPage page = web.get(address);
      Set<String> links = new LinkedHashSet<>();
      if (page.status() == 303) {
        links.add(page.headers().get("Location"));
      } else {
        assertThat(page.status()).as(address).isEqualTo(200);
        if (page.contentType().startsWith("text/html")) {
          links.addAll(checked(address, page).links());
        } else {
          downloads++;
        }
      }
      for (String link : links) {
        String target = URI.create(address).resolve(link).toString().replaceAll("#.*", "");
        if (seen.add(target) && seen.size() < MOST) {
          todo.add(target);
        }
      }
    }
    assertThat(seen).hasSizeBetween(150, MOST - 1);
    assertThat(downloads).isGreaterThan(2 * WebRepo.HOSTILE.size());
    for (String page : Set.of("commit", "log", "tree", "raw", "packages", "diff")) {
      assertThat(seen).anyMatch(address -> address.startsWith("/-/" + page));
    }
  }

  private static Markup checked(String address, WebPage page) {
    try {
      return Markup.of(WebRepo.text(page)).check();
    } catch (AssertionError e) {
      throw new AssertionError(address + ": " + e.getMessage(), e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/-/",
        "/-/nothing",
        "/-/commit",
        "/-/commit?rev=no/such",
        "/-/commit?rev=%3Cscript%3E",
        "/-/commit/xyz",
        "/-/commit/0000000000000000000000000000000000000000000000000000000000000000",
        "/-/log",
        "/-/log?rev=nope",
        "/-/tree/abc?path=/",
        "/-/diff/a/b",
        "/-/diff?from=x%00y&to=os/main",
        "/?page=0",
        "/?page=99999999999",
        "/?page=%3Cb%3E"
      })
  void whatIsNotThereIsExplained(String address) {
    WebPage page = web.get(address);
    assertThat(page.status()).isIn(400, 404);
    assertThat(page.etag()).isEmpty();
    assertThat(page.headers()).containsEntry("Cache-Control", "no-cache");
    Markup markup = checked(address, page);
    assertThat(markup.main()).contains(".").contains("All refs");
  }

  @Test
  void aMissingPathLeadsToTheDirectoryAboveIt() {
    String commit = web.resolve("os/main");
    WebPage page = web.get("/-/tree/" + commit + "?path=/usr/share/no/such");
    assertThat(page.status()).isEqualTo(404);
    Markup markup = checked("missing", page);
    assertThat(markup.main()).contains("There is no “no” in the directory /usr/share");
    assertThat(markup.links()).contains("../../-/tree/" + commit + "?path=/usr/share");
  }

  @Test
  void pagesForbidScriptsAndFrames() {
    WebPage page = web.get("/");
    assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(page.headers())
        .containsEntry(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                + " base-uri 'none'; frame-ancestors 'none'")
        .containsEntry("X-Content-Type-Options", "nosniff");
  }

  @Test
  void whatAChecksumNamesMayBeKept() {
    String commit = web.resolve("os/main");
    assertThat(web.get("/-/tree/" + commit).headers())
        .containsEntry("Cache-Control", "max-age=3600");
    assertThat(web.get("/-/commit/" + commit).headers()).containsEntry("Cache-Control", "no-cache");
    assertThat(web.get("/").etag()).isPresent().isEqualTo(web.get("/").etag());
  }

  @Test
  void theStyleIsKeptForGood() {
    Markup markup = Markup.of(web.html("/"));
    for (var link : markup.all("link")) {
      WebPage asset = web.get("/" + link.getAttribute("href"));
      assertThat(asset.status()).isEqualTo(200);
      assertThat(asset.headers()).containsEntry("Cache-Control", "max-age=31536000, immutable");
      assertThat(WebRepo.text(asset)).doesNotContain("url(").doesNotContain("@import");
    }
  }
}
