package dev.coppice.reposerver.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.ObjectName;
import dev.coppice.reposerver.web.tree.TreeChange;
import dev.coppice.reposerver.web.tree.TreeChanges;
import dev.coppice.reposerver.web.tree.TreeDiff;
import dev.coppice.testdata.OsTree;
import dev.coppice.testdata.TreeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DiffPageTest {
  @Test
  void theRealToolFindsTheSame() throws IOException {
    try (var web = WebRepo.create()) {
      String from = web.commit("os", OsTree.V1.write(web.path("1")).root(), "1");
      TreeBuilder tree = OsTree.V2.write(web.path("2"));
      tree.file("usr/share/empty", "now a file").mode(0600);
      tree.dir("usr/etc").mode(0700);
      String to = web.commit("os", tree.root(), "2");
      Set<String> theirs = new TreeSet<>();
      // What is in a removed directory the real tool does not list.
      for (String line : web.ostree().on(web.directory(), "diff", from, to).lines().toList()) {
        theirs.add(line.replaceAll(" +", " "));
      }
      Set<String> ours = new TreeSet<>();
      for (TreeChange change : diff(web, from, to).changes()) {
        String mark =
            switch (change.kind()) {
              case ADDED -> "A ";
              case REMOVED -> "D ";
              case MODIFIED -> "M ";
            };
        boolean below =
            mark.equals("D ")
                && !Files.exists(web.path("2").resolve(change.path().substring(1)).getParent());
        if (!below) {
          ours.add(mark + change.path());
        }
      }
      assertThat(ours).isEqualTo(theirs).hasSizeGreaterThan(10);
    }
  }

  @Test
  void whatChangedIsSaidInWords() {
    try (var web = WebRepo.create()) {
      TreeBuilder old = web.tree();
      old.file("content", "old").file("mode", "same").file("both", "old").file("kind", "x");
      old.symlink("link", "old").file("gone", "123").dir("dir");
      TreeBuilder young = web.tree();
      young.file("content", "new").file("mode", "same").mode(0700);
      young.file("both", "newer").mode(0600).symlink("kind", "x").symlink("link", "new");
      young.file("added", "12345678").dir("dir").mode(0700);
      String from = web.commit("os", old.root(), "1");
      String to = web.commit("os", young.root(), "2");
      Markup page = page(web, from, to, "");
      assertThat(page.texts("h1")).containsExactly("Changes from 1 to 2");
      assertThat(page.main()).contains("Paths1 added, 1 removed, 6 modified").contains("8 paths");
      assertThat(page.all("tbody").getFirst().getTextContent())
          .containsSubsequence(
              "/addedadded–8 bytes",
              "/bothmodifiedcontent, mode 0644 → 06003 bytes5 bytes",
              "/contentmodifiedcontent3 bytes3 bytes",
              "/dir/modifiedmode 0755 → 0700––",
              "/goneremoved3 bytes–",
              "/kindmodifiedfile became link, mode 0644 → 0777",
              "/linkmodifiedtarget",
              "/modemodifiedmode 0644 → 07004 bytes4 bytes");
      assertThat(page(web, from, to, "?show=removed").all("tbody").getFirst().getTextContent())
          .contains("/gone")
          .doesNotContain("/added");
      assertThat(page(web, from, to, "?filter=mod").main()).contains("1 of 8 paths");
      assertThat(web.get("/-/diff/" + from + "/" + to + "?show=bad").status()).isEqualTo(400);
    }
  }

  @Test
  void theSameTreesAreSaidToBeTheSame() {
    try (var web = WebRepo.create()) {
      TreeBuilder tree = web.tree().file("a", "1");
      String from = web.commit("os", tree.root(), "1");
      String to = web.commit("os", tree.root(), "2");
      assertThat(page(web, from, to, "").main()).contains("The trees are the same.");
    }
  }

  @Test
  void packagesOfRpmOstree() {
    try (var web = WebRepo.create()) {
      TreeBuilder tree = web.tree().file("a", "1");
      String from =
          rpms(web, tree, "('bash','0','5.1','1.fc38','x86_64'),('gone','0','1','1','noarch')");
      String to =
          rpms(web, tree, "('bash','1','5.0','9.fc39','x86_64'),('new','0','2','1','noarch')");
      assertThat(Markup.of(web.html("/-/packages/" + to)).check().main())
          .contains("2 packages of RPM, from the commit's metadata")
          .contains("bash1:5.0-9.fc39x86_64");
      assertThat(page(web, from, to, "").main())
          .contains("1 added, 1 removed, 1 upgraded")
          .contains("bashupgraded5.1-1.fc381:5.0-9.fc39")
          .contains("goneremoved1-1")
          .contains("newadded2-1");
    }
  }

  @Test
  void packagesOfDebian() {
    try (var web = WebRepo.create()) {
      String one = "Package: a<b>\nStatus: install ok installed\nVersion: 1.9\nArchitecture: all\n";
      TreeBuilder old = web.tree().file("usr/lib/somewhere/dpkg/status", one);
      TreeBuilder young = web.tree().file("var/real", one.replace("1.9", "1.10"));
      young.symlink("var/lib/dpkg", "../dpkg").symlink("var/dpkg/status", "../real");
      String from = web.commit("os", old.root(), "1");
      String to = web.commit("os", young.root(), "2");
      assertThat(Markup.of(web.html("/-/packages/" + from)).check().main())
          .contains("1 package of Debian, from /usr/lib/somewhere/dpkg/status");
      assertThat(Markup.of(web.html("/-/packages/" + to)).check().main())
          .contains("1 package of Debian, from /var/real");
      assertThat(page(web, from, to, "").main()).contains("a<b>upgraded1.91.10");
      String without = web.commit("os", web.tree().file("a", "").root(), "3");
      assertThat(Markup.of(web.html("/-/packages/" + without)).check().main())
          .contains("Nothing in this commit says which packages");
      assertThat(page(web, from, without, "").main())
          .contains("Nothing in one of these commits says");
    }
  }

  @Test
  void textsAreComparedByLines() {
    try (var web = WebRepo.create()) {
      TreeBuilder old =
          web.tree().file("etc/conf", "a\nb <i>\nc\n").file("bin", "\0").file("gone", "");
      TreeBuilder young =
          web.tree().file("etc/conf", "a\nB <b>\nc").file("bin", "\1").file("same", "");
      String from = web.commit("os", old.root(), "1");
      String to = web.commit("os", young.root(), "2");
      Markup page = page(web, from, to, "?path=/etc/conf");
      assertThat(page.texts("del")).containsExactly("b <i>", "c");
      assertThat(page.texts("ins")).containsExactly("B <b>", "c");
      assertThat(page.main()).contains("no line feed at the end");
      assertThat(page(web, from, to, "?path=/bin").main()).contains("Only texts in UTF-8");
      String address = "/-/diff/" + from + "/" + to + "?path=/";
      assertThat(web.get(address + "gone").status()).isEqualTo(404);
      assertThat(WebRepo.text(web.get(address + "gone"))).contains("Only the older commit has");
      assertThat(WebRepo.text(web.get(address + "same"))).contains("Only the newer commit has");
      assertThat(WebRepo.text(web.get(address + "no"))).contains("Neither commit has");
    }
  }

  /** Forty directories that hold the next one twice have more paths than a computer can visit. */
  @Test
  void treesThatAreGraphsAreCut() throws IOException {
    try (var web = WebRepo.create()) {
      String from = web.commit("os", web.tree().file("a", "1").root(), "1");
      Commit model = web.repo().loadCommit(Checksum.ofHex(from));
      Checksum file = web.repo().loadTree(model.tree()).files().getFirst().checksum();
      Checksum level =
          store(
              web,
              ".dirtree",
              DirTree.of(List.of(new DirTree.File("f", file)), List.of()).encode());
      for (int i = 0; i < 40; i++) {
        List<DirTree.Dir> twice =
            List.of(
                new DirTree.Dir("x", level, model.meta()),
                new DirTree.Dir("y", level, model.meta()));
        level = store(web, ".dirtree", DirTree.of(List.of(), twice).encode());
      }
      var bomb =
          new Commit(
              model.metadata(), Optional.empty(), List.of(), "B", "", 1, level, model.meta());
      Checksum to = store(web, ".commit", bomb.encode());
      TreeChanges changes = diff(web, from, to.hex());
      assertThat(changes.complete()).isFalse();
      assertThat(changes.changes()).hasSizeLessThanOrEqualTo(20_000);
      Markup page = page(web, from, to.hex(), "");
      assertThat(page.main()).contains("differ in more than can be shown here");
    }
  }

  private static Checksum store(WebRepo web, String suffix, byte[] bytes) throws IOException {
    Checksum checksum = ObjectName.commit(Checksum.sha256(bytes)).checksum();
    String hex = checksum.hex();
    Path file =
        web.directory().resolve("objects/" + hex.substring(0, 2) + "/" + hex.substring(2) + suffix);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    return checksum;
  }

  private static String rpms(WebRepo web, TreeBuilder tree, String packages) {
    return web.ostree()
        .on(
            web.directory(),
            "commit",
            "--branch=rpm",
            "--tree=dir=" + tree.root(),
            "--add-metadata=rpmostree.rpmdb.pkglist=@a(sssss) [" + packages + "]");
  }

  private static TreeChanges diff(WebRepo web, String from, String to) throws IOException {
    return TreeDiff.of(
        web.repo(),
        web.repo().loadCommit(Checksum.ofHex(from)),
        web.repo().loadCommit(Checksum.ofHex(to)));
  }

  private static Markup page(WebRepo web, String from, String to, String query) {
    return Markup.of(web.html("/-/diff/" + from + "/" + to + query)).check();
  }
}
