package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.html.Facts;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.tree.TreeChange.Kind;
import dev.coppice.reposerver.web.tree.TreeChanges;
import java.io.IOException;

/** What changed between two commits: packages, then files. */
record DiffPage(Site site) {
  WebPage page(PageRequest request) throws IOException {
    if (!request.raw("path").isEmpty()) {
      return new FileDiffPage(site).page(request);
    }
    Checksum older = request.commit(0);
    Checksum newer = request.commit(1);
    Commit from = site.commits().require(older);
    Commit to = site.commits().require(newer);
    TreeChanges changes = site.diffs().of(older, newer);
    String fromName = CommitFacts.of(older, from).name();
    String toName = CommitFacts.of(newer, to).name();
    String title = "Changes from " + fromName + " to " + toName;
    var page = Document.begin(site, request, title, Document.Section.COMPARE);
    Html html = page.html();
    try (var _ = html.open("h1")) {
      html.text("Changes from ").name(fromName).text(" to ").name(toName);
    }
    ways(page, older, newer);
    summary(page, from, to, changes);
    new PackageChanges(site)
        .write(html, site.packages().of(older, from), site.packages().of(newer, to));
    new FileChanges(site, request, older, newer).write(page, changes);
    return page.end(Caching.CHECKSUM);
  }

  private static void ways(Document page, Checksum older, Checksum newer) {
    Html html = page.html();
    try (var _ = html.newline().open("nav", "class", "ways", "aria-label", "These commits")) {
      html.leaf("a", "Older commit", "href", page.links().commit(older).toString());
      html.leaf("a", "Newer commit", "href", page.links().commit(newer).toString());
      String back = page.links().diff(/* older= */ newer, /* newer= */ older).toString();
      html.leaf("a", "The other way round", "href", back);
    }
  }

  private static void summary(Document page, Commit from, Commit to, TreeChanges changes) {
    Html html = page.html();
    try (var facts = new Facts(html)) {
      try (var _ = facts.open("From")) {
        commit(html, from);
      }
      try (var _ = facts.open("To")) {
        commit(html, to);
      }
      facts.add(
          "Paths",
          Texts.number(changes.count(Kind.ADDED))
              + " added, "
              + Texts.number(changes.count(Kind.REMOVED))
              + " removed, "
              + Texts.number(changes.count(Kind.MODIFIED))
              + " modified"
              + (changes.complete() ? "" : ", and more"));
      facts.add("Unpacked size", growth(changes.growth()));
    }
    if (!changes.complete()) {
      html.leaf(
          "p",
          "These trees differ in more than can be shown here; only the first changes by path are"
              + " listed and counted. For all of them use “ostree diff”.",
          "class",
          "note");
    }
  }

  private static String growth(long bytes) {
    if (bytes == 0) {
      return "as before";
    }
    return Texts.bytes(Math.abs(bytes)) + (bytes > 0 ? " more" : " less");
  }

  private static void commit(Html html, Commit commit) {
    Texts.date(html, commit.timestamp());
    html.text(" ").name(Texts.cut(commit.subject(), 200));
  }
}
