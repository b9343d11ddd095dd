package dev.coppice.reposerver.web;

import dev.coppice.core.repo.Repo;
import dev.coppice.reposerver.WebPage;
import dev.coppice.sign.KeyPlaces;
import dev.coppice.testdata.OsTree;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A repository that the real ostree made, with pages over it. */
final class WebRepo implements AutoCloseable {
  /** Names that would be markup, control a terminal, turn the reading order, or split a URL. */
  static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=alert(1)>",
          "\"onfocus=\"alert(1)",
          "'><script>alert(1)<",
          "a&amp;b&lt;",
          "feed\nreturn\rtab\t",
          "\u001b[31mred",
          "cod\u202egpj.exe",
          "zero\u200bwidth",
          "100%25 50%",
          "q?x=1&y=2#z;p",
          "back\\slash",
          " blanks ",
          "naïve 日本 🌳",
          "...");

  private final TempTree temp = TempTree.create();
  private final RealOstree ostree;
  private final Path path;
  private final Repo repo;
  private final WebView view;
  private int count;

  private WebRepo(RealOstree ostree) throws IOException {
    this.ostree = ostree;
    path = temp.path("repo");
    ostree.on(path, "init", "--mode=archive", "--collection-id=org.example.Os");
    // Keys of the machine that runs the test must not matter.
    var places = new KeyPlaces(Files.createDirectories(temp.path("root")), Map.of());
    repo = Repo.open(path);
    view = WebView.of(repo, "Test & <site>", places);
  }

  /** An empty repository; skips the running test where there is no real ostree. */
  static WebRepo create() {
    try {
      return new WebRepo(RealOstree.require());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One with two commits of a small system, the second with everything that is hostile in it. */
  static WebRepo hostile() {
    WebRepo web = create();
    web.commit("os/main", OsTree.V1.write(web.temp.path("v1")).root(), "First", "version=1.0");
    TreeBuilder tree = OsTree.V2.write(web.temp.path("v2"));
    for (String name : HOSTILE) {
      tree.file("hostile/" + name, "content of " + name + "\n");
      tree.file("hostile/in " + name + "/file", "");
      tree.symlink("hostile/to " + name, name);
    }
    tree.file("hostile/page.html", "<script>alert(1)</script>\n");
    tree.file("hostile/picture.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
    tree.file("hostile/xattrs", "x").xattr("user.<b>&", "<i>\u202e");
    web.commit(
        "os/main",
        tree.root(),
        "</title><script>alert(1)</script> \u202e\u001b[0m",
        "version=2.0\"><b>",
        "ostree.source-title=<u>source</u>",
        "<key>=<value>");
    return web;
  }

  /** The real ostree. */
  RealOstree ostree() {
    return ostree;
  }

  Repo repo() {
    return repo;
  }

  WebView view() {
    return view;
  }

  /** A place for other files. */
  Path path(String name) {
    return temp.path(name);
  }

  /** The repository's directory. */
  Path directory() {
    return path;
  }

  /** A new tree to commit. */
  TreeBuilder tree() {
    return temp.tree("tree" + count++);
  }

  /** Commits a tree with sizes and texts as metadata; returns the checksum. */
  String commit(String ref, Path tree, String subject, String... metadata) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "commit",
                "--branch=" + ref,
                "--tree=dir=" + tree,
                "--generate-sizes",
                "--owner-uid=0",
                "--owner-gid=0",
                "--subject=" + subject,
                "--timestamp=2026-11-25T10:20:30Z"));
    for (String text : metadata) {
      arguments.add("--add-metadata-string=" + text);
    }
    return ostree.on(path, arguments.toArray(String[]::new));
  }

  String resolve(String revision) {
    return ostree.on(path, "rev-parse", revision);
  }

  /** The page of an address, as a link has it. */
  WebPage get(String address) {
    URI uri = URI.create(address);
    try {
      return view.page(uri.getPath(), query(uri.getRawQuery())).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a page that must be there. */
  String html(String address) {
    WebPage page = get(address);
    if (page.status() != 200) {
      throw new AssertionError(address + ": " + page.status() + "\n" + text(page));
    }
    return text(page);
  }

  static String text(WebPage page) {
    return new String(bytes(page), StandardCharsets.UTF_8);
  }

  static byte[] bytes(WebPage page) {
    var out = new ByteArrayOutputStream();
    try {
      page.body().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        String[] sides = pair.split("=", 2);
        query.putIfAbsent(decode(sides[0]), decode(sides.length == 1 ? "" : sides[1]));
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      repo.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    temp.close();
  }
}
