package dev.coppice.reposerver.web;

import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.html.Table;
import dev.coppice.reposerver.web.html.Table.Column;
import dev.coppice.reposerver.web.packages.InstalledPackage;
import dev.coppice.reposerver.web.packages.PackageChange;
import dev.coppice.reposerver.web.packages.PackageDiff;
import dev.coppice.reposerver.web.packages.PackageList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which packages were added, removed and changed. */
record PackageChanges(Site site) {
  private static final int ROWS = 2000;

  void write(Html html, Optional<PackageList> from, Optional<PackageList> to) {
    html.newline().leaf("h2", "Packages");
    if (from.isEmpty() || to.isEmpty()) {
      String which = from.isEmpty() && to.isEmpty() ? "these commits" : "one of these commits";
      html.leaf("p", "Nothing in " + which + " says which packages it was made of.");
      return;
    }
    if (from.get().format() != to.get().format()) {
      html.leaf("p", "One commit has RPM packages, the other one Debian packages.");
      return;
    }
    List<PackageChange> changes = PackageDiff.of(from.get(), to.get());
    if (changes.isEmpty()) {
      html.leaf("p", "The same packages in the same versions.");
      return;
    }
    html.leaf("p", count(changes), "class", "count");
    table(html, changes.subList(0, Math.min(ROWS, changes.size())));
    if (changes.size() > ROWS) {
      String rest = Texts.number(changes.size() - ROWS);
      html.leaf("p", rest + " more changes are not shown.", "class", "note");
    }
  }

  private static String count(List<PackageChange> changes) {
    List<String> parts = new ArrayList<>();
    for (PackageChange.Kind kind : PackageChange.Kind.values()) {
      long count = changes.stream().filter(change -> change.kind() == kind).count();
      if (count > 0) {
        parts.add(Texts.number(count) + " " + word(kind));
      }
    }
    return String.join(", ", parts);
  }

  private static void table(Html html, List<PackageChange> changes) {
    try (var table =
        new Table(
            html,
            "Packages that changed",
            Column.of("Package"),
            Column.of("Change"),
            Column.of("From"),
            Column.of("To"))) {
      for (PackageChange change : changes) {
        boolean arches = change.kind() == PackageChange.Kind.REPLACED;
        try (var _ = table.row()) {
          try (var _ = table.heading()) {
            html.name(change.name());
          }
          html.leaf("td", word(change.kind()), "class", style(change.kind()));
          version(html, table, change.from(), arches);
          version(html, table, change.to(), arches);
        }
      }
    }
  }

  private static void version(
      Html html, Table table, Optional<InstalledPackage> side, boolean arches) {
    try (var _ = table.cell()) {
      side.ifPresent(
          each -> {
            html.name(each.version());
            if (arches) {
              html.text(" ").name(each.arch());
            }
          });
    }
  }

  private static String word(PackageChange.Kind kind) {
    return switch (kind) {
      case ADDED -> "added";
      case REMOVED -> "removed";
      case UPGRADED -> "upgraded";
      case DOWNGRADED -> "downgraded";
      case REPLACED -> "replaced";
    };
  }

  private static String style(PackageChange.Kind kind) {
    return switch (kind) {
      case ADDED -> "good";
      case REMOVED -> "bad";
      case DOWNGRADED -> "open";
      case UPGRADED, REPLACED -> "kind";
    };
  }
}
