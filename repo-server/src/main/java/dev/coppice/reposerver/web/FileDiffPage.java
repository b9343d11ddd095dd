package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeLookup;
import dev.coppice.core.tree.TreeLookup.Found;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.html.Facts;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.tree.ChangeDetails;
import dev.coppice.reposerver.web.tree.TreePaths;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How one path differs between two commits; of texts line by line. */
record FileDiffPage(Site site) {
  /** One path in both commits. */
  private record Sides(Checksum older, Checksum newer, String path, Found from, Found to) {}

  WebPage page(PageRequest request) throws IOException {
    Sides sides = sides(request);
    String title = "Changes of " + sides.path();
    var page = Document.begin(site, request, title, Document.Section.COMPARE);
    Html html = page.html();
    try (var _ = html.open("h1")) {
      html.text("Changes of ").name(sides.path());
    }
    ways(page, sides);
    if (sides.from().equals(sides.to())) {
      html.leaf("p", "It is the same in both commits.");
    } else if (sides.from() instanceof Found.File from && sides.to() instanceof Found.File to) {
      files(html, sides, from, to);
    } else {
      details(html, sides);
    }
    return page.end(Caching.CHECKSUM);
  }

  private Sides sides(PageRequest request) throws IOException {
    Checksum older = request.commit(0);
    Checksum newer = request.commit(1);
    String path = request.raw("path");
    Optional<TreePaths.Result.Here> from = find(older, path);
    Optional<TreePaths.Result.Here> to = find(newer, path);
    if (from.isPresent() && to.isPresent()) {
      return new Sides(older, newer, to.get().path(), from.get().found(), to.get().found());
    }
    var links = new Links(request);
    if (from.isEmpty() && to.isEmpty()) {
      throw PageProblem.notFound(
          "Neither commit has " + path + ".",
          "Look at what changed between them.",
          links.diff(older, newer));
    }
    boolean added = to.isPresent();
    throw PageProblem.notFound(
        "Only the " + (added ? "newer" : "older") + " commit has " + path + ".",
        "Look at it there.",
        links.tree(added ? newer : older, path));
  }

  private Optional<TreePaths.Result.Here> find(Checksum checksum, String path) throws IOException {
    Commit commit = site.commits().require(checksum);
    return new TreePaths(site.repo(), TreeLookup.root(commit)).find(path)
            instanceof TreePaths.Result.Here here
        ? Optional.of(here)
        : Optional.empty();
  }

  private static void ways(Document page, Sides sides) {
    Html html = page.html();
    Links links = page.links();
    try (var _ = html.newline().open("nav", "class", "ways", "aria-label", "These commits")) {
      html.leaf("a", "All changes", "href", links.diff(sides.older(), sides.newer()).toString());
      html.leaf("a", "Before", "href", links.tree(sides.older(), sides.path()).toString());
      html.leaf("a", "After", "href", links.tree(sides.newer(), sides.path()).toString());
    }
  }

  private void files(Html html, Sides sides, Found.File from, Found.File to) throws IOException {
    try (FileObject old = site.repo().objects().openFile(from.checksum());
        FileObject young = site.repo().objects().openFile(to.checksum())) {
      if (old.header().isSymlink() || young.header().isSymlink()) {
        details(html, sides);
        return;
      }
      SmallText before = SmallText.of(old);
      SmallText after = SmallText.of(young);
      try (var facts = new Facts(html)) {
        details(facts, sides);
        facts.add("Before", before.kind() + ", " + Texts.bytes(old.size()));
        facts.add("After", after.kind() + ", " + Texts.bytes(young.size()));
      }
      html.newline().leaf("h2", "Content");
      if (before.text().isPresent() && after.text().isPresent()) {
        new LineChanges(html).write(before.text().get(), after.text().get());
      } else {
        html.leaf(
            "p",
            "Only texts in UTF-8 of at most "
                + Texts.bytes(SmallText.SHOWN)
                + " are compared line by line.");
      }
    }
  }

  private void details(Html html, Sides sides) throws IOException {
    try (var facts = new Facts(html)) {
      details(facts, sides);
      target(facts, "Before, it led to", sides.from());
      target(facts, "Now it leads to", sides.to());
    }
  }

  private void details(Facts facts, Sides sides) throws IOException {
    List<String> details = new ChangeDetails(site.repo()).of(sides.from(), sides.to());
    facts.add("What changed", String.join(", ", details));
  }

  private void target(Facts facts, String name, Found found) throws IOException {
    if (found instanceof Found.File(var checksum)) {
      try (FileObject object = site.repo().objects().openFile(checksum)) {
        if (object.header().isSymlink()) {
          facts.code(name, Texts.cut(object.header().target(), 4096));
        }
      }
    }
  }
}
