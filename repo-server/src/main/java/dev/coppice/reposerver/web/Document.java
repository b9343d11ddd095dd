package dev.coppice.reposerver.web;

import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.html.Html;

/**
 * The frame of every page: head, header with the ways through the site, the main part with its
 * heading, footer. A page writes what stands in the main part.
 */
final class Document {
  /** The parts of the site that the header leads to. */
  enum Section {
    REFS,
    COMPARE,
    NONE
  }

  private final Html html = Html.document();
  private final Html.Element root;
  private final Html.Element body;
  private final Html.Element main;
  private final Site site;
  private final Links links;

  private Document(Site site, PageRequest request, String title, Section section) {
    this.site = site;
    this.links = new Links(request);
    root = html.open("html", "lang", "en");
    head(request, title);
    body = html.newline().open("body");
    html.leaf("a", "Skip to content", "class", "skip", "href", "#content");
    header(section);
    main = html.newline().open("main", "id", "content", "tabindex", "-1");
  }

  /**
   * Starts a page.
   *
   * @param title what it is about, without the name of the site
   */
  static Document begin(Site site, PageRequest request, String title, Section section) {
    return new Document(site, request, title, section);
  }

  /** What writes into the main part. */
  Html html() {
    return html;
  }

  /** Addresses as seen from this page. */
  Links links() {
    return links;
  }

  /** The page as it is sent. */
  WebPage end(int status, Caching caching) {
    main.close();
    footer();
    body.close();
    root.close();
    return Answers.html(status, html.newline().toString(), caching);
  }

  /** The page as it is sent when nothing went wrong. */
  WebPage end(Caching caching) {
    return end(200, caching);
  }

  private void head(PageRequest request, String title) {
    try (var _ = html.newline().open("head")) {
      html.newline().empty("meta", "charset", "utf-8");
      html.newline().leaf("title", title + " · " + site.title());
      html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
      html.empty("meta", "name", "color-scheme", "content", "light dark");
      String style = request.to(site.assets().stylePath()).toString();
      html.newline().empty("link", "rel", "stylesheet", "href", style);
      String icon = request.to(site.assets().iconPath()).toString();
      html.empty("link", "rel", "icon", "type", "image/svg+xml", "href", icon);
    }
  }

  private void header(Section section) {
    try (var _ = html.newline().open("header", "class", "site")) {
      html.leaf("a", site.title(), "class", "brand", "href", links.refs().toString());
      try (var _ = html.open("nav", "aria-label", "Site")) {
        way("Refs", links.refs().toString(), section == Section.REFS);
        way("Compare", links.compare().toString(), section == Section.COMPARE);
      }
      goTo();
    }
  }

  private void way(String name, String address, boolean here) {
    if (here) {
      html.leaf("a", name, "href", address, "aria-current", "true");
    } else {
      html.leaf("a", name, "href", address);
    }
  }

  private void goTo() {
    String action = links.anyCommit().toString();
    try (var _ = html.open("form", "role", "search", "action", action)) {
      html.leaf("label", "Go to ref or commit", "for", "go-rev", "class", "unseen");
      html.empty(
          "input",
          "id",
          "go-rev",
          "name",
          "rev",
          "type",
          "search",
          "required",
          "required",
          "placeholder",
          "Ref or commit",
          "autocomplete",
          "off",
          "spellcheck",
          "false");
      html.leaf("button", "Go");
    }
  }

  private void footer() {
    try (var _ = html.newline().open("footer", "class", "site")) {
      try (var _ = html.open("p")) {
        html.text("Served by Coppice");
      }
    }
  }
}
