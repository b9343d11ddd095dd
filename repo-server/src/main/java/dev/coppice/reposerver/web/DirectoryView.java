package dev.coppice.reposerver.web;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeLookup.Found;
import dev.coppice.reposerver.web.html.Facts;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.html.Table;
import dev.coppice.reposerver.web.html.Table.Column;
import dev.coppice.reposerver.web.tree.ModeText;
import java.io.IOException;

/** What is in a directory: directories first, then files and links, a page at a time. */
record DirectoryView(Site site, PageRequest request, Checksum commit, String path) {
  private static final int ROWS = 250;
  private static final int TARGET = 300;

  void write(Document page, Found.Directory directory) throws IOException {
    Html html = page.html();
    DirTree tree = site.repo().loadTree(directory.tree());
    DirMeta meta = site.repo().loadMeta(directory.meta());
    int dirs = tree.dirs().size();
    int files = tree.files().size();
    try (var _ = html.open("h1")) {
      html.text("Directory ").name(path);
    }
    html.leaf(
        "p",
        Texts.count(dirs, "directory", "directories") + ", " + Texts.count(files, "file", "files"),
        "class",
        "count");
    if (dirs + files > 0) {
      Paging paging = Paging.of(request, ROWS, dirs + files);
      try (var table =
          new Table(
              html,
              "Entries of " + path,
              Column.of("Name"),
              Column.number("Size"),
              Column.of("Mode"),
              Column.number("Owner"),
              Column.number("Group"),
              Column.number("Attributes"))) {
        for (int i = paging.from(); i < paging.to(); i++) {
          if (i < dirs) {
            row(page, table, tree.dirs().get(i));
          } else {
            row(page, table, tree.files().get(i - dirs));
          }
        }
      }
      paging.write(html, page.links().tree(commit, path), "entries");
    }
    itself(html, directory, meta);
  }

  private void row(Document page, Table table, DirTree.Dir dir) throws IOException {
    Html html = page.html();
    try (var _ = table.row()) {
      try (var _ = table.heading()) {
        link(page, dir.name());
        html.text("/");
      }
      try {
        DirMeta meta = site.repo().loadMeta(dir.meta());
        table.number("–");
        rest(html, table, meta.mode(), meta.uid(), meta.gid(), meta.xattrs());
      } catch (TreeException e) {
        damaged(html);
      }
    }
  }

  private void row(Document page, Table table, DirTree.File file) throws IOException {
    Html html = page.html();
    try (var _ = table.row()) {
      try (FileObject object = site.repo().objects().openFile(file.checksum())) {
        FileHeader header = object.header();
        try (var _ = table.heading()) {
          link(page, file.name());
          if (header.isSymlink()) {
            html.text(" → ");
            try (var _ = html.open("span", "class", "target")) {
              html.name(Texts.cut(header.target(), TARGET));
            }
          }
        }
        table.number(header.isSymlink() ? "link" : Texts.bytes(object.size()));
        rest(html, table, header.mode(), header.uid(), header.gid(), header.xattrs());
      } catch (TreeException e) {
        try (var _ = table.heading()) {
          link(page, file.name());
        }
        damaged(html);
      }
    }
  }

  private void link(Document page, String name) {
    String target = path.equals("/") ? "/" + name : path + "/" + name;
    try (var _ = page.html().open("a", "href", page.links().tree(commit, target).toString())) {
      page.html().name(name);
    }
  }

  private static void rest(Html html, Table table, int mode, int uid, int gid, Xattrs xattrs) {
    try (var _ = table.cell()) {
      html.leaf("code", ModeText.letters(mode));
    }
    table.number(Integer.toUnsignedString(uid));
    table.number(Integer.toUnsignedString(gid));
    table.number(xattrs.isEmpty() ? "–" : Integer.toString(xattrs.entries().size()));
  }

  private static void damaged(Html html) {
    html.leaf("td", "missing or damaged in this repository", "colspan", "5", "class", "bad");
  }

  private static void itself(Html html, Found.Directory directory, DirMeta meta) {
    html.newline().leaf("h2", "The directory itself");
    try (var facts = new Facts(html)) {
      OwnerFacts.write(facts, meta.mode(), meta.uid(), meta.gid(), meta.xattrs());
      facts.code("Checksum of the entries", directory.tree().hex());
      facts.code("Checksum of owner, mode and attributes", directory.meta().hex());
    }
    XattrTable.write(html, meta.xattrs());
  }
}
