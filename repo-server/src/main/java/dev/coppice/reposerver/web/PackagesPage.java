package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.html.Address;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.html.Table;
import dev.coppice.reposerver.web.html.Table.Column;
import dev.coppice.reposerver.web.packages.InstalledPackage;
import dev.coppice.reposerver.web.packages.PackageList;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The packages of a commit. */
record PackagesPage(Site site) {
  private static final int ROWS = 500;

  WebPage page(PageRequest request) throws IOException {
    Checksum checksum = request.commit(0);
    Commit commit = site.commits().require(checksum);
    Optional<PackageList> list = site.packages().of(checksum, commit);
    String name = CommitFacts.of(checksum, commit).name();
    String title = "Packages of " + name;
    var page = Document.begin(site, request, title, Document.Section.NONE);
    Html html = page.html();
    try (var _ = html.open("h1")) {
      html.text("Packages of ").name(name);
    }
    try (var _ = html.newline().open("nav", "class", "ways", "aria-label", "This commit")) {
      html.leaf("a", "Commit", "href", page.links().commit(checksum).toString());
      html.leaf("a", "Files", "href", page.links().tree(checksum, "/").toString());
    }
    if (list.isEmpty()) {
      html.leaf(
          "p",
          "Nothing in this commit says which packages it was made of: its metadata has no list of"
              + " RPM packages, and its tree no status file of dpkg.",
          "class",
          "note");
    } else {
      write(page, request, list.get(), page.links().packages(checksum));
    }
    return page.end(Caching.CHECKSUM);
  }

  private static void write(Document page, PageRequest request, PackageList list, Address here) {
    Html html = page.html();
    String filter = request.text("filter");
    String wanted = filter.toLowerCase(Locale.ROOT);
    List<InstalledPackage> fitting =
        list.packages().stream()
            .filter(each -> each.name().toLowerCase(Locale.ROOT).contains(wanted))
            .toList();
    FilterForm.write(html, here, filter);
    try (var _ = html.open("p", "class", "count")) {
      String all = Texts.count(list.packages().size(), "package", "packages");
      html.text(filter.isEmpty() ? all : Texts.number(fitting.size()) + " of " + all);
      html.text(" of " + list.format().title() + ", from ").name(list.source()).text(".");
    }
    if (!list.complete()) {
      html.leaf("p", "The list is longer than can be shown.", "class", "note");
    }
    if (fitting.isEmpty()) {
      return;
    }
    Paging paging = Paging.of(request, ROWS, fitting.size());
    try (var table =
        new Table(
            html, "Packages", Column.of("Name"), Column.of("Version"), Column.of("Architecture"))) {
      for (InstalledPackage each : paging.of(fitting)) {
        try (var _ = table.row()) {
          try (var _ = table.heading()) {
            html.name(each.name());
          }
          try (var _ = table.cell()) {
            html.name(each.version());
          }
          table.cell(each.arch());
        }
      }
    }
    paging.write(html, here.withAny("filter", filter), "packages");
  }
}
