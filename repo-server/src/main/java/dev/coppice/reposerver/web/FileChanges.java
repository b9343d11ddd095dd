package dev.coppice.reposerver.web;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.tree.TreeLookup.Found;
import dev.coppice.reposerver.web.html.Address;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.html.Table;
import dev.coppice.reposerver.web.html.Table.Column;
import dev.coppice.reposerver.web.tree.ChangeDetails;
import dev.coppice.reposerver.web.tree.TreeChange;
import dev.coppice.reposerver.web.tree.TreeChange.Kind;
import dev.coppice.reposerver.web.tree.TreeChanges;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The paths that differ between two commits, a page at a time, of one kind or below one path. */
record FileChanges(Site site, PageRequest request, Checksum older, Checksum newer) {
  private static final int ROWS = 200;

  void write(Document page, TreeChanges changes) throws IOException {
    Html html = page.html();
    html.newline().leaf("h2", "Files", "id", "files");
    if (changes.changes().isEmpty()) {
      html.leaf("p", "The trees are the same.");
      return;
    }
    Optional<Kind> kind = kind(request.text("show"));
    String filter = request.text("filter");
    Address here = page.links().diff(older, newer);
    form(html, here, kind, filter);
    List<TreeChange> fitting =
        changes.changes().stream()
            .filter(change -> kind.isEmpty() || change.kind() == kind.get())
            .filter(change -> change.path().contains(filter))
            .toList();
    String all = Texts.count(changes.changes().size(), "path", "paths");
    boolean whole = fitting.size() == changes.changes().size();
    html.leaf("p", whole ? all : Texts.number(fitting.size()) + " of " + all, "class", "count");
    if (fitting.isEmpty()) {
      return;
    }
    Paging paging = Paging.of(request, ROWS, fitting.size());
    try (var table =
        new Table(
            html,
            "Paths that differ",
            Column.of("Path"),
            Column.of("Change"),
            Column.of("What changed"),
            Column.number("Size before"),
            Column.number("Size after"))) {
      for (TreeChange change : paging.of(fitting)) {
        row(page, table, change);
      }
    }
    Address list =
        here.withAny("show", kind.map(FileChanges::word).orElse("")).withAny("filter", filter);
    paging.write(html, list, "paths");
  }

  private static Optional<Kind> kind(String text) {
    if (text.isEmpty() || text.equals("all")) {
      return Optional.empty();
    }
    for (Kind kind : Kind.values()) {
      if (word(kind).equals(text)) {
        return Optional.of(kind);
      }
    }
    throw PageProblem.badRequest(
        "“" + text + "” is no kind of change.", "There are “added”, “removed” and “modified”.");
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static void form(Html html, Address here, Optional<Kind> kind, String filter) {
    String action = here + "#files";
    try (var _ = html.newline().open("form", "class", "filter", "action", action)) {
      html.leaf("label", "Show", "for", "show");
      try (var _ = html.open("select", "id", "show", "name", "show")) {
        option(html, "all", kind.isEmpty());
        for (Kind each : Kind.values()) {
          option(html, word(each), kind.equals(Optional.of(each)));
        }
      }
      html.leaf("label", "Path contains", "for", "filter");
      html.empty(
          "input",
          "id",
          "filter",
          "name",
          "filter",
          "type",
          "search",
          "value",
          filter,
          "autocomplete",
          "off",
          "spellcheck",
          "false");
      html.leaf("button", "Filter");
      if (kind.isPresent() || !filter.isEmpty()) {
        html.leaf("a", "Show all", "href", action);
      }
    }
  }

  private static void option(Html html, String word, boolean chosen) {
    if (chosen) {
      html.leaf("option", word, "value", word, "selected", "selected");
    } else {
      html.leaf("option", word, "value", word);
    }
  }

  private void row(Document page, Table table, TreeChange change) throws IOException {
    Html html = page.html();
    try (var _ = table.row()) {
      try (var _ = table.heading()) {
        Checksum side = change.to().isPresent() ? newer : older;
        String address = page.links().tree(side, change.path()).toString();
        try (var _ = html.open("a", "href", address)) {
          html.name(change.path());
        }
        if (isDirectory(change.to().or(change::from))) {
          html.text("/");
        }
      }
      html.leaf("td", word(change.kind()), "class", style(change.kind()));
      try (var _ = table.cell()) {
        details(page, change);
      }
      table.number(size(change.from(), change.sizeFrom()));
      table.number(size(change.to(), change.sizeTo()));
    }
  }

  private void details(Document page, TreeChange change) throws IOException {
    if (change.from().isEmpty() || change.to().isEmpty()) {
      return;
    }
    Html html = page.html();
    try {
      List<String> details =
          new ChangeDetails(site.repo()).of(change.from().get(), change.to().get());
      String text = details.isEmpty() ? "not looked into" : String.join(", ", details);
      if (isDirectory(change.from()) || isDirectory(change.to())) {
        html.text(text);
      } else {
        String address = page.links().diff(older, newer).with("path", change.path()).toString();
        String label = "Changes of " + change.path() + ": " + text;
        html.leaf("a", text, "href", address, "aria-label", label);
      }
    } catch (TreeException e) {
      html.leaf("span", "missing or damaged in this repository", "class", "bad");
    }
  }

  private static boolean isDirectory(Optional<Found> found) {
    return found.filter(Found.Directory.class::isInstance).isPresent();
  }

  private static String size(Optional<Found> side, long size) {
    return side.isEmpty() || isDirectory(side) ? "–" : Texts.bytes(size);
  }

  private static String style(Kind kind) {
    return switch (kind) {
      case ADDED -> "good";
      case REMOVED -> "bad";
      case MODIFIED -> "kind";
    };
  }
}
