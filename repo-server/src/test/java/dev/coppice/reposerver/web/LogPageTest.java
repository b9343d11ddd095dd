package dev.coppice.reposerver.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.ObjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogPageTest {
  @Test
  void aLongHistoryComesInParts() throws IOException {
    try (var web = WebRepo.create()) {
      List<Checksum> commits = history(web, 120);
      Markup first = page(web, "/-/log?rev=long");
      assertThat(first.all("tr")).hasSize(51);
      assertThat(first.main()).contains("commit 119").doesNotContain("beginning");
      String older = "../-/log?rev=long&from=" + commits.get(69);
      assertThat(first.links()).contains(older);
      Markup second = page(web, "/-/log?rev=long&from=" + commits.get(69));
      assertThat(second.main()).contains("commit 69").doesNotContain("commit 70");
      assertThat(second.links()).contains("../-/log?rev=long");
      Markup last = page(web, "/-/log?rev=long&from=" + commits.get(19));
      assertThat(last.all("tr")).hasSize(21);
      assertThat(last.main()).contains("This is the beginning of the history.");
    }
  }

  @Test
  void aParentThatIsNotThereIsTold() throws IOException {
    try (var web = WebRepo.create()) {
      List<Checksum> commits = history(web, 3);
      String hex = commits.getFirst().hex();
      Files.delete(
          web.directory()
              .resolve("objects/" + hex.substring(0, 2) + "/" + hex.substring(2) + ".commit"));
      assertThat(page(web, "/-/log?rev=long").main())
          .contains("the parent " + hex.substring(0, 10) + "… is not in this repository");
    }
  }

  @Test
  void twoCommitsCanBeChosen() throws IOException {
    try (var web = WebRepo.create()) {
      List<Checksum> commits = history(web, 3);
      Markup page = page(web, "/-/log?rev=long");
      assertThat(
              page.all("input").stream()
                  .filter(input -> input.hasAttribute("checked"))
                  .map(input -> input.getAttribute("name") + " " + input.getAttribute("value")))
          .containsExactly("to " + commits.get(2), "from " + commits.get(1));
      var diff = web.get("/-/diff?from=" + commits.get(1) + "&to=" + commits.get(2));
      assertThat(diff.headers())
          .containsEntry("Location", "../-/diff/" + commits.get(1) + "/" + commits.get(2));
    }
  }

  private static Markup page(WebRepo web, String address) {
    return Markup.of(web.html(address)).check();
  }

  /** Commits of one tree, oldest first, the last at the ref {@code long}. */
  private static List<Checksum> history(WebRepo web, int length) throws IOException {
    Checksum start = Checksum.ofHex(web.commit("start", web.tree().file("a", "1").root(), "S"));
    Commit model = web.repo().loadCommit(start);
    List<Checksum> commits = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Commit commit =
          new Commit(
              model.metadata(),
              commits.isEmpty() ? Optional.empty() : Optional.of(commits.getLast()),
              List.of(),
              "commit " + i,
              "",
              model.timestamp() + i,
              model.tree(),
              model.meta());
      byte[] bytes = commit.encode();
      Checksum checksum = Checksum.sha256(bytes);
      String hex = ObjectName.commit(checksum).checksum().hex();
      var file =
          web.directory()
              .resolve("objects/" + hex.substring(0, 2) + "/" + hex.substring(2) + ".commit");
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      commits.add(checksum);
    }
    Files.writeString(web.directory().resolve("refs/heads/long"), commits.getLast() + "\n");
    return commits;
  }
}
