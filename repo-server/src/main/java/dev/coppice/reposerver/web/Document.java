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

  /**
   * What the frame is of.
   *
   * @param title the name of the site
   * @param place which ways its header has
   */
  record Frame(String title, Assets assets, Place place) {}

  /** Where the pages are. */
  enum Place {
    /** Of the only repository of a server. */
    ONLY,
    /** Of one of several repositories. */
    ONE_OF_SEVERAL,
    /** Beside the repositories. */
    ROOT
  }

  private final Html html = Html.document();
  private final Html.Element root;
  private final Html.Element body;
  private final Html.Element main;
  private final Frame frame;
  private final Links links;

  private Document(Frame frame, PageRequest request, String title, Section section) {
    this.frame = frame;
    this.links = new Links(request);
    root = html.open("html", "lang", "en");
    head(request, title);
    body = html.newline().open("body");
    html.leaf("a", "Skip to content", "class", "skip", "href", "#content");
    header(section);
    main = html.newline().open("main", "id", "content", "tabindex", "-1");
  }

  /**
   * Starts a page of a repository.
   *
   * @param title what it is about, without the name of the site
   */
  static Document begin(Site site, PageRequest request, String title, Section section) {
    return new Document(site.frame(), request, title, section);
  }

  /** Starts a page that is of no repository. */
  static Document begin(Frame frame, PageRequest request, String title) {
    return new Document(frame, request, title, Section.NONE);
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
      html.newline().leaf("title", title + " · " + frame.title());
      html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
      html.empty("meta", "name", "color-scheme", "content", "light dark");
      String style = request.to(frame.assets().stylePath()).toString();
      html.newline().empty("link", "rel", "stylesheet", "href", style);
      String icon = request.to(frame.assets().iconPath()).toString();
      html.empty("link", "rel", "icon", "type", "image/svg+xml", "href", icon);
    }
  }

  private void header(Section section) {
    try (var _ = html.newline().open("header", "class", "site")) {
      html.leaf("a", frame.title(), "class", "brand", "href", links.refs().toString());
      if (frame.place() != Place.ROOT) {
        try (var _ = html.open("nav", "aria-label", "Site")) {
          if (frame.place() == Place.ONE_OF_SEVERAL) {
            way("All repositories", links.refs() + "../", false);
          }
          way("Refs", links.refs().toString(), section == Section.REFS);
          way("Compare", links.compare().toString(), section == Section.COMPARE);
        }
        goTo();
      }
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
