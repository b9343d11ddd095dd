package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeLookup.Found;
import dev.coppice.reposerver.web.html.Facts;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.tree.TreePaths;
import java.io.IOException;

/** A file or a link of a tree. Text is shown as text, everything else is described. */
record FileView(Site site, Checksum commit, Found.Directory root, String path) {
  private static final int TARGET = 4096;

  void write(Document page, Found.File file) throws IOException {
    Html html = page.html();
    try (FileObject object = site.repo().objects().openFile(file.checksum())) {
      FileHeader header = object.header();
      try (var _ = html.open("h1")) {
        html.text(header.isSymlink() ? "Link " : "File ").name(path);
      }
      if (header.isSymlink()) {
        link(page, header);
        facts(html, file, object, "symbolic link");
      } else {
        SmallText content = SmallText.of(object);
        download(page, object.size());
        facts(html, file, object, content.kind());
        content(html, object.size(), content);
      }
      XattrTable.write(html, header.xattrs());
    }
  }

  private void link(Document page, FileHeader header) throws IOException {
    Html html = page.html();
    String target = header.target();
    try (var _ = html.newline().open("p", "class", "lead")) {
      html.text("It leads to ");
      String parent = path.substring(0, path.lastIndexOf('/') + 1);
      String absolute = target.startsWith("/") ? target : parent + target;
      if (target.length() <= TARGET
          && new TreePaths(site.repo(), root).find(absolute)
              instanceof TreePaths.Result.Here(String real, var _)) {
        try (var _ = html.open("a", "href", page.links().tree(commit, real).toString())) {
          html.name(target);
        }
      } else {
        html.name(Texts.cut(target, TARGET)).text(", which is not in this tree.");
      }
    }
  }

  private void download(Document page, long size) {
    try (var _ = page.html().newline().open("p", "class", "ways")) {
      page.html()
          .leaf(
              "a",
              "Download, " + Texts.bytes(size),
              "href",
              page.links().raw(commit, path).toString(),
              "download",
              path.substring(path.lastIndexOf('/') + 1));
    }
  }

  private static void facts(Html html, Found.File file, FileObject object, String kind) {
    FileHeader header = object.header();
    try (var facts = new Facts(html)) {
      facts.add("Kind", kind);
      if (!header.isSymlink()) {
        String exact = object.size() < 1000 ? "" : " (" + Texts.number(object.size()) + " bytes)";
        facts.add("Size", Texts.bytes(object.size()) + exact);
      }
      OwnerFacts.write(facts, header.mode(), header.uid(), header.gid(), header.xattrs());
      facts.code("Checksum of the object", file.checksum().hex());
    }
  }

  private static void content(Html html, long size, SmallText content) {
    html.newline().leaf("h2", "Content");
    if (size == 0) {
      html.leaf("p", "The file is empty.");
    } else if (content.text().isPresent()) {
      new TextListing(html).write(content.text().get());
    } else if (size > SmallText.SHOWN) {
      String limit = Texts.bytes(SmallText.SHOWN);
      html.leaf("p", "Files of more than " + limit + " are not shown here: download it.");
    } else {
      html.leaf("p", "This is not text in UTF-8, so it is not shown: download it.");
    }
  }
}
