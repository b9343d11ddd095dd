package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.tree.TreeLookup;
import dev.coppice.core.tree.TreeLookup.Found;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.tree.TreePaths;
import java.io.IOException;

/** What a path of a commit names: a directory, a file or a link. */
record TreePage(Site site) {
  WebPage page(PageRequest request) throws IOException {
    Checksum checksum = request.commit(0);
    Commit commit = site.commits().require(checksum);
    String path = request.raw("path");
    TreePaths.Result.Here here = find(commit, path, new Links(request), checksum);
    if (!path.isEmpty() && !here.path().equals(path)) {
      // One address for one thing: links on the way and doubled slashes are gone from it.
      return Answers.redirect(new Links(request).tree(checksum, here.path()));
    }
    String name = CommitFacts.of(checksum, commit).name();
    String title = here.path() + " in " + name;
    var page = Document.begin(site, request, title, Document.Section.NONE);
    crumbs(page, checksum, name, here.path());
    switch (here.found()) {
      case Found.Directory directory ->
          new DirectoryView(site, request, checksum, here.path()).write(page, directory);
      case Found.File file ->
          new FileView(site, checksum, TreeLookup.root(commit), here.path()).write(page, file);
    }
    return page.end(Caching.CHECKSUM);
  }

  /** What a path names, which must be there. */
  TreePaths.Result.Here find(Commit commit, String path, Links links, Checksum checksum)
      throws IOException {
    var paths = new TreePaths(site.repo(), TreeLookup.root(commit));
    return switch (paths.find(path)) {
      case TreePaths.Result.Here here -> here;
      case TreePaths.Result.Missing(String deepest, String name) ->
          throw PageProblem.notFound(
              "There is no “" + name + "” in the directory " + deepest + " of this commit.",
              "Look at what is there.",
              links.tree(checksum, deepest));
    };
  }

  private static void crumbs(Document page, Checksum commit, String name, String path) {
    Html html = page.html();
    Links links = page.links();
    try (var _ = html.newline().open("nav", "class", "crumbs", "aria-label", "Path")) {
      try (var _ = html.open("ol")) {
        try (var _ = html.open("li")) {
          try (var _ = html.open("a", "href", links.commit(commit).toString())) {
            html.text("Commit ").name(name);
          }
        }
        boolean root = path.equals("/");
        crumb(html, links.tree(commit, "/").toString(), "root", root);
        if (!root) {
          int end = path.indexOf('/', 1);
          for (int start = 1; start > 0; start = end + 1, end = path.indexOf('/', start)) {
            boolean last = end < 0;
            String part = last ? path.substring(start) : path.substring(start, end);
            String address = links.tree(commit, last ? path : path.substring(0, end)).toString();
            crumb(html, address, part, last);
            if (last) {
              break;
            }
          }
        }
      }
    }
  }

  private static void crumb(Html html, String address, String name, boolean last) {
    try (var _ = html.open("li")) {
      if (last) {
        try (var _ = html.open("span", "aria-current", "page")) {
          html.name(name);
        }
      } else {
        try (var _ = html.open("a", "href", address)) {
          html.name(name);
        }
      }
    }
  }
}
