package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.html.Table;
import dev.coppice.reposerver.web.html.Table.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The history of a revision, a part at a time. A part starts at the commit in {@code from}, not at
 * a number, so that the tenth page costs no more than the first and stays the same when the ref
 * moves.
 */
record LogPage(Site site) {
  private static final int ROWS = 50;

  /**
   * A part of a history.
   *
   * @param next where the next part starts; empty at the end
   */
  private record Part(List<CommitFacts> commits, Optional<Checksum> next) {}

  WebPage page(PageRequest request) throws IOException {
    String revision = request.text("rev");
    if (revision.isEmpty()) {
      throw PageProblem.badRequest(
          "A history needs a ref or a commit to start from.", "Choose one in the list of refs.");
    }
    Checksum newest = site.commits().resolve(revision);
    String from = request.text("from");
    Checksum start = from.isEmpty() ? newest : site.commits().resolve(from);
    Part part = part(start);
    String name = Checksum.isHex(revision) ? Texts.brief(newest) : revision;
    var page = Document.begin(site, request, "History of " + name, Document.Section.NONE);
    Html html = page.html();
    try (var _ = html.open("h1")) {
      html.text("History of ").name(name);
    }
    if (part.commits().size() > 1) {
      html.leaf("p", "Choose two commits to see what changed between them.", "class", "hint");
      String action = page.links().compare().toString();
      try (var _ = html.newline().open("form", "action", action)) {
        table(page, part.commits(), true);
        html.leaf("button", "Compare the chosen commits");
      }
    } else {
      table(page, part.commits(), false);
    }
    end(page, part, revision, !start.equals(newest));
    return page.end(Caching.ASK);
  }

  private Part part(Checksum start) throws IOException {
    List<CommitFacts> commits = new ArrayList<>();
    Optional<Checksum> next = Optional.of(start);
    while (next.isPresent() && commits.size() < ROWS) {
      Optional<CommitFacts> facts = site.commits().facts(next.get());
      if (facts.isEmpty()) {
        return new Part(commits, next);
      }
      commits.add(facts.get());
      next = facts.get().parent();
    }
    return new Part(commits, next);
  }

  private void table(Document page, List<CommitFacts> commits, boolean choose) throws IOException {
    Html html = page.html();
    List<Column> columns = new ArrayList<>();
    if (choose) {
      columns.add(new Column("From", "pick"));
      columns.add(new Column("To", "pick"));
    }
    columns.add(Column.of("Commit"));
    columns.add(Column.of("Version and subject"));
    columns.add(Column.of("Date"));
    columns.add(Column.number("Download"));
    columns.add(Column.of("Look at"));
    try (var table = new Table(html, "Commits, newest first", columns.toArray(Column[]::new))) {
      for (int i = 0; i < commits.size(); i++) {
        try (var _ = table.row()) {
          if (choose) {
            pick(html, "from", commits.get(i), i == 1);
            pick(html, "to", commits.get(i), i == 0);
          }
          cells(page, table, commits.get(i));
        }
      }
    }
  }

  private static void pick(Html html, String name, CommitFacts commit, boolean chosen) {
    String label = "Compare " + name + " " + commit.name() + ", " + Texts.brief(commit.checksum());
    String value = commit.checksum().hex();
    try (var _ = html.open("td", "class", "pick")) {
      if (chosen) {
        html.empty(
            "input",
            "type",
            "radio",
            "name",
            name,
            "value",
            value,
            "aria-label",
            label,
            "checked",
            "checked");
      } else {
        html.empty("input", "type", "radio", "name", name, "value", value, "aria-label", label);
      }
    }
  }

  private void cells(Document page, Table table, CommitFacts commit) throws IOException {
    Html html = page.html();
    Links links = page.links();
    try (var _ = table.heading()) {
      String address = links.commit(commit.checksum()).toString();
      try (var _ = html.open("a", "href", address)) {
        html.leaf("code", Texts.brief(commit.checksum()));
      }
    }
    try (var _ = html.open("td", "class", "subject")) {
      if (!commit.version().isEmpty()) {
        html.leaf("b", commit.version()).text(" ");
      }
      html.name(commit.subject());
    }
    try (var _ = table.cell()) {
      Texts.date(html, commit.timestamp());
    }
    table.number(commit.sizes().map(sizes -> Texts.bytes(sizes.archived())).orElse("–"));
    try (var _ = html.open("td", "class", "actions")) {
      String what = " of " + commit.name();
      String tree = links.tree(commit.checksum(), "/").toString();
      html.leaf("a", "Files", "href", tree, "aria-label", "Files" + what);
      Optional<Checksum> parent = commit.parent();
      if (parent.isPresent() && site.commits().facts(parent.get()).isPresent()) {
        String diff = links.diff(parent.get(), commit.checksum()).toString();
        html.text(" ").leaf("a", "Changes", "href", diff, "aria-label", "Changes" + what);
      }
    }
  }

  private void end(Document page, Part part, String revision, boolean later) throws IOException {
    Html html = page.html();
    Optional<Checksum> next = part.next();
    boolean more = next.isPresent() && site.commits().facts(next.get()).isPresent();
    if (more || later) {
      try (var _ = html.newline().open("nav", "class", "pages", "aria-label", "Pages of commits")) {
        if (later) {
          html.leaf("a", "Newest", "href", page.links().log(revision).toString());
        }
        if (more) {
          String older = page.links().log(revision).with("from", next.get().hex()).toString();
          html.leaf("a", "Older", "href", older);
        }
      }
    }
    if (next.isPresent() && !more) {
      html.leaf(
          "p",
          "The history goes on, but the parent "
              + Texts.brief(next.get())
              + "… is not in this repository.",
          "class",
          "note");
    } else if (next.isEmpty()) {
      html.leaf("p", "This is the beginning of the history.", "class", "hint");
    }
  }
}
