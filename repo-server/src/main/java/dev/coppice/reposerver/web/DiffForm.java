package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.html.Html;
import java.io.IOException;

/** Asks for two commits; with both of them it leads to what changed. */
record DiffForm(Site site) {
  /** Refs that the fields propose; a longer list helps nobody. */
  private static final int PROPOSED = 300;

  WebPage page(PageRequest request) throws IOException {
    String from = request.text("from");
    String to = request.text("to");
    if (!from.isEmpty() && !to.isEmpty()) {
      Checksum older = site.commits().resolve(from);
      Checksum newer = site.commits().resolve(to);
      return Answers.redirect(new Links(request).diff(older, newer));
    }
    var page = Document.begin(site, request, "Compare", Document.Section.COMPARE);
    Html html = page.html();
    html.leaf("h1", "Compare two commits");
    html.leaf(
        "p",
        "See which files and packages were added, removed and changed between two commits.",
        "class",
        "hint");
    String action = page.links().compare().toString();
    try (var _ = html.newline().open("form", "class", "two", "action", action)) {
      field(html, "from", "From, the older one", from);
      field(html, "to", "To, the newer one", to);
      html.leaf("button", "Compare");
    }
    html.leaf(
        "p",
        "Write the name of a ref, a checksum or its first digits; ^ behind it means the parent.",
        "class",
        "hint");
    proposals(html);
    return page.end(Caching.ASK);
  }

  private static void field(Html html, String name, String label, String value) {
    html.newline().leaf("label", label, "for", name);
    html.empty(
        "input",
        "id",
        name,
        "name",
        name,
        "value",
        value,
        "required",
        "required",
        "list",
        "refs",
        "autocomplete",
        "off",
        "spellcheck",
        "false");
  }

  private void proposals(Html html) throws IOException {
    try (var _ = html.newline().open("datalist", "id", "refs")) {
      int count = 0;
      for (RefSpec ref : site.repo().refs().names(RefPrefix.LOCAL)) {
        if (count++ == PROPOSED) {
          break;
        }
        html.empty("option", "value", ref.toString());
      }
    }
  }
}
