package dev.coppice.reposerver.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.reposerver.WebPage;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TreeBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreePageTest {
  @Test
  void directoriesStandBeforeFiles() {
    try (var web = WebRepo.create()) {
      TreeBuilder tree = web.tree();
      tree.file("a", "12345").mode(04755);
      tree.symlink("b", "z/../a");
      tree.dir("z").mode(01777);
      String commit = web.commit("os", tree.root(), "S");
      Markup page = page(web, commit, "/");
      assertThat(page.texts("h1")).containsExactly("Directory /");
      assertThat(page.main()).contains("1 directory, 2 files");
      assertThat(page.all("tbody").getFirst().getTextContent())
          .containsSubsequence(
              "z/–drwxrwxrwt00–", "a5 bytes-rwsr-xr-x00–", "b → z/../alinklrwxrwxrwx00–");
    }
  }

  @Test
  void aLargeDirectoryComesInPages() {
    try (var web = WebRepo.create()) {
      TreeBuilder tree = web.tree();
      for (int i = 0; i < 600; i++) {
        tree.file("d/f%03d".formatted(i), "");
      }
      String commit = web.commit("os", tree.root(), "S");
      assertThat(page(web, commit, "/d").all("tr")).hasSize(251);
      Markup last = page(web, commit, "/d&page=3");
      assertThat(last.all("tr")).hasSize(101);
      assertThat(last.main()).contains("f599").contains("Page 3 of 3");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/bin/tool, /usr/bin/tool",
    "//usr///bin/./tool/, /usr/bin/tool",
    "/usr/share/../bin, /usr/bin",
    "/../../usr, /usr",
    "/deep/in/tool, /usr/bin/tool",
    "/bin, /bin",
    "usr, /usr"
  })
  void linksOnTheWayAreFollowed(String asked, String path) {
    try (var web = WebRepo.create()) {
      TreeBuilder tree = web.tree();
      tree.file("usr/bin/tool", "x").dir("usr/share");
      tree.symlink("bin", "usr/bin").symlink("deep/in", "../bin");
      tree.symlink("self", "self");
      String commit = web.commit("os", tree.root(), "S");
      String address = "/-/tree/" + commit + "?path=" + encode(asked);
      WebPage page = web.get(address);
      if (asked.equals(path)) {
        assertThat(page.status()).isEqualTo(200);
      } else {
        assertThat(page.headers())
            .containsEntry("Location", "../../-/tree/" + commit + "?path=" + path);
      }
      assertThat(web.get("/-/tree/" + commit + "?path=/self/x").status()).isEqualTo(404);
      assertThat(page(web, commit, "/self").main()).contains("It leads to self");
    }
  }

  @Test
  void textIsShownWithItsLines() {
    try (var web = WebRepo.create()) {
      TreeBuilder tree = web.tree();
      tree.file("t", "one\n\t<b>two</b> \u202e\u0007\n\nlast");
      String commit = web.commit("os", tree.root(), "S");
      Markup page = page(web, commit, "/t");
      assertThat(page.all("pre").getFirst().getTextContent())
          .isEqualTo("one\n\t<b>two</b> \\u{202e}\\x07\n\nlast\n");
      assertThat(page.all("span").stream().map(line -> line.getAttribute("id")))
          .contains("L1", "L4")
          .doesNotContain("L5");
      assertThat(page.main()).contains("Kindtext").contains("-rw-r--r--  0644");
    }
  }

  @Test
  void ofATextOfManyLinesTheFirstAreShown() {
    try (var web = WebRepo.create()) {
      String commit = web.commit("os", web.tree().file("t", "\n".repeat(200_000)).root(), "S");
      Markup page = page(web, commit, "/t");
      assertThat(page.all("span").stream().filter(line -> line.hasAttribute("id"))).hasSize(10_000);
      assertThat(page.main()).contains("Only the first 10,000 lines are shown.");
    }
  }

  @Test
  void whatIsNoSmallTextIsDescribed() {
    try (var web = WebRepo.create()) {
      TreeBuilder tree = web.tree();
      tree.file("elf", new byte[] {0x7f, 'E', 'L', 'F', 0, 1});
      tree.file("latin1", new byte[] {'n', 'a', (byte) 0xef, 'f'});
      tree.file("empty", "");
      tree.file("large", "line\n".repeat(60_000));
      String commit = web.commit("os", tree.root(), "S");
      assertThat(page(web, commit, "/elf").main()).contains("KindELF program");
      assertThat(page(web, commit, "/latin1").main()).contains("not text in UTF-8");
      assertThat(page(web, commit, "/empty").main()).contains("The file is empty.");
      assertThat(page(web, commit, "/large").main())
          .contains("Size300.0 kB (300,000 bytes)".replace("300.0 ", "300.0\u00a0"))
          .contains("are not shown here");
    }
  }

  @Test
  void labelsAndAttributesAreShown() {
    Root.require();
    try (var web = WebRepo.create()) {
      TreeBuilder tree = web.tree();
      tree.file("f", "x")
          .xattr("security.selinux", "system_u:object_r:usr_t:s0\0")
          .xattr("user.text", "some text")
          .xattr("user.binary", "\u0000\u0001");
      tree.dir("d").xattr("user.of.dir", "1");
      String commit = web.commit("os", tree.root(), "S");
      assertThat(page(web, commit, "/f").main())
          .contains("SELinux labelsystem_u:object_r:usr_t:s0")
          .contains("user.text9 bytessome text")
          .contains("user.binary2 bytes00 01");
      assertThat(page(web, commit, "/d").main()).contains("user.of.dir1 byte1");
      assertThat(page(web, commit, "/").main()).contains("f1 byte-rw-r--r--003");
    }
  }

  @Test
  void aMissingObjectIsTold() throws Exception {
    try (var web = WebRepo.create()) {
      String commit = web.commit("os", web.tree().file("f", "x").file("g", "y").root(), "S");
      String object = web.ostree().on(web.directory(), "ls", "-C", "os", "/f").split("\\s+", -1)[4];
      Files.delete(
          web.directory()
              .resolve("objects/" + object.substring(0, 2) + "/" + object.substring(2) + ".filez"));
      assertThat(page(web, commit, "/").main())
          .contains("fmissing or damaged in this repository")
          .contains("g1 byte");
      for (String kind : new String[] {"tree", "raw"}) {
        WebPage page = web.get("/-/" + kind + "/" + commit + "?path=/f");
        assertThat(page.status()).isEqualTo(404);
        assertThat(Markup.of(WebRepo.text(page)).check().main()).contains("fsck");
      }
    }
  }

  @Test
  void downloadsAreTheBytesAndNeverPages() {
    try (var web = WebRepo.create()) {
      byte[] bytes = new byte[300_000];
      new SplittableRandom(1).nextBytes(bytes);
      TreeBuilder tree = web.tree();
      tree.file("data", bytes).file("page.html", "<script>alert(1)</script>").file("empty", "");
      tree.symlink("link", "data");
      String commit = web.commit("os", tree.root(), "S");
      WebPage page = web.get("/-/raw/" + commit + "?path=/data");
      assertThat(WebRepo.bytes(page)).isEqualTo(bytes);
      assertThat(page.body().size()).isEqualTo(bytes.length);
      assertThat(page.etag()).isPresent();
      WebPage html = web.get("/-/raw/" + commit + "?path=/page.html");
      assertThat(html.contentType()).isEqualTo("application/octet-stream");
      assertThat(html.headers())
          .containsEntry("Content-Security-Policy", "default-src 'none'; sandbox")
          .containsEntry("X-Content-Type-Options", "nosniff")
          .containsEntry("Cache-Control", "max-age=31536000, immutable")
          .containsEntry(
              "Content-Disposition",
              "attachment; filename=\"page.html\"; filename*=UTF-8''page.html");
      assertThat(web.get("/-/raw/" + commit + "?path=/empty").body().size()).isZero();
      assertThat(web.get("/-/raw/" + commit + "?path=/link").status()).isEqualTo(303);
      assertThat(web.get("/-/raw/" + commit).status()).isEqualTo(303);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "naïve 日本.txt|na_ve___.txt|na%C3%AFve_%E6%97%A5%E6%9C%AC.txt",
        "a\"b;c\\d|a_b_c_d|a_b_c_d",
        "x\u202egpj.exe|x_gpj.exe|x_gpj.exe",
        "'line\r\nSet-Cookie: a=b'|line__Set-Cookie__a_b|line__Set-Cookie__a_b"
      })
  void namesOfDownloadsAreSafe(String name, String ascii, String encoded) {
    assertThat(RawFile.disposition(name))
        .isEqualTo("attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded);
  }

  private static Markup page(WebRepo web, String commit, String path) {
    return Markup.of(web.html("/-/tree/" + commit + "?path=" + path)).check();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
