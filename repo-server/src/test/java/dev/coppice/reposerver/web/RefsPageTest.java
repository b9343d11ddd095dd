package dev.coppice.reposerver.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefsPageTest {
  @Test
  void anEmptyRepositorySaysSo() {
    try (var web = WebRepo.create()) {
      assertThat(page(web, "/").main()).contains("has no refs yet");
    }
  }

  @Test
  void aRefHasItsNewestCommit() {
    try (var web = WebRepo.create()) {
      web.commit("os/x86_64/base", web.tree().file("a", "1").root(), "One", "version=7.1");
      String newest =
          web.commit("os/x86_64/base", web.tree().file("a", "22").root(), "Two", "version=7.2");
      Markup page = page(web, "/");
      assertThat(page.all("tbody").getFirst().getTextContent())
          .contains("os/x86_64/base")
          .contains("org.example.Os")
          .contains("7.2 Two")
          .contains("2026-11-25 10:20 UTC")
          .contains(" bytes")
          .doesNotContain("7.1");
      assertThat(page.links()).contains("-/commit/" + newest, "-/log?rev=os/x86_64/base");
    }
  }

  @Test
  void refsOfCollectionsAreListedThoseOfRemotesAreNot() throws IOException {
    try (var web = WebRepo.create()) {
      String commit = web.commit("own", web.tree().file("a", "1").root(), "S");
      ref(web, "remotes/origin/theirs", commit);
      ref(web, "mirrors/org.other.Os/mirrored", commit);
      String text = page(web, "/").all("tbody").getFirst().getTextContent();
      assertThat(text).contains("own").contains("org.other.Os").doesNotContain("theirs");
      assertThat(page(web, "/").links()).contains("-/log?rev=" + commit);
      for (String hidden :
          List.of("origin:theirs", "theirs", "origin/theirs", "origin:theirs%5E")) {
        assertThat(web.get("/-/commit?rev=" + hidden).status()).isEqualTo(404);
      }
    }
  }

  @Test
  void damagedRefsAndCommitsDoNotHideTheOthers() throws IOException {
    try (var web = WebRepo.create()) {
      web.commit("good", web.tree().file("a", "1").root(), "Fine");
      ref(web, "heads/lost", "0".repeat(64));
      Files.writeString(web.directory().resolve("refs/heads/torn"), "not a checksum\n");
      String text = page(web, "/").all("tbody").getFirst().getTextContent();
      assertThat(text)
          .contains("Fine")
          .contains("The commit is missing or damaged")
          .contains("The ref is damaged");
    }
  }

  @Test
  void tenThousandRefsComeInPages() throws IOException {
    try (var web = WebRepo.create()) {
      String commit = web.commit("first", web.tree().file("a", "1").root(), "S");
      Path heads = web.directory().resolve("refs/heads/many");
      Files.createDirectories(heads);
      for (int i = 0; i < 10_000; i++) {
        Files.writeString(heads.resolve("ref-%05d".formatted(i)), commit + "\n");
      }
      Markup first = page(web, "/");
      assertThat(first.all("tr")).hasSize(101);
      assertThat(first.main()).contains("10,001 refs").contains("Page 1 of 101");
      assertThat(page(web, "/?page=2").links()).contains("./?page=3", "./", "./?page=101");
      assertThat(page(web, "/?page=101").main()).contains("many/ref-09999");
      assertThat(page(web, "/?page=5000").main()).contains("Page 101 of 101");
      Markup filtered = page(web, "/?filter=REF-0123");
      assertThat(filtered.main()).contains("10 of 10,001 refs").contains("many/ref-01234");
      assertThat(filtered.all("tr")).hasSize(11);
      assertThat(filtered.all("input").getLast().getAttribute("value")).isEqualTo("REF-0123");
      assertThat(page(web, "/?filter=%3Cb%3E").main()).contains("0 of 10,001 refs");
      assertThat(page(web, "/?filter=many&page=2").links()).contains("./?filter=many&page=3");
    }
  }

  @Test
  void theBoxAtTheTopLeadsToCommits() {
    try (var web = WebRepo.create()) {
      String one = web.commit("os/main", web.tree().file("a", "1").root(), "One");
      String two = web.commit("os/main", web.tree().file("a", "2").root(), "Two");
      for (List<String> pair :
          List.of(
              List.of("os/main", two),
              List.of("os/main%5E", one),
              List.of(one, one),
              List.of("%20" + two.substring(0, 12) + "%20", two))) {
        var page = web.get("/-/commit?rev=" + pair.getFirst());
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.headers()).containsEntry("Location", "../-/commit/" + pair.getLast());
      }
    }
  }

  private static Markup page(WebRepo web, String address) {
    return Markup.of(web.html(address)).check();
  }

  private static void ref(WebRepo web, String name, String commit) throws IOException {
    Path file = web.directory().resolve("refs/" + name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, commit + "\n");
  }
}
