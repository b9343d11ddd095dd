package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.RefList.Ref;
import dev.coppice.reposerver.web.html.Address;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.html.Table;
import dev.coppice.reposerver.web.html.Table.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The list of refs, without those of remotes, which clients are not served either. Names only are
 * listed; of the refs that a page shows, the commits are read.
 */
record RefsPage(Site site) {
  private static final int ROWS = 100;

  WebPage page(PageRequest request) throws IOException {
    String filter = request.text("filter");
    List<Ref> all = new RefList(site.repo()).all();
    List<Ref> fitting = RefList.fitting(all, filter);
    Paging paging = Paging.of(request, ROWS, fitting.size());
    var page = Document.begin(site, request, "Refs", Document.Section.REFS);
    Html html = page.html();
    html.leaf("h1", "Refs");
    if (all.isEmpty()) {
      html.leaf("p", "This repository has no refs yet: nothing was published.", "class", "note");
      return page.end(Caching.ASK);
    }
    Address list = page.links().refs().withAny("filter", filter);
    FilterForm.write(html, page.links().refs(), filter);
    count(html, filter, fitting.size(), all.size());
    if (!fitting.isEmpty()) {
      boolean grouped = all.stream().anyMatch(ref -> !ref.group().isEmpty());
      table(page, paging.of(fitting), grouped);
      paging.write(html, list, "refs");
    }
    return page.end(Caching.ASK);
  }

  private static void count(Html html, String filter, int fitting, int all) {
    String refs = Texts.count(all, "ref", "refs");
    String text = filter.isEmpty() ? refs : Texts.number(fitting) + " of " + refs;
    html.newline().leaf("p", text, "class", "count");
  }

  private void table(Document page, List<Ref> refs, boolean grouped) throws IOException {
    Html html = page.html();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of("Ref"));
    columns.add(Column.of("Newest commit"));
    columns.add(Column.of("Date"));
    columns.add(Column.number("Download"));
    columns.add(Column.number("Unpacked"));
    if (grouped) {
      columns.add(Column.of("Collection"));
    }
    columns.add(Column.of("History"));
    try (var table =
        new Table(html, "Refs and their newest commits", columns.toArray(Column[]::new))) {
      for (Ref ref : refs) {
        row(page, table, ref, grouped);
      }
    }
  }

  private void row(Document page, Table table, Ref ref, boolean grouped) throws IOException {
    Html html = page.html();
    Optional<Checksum> commit = new RefList(site.repo()).read(ref);
    Optional<CommitFacts> facts =
        commit.isPresent() ? site.commits().facts(commit.get()) : Optional.empty();
    try (var _ = table.row()) {
      try (var _ = table.heading()) {
        if (facts.isPresent()) {
          String address = page.links().commit(facts.get().checksum()).toString();
          try (var _ = html.open("a", "href", address)) {
            html.name(ref.name());
          }
        } else {
          html.name(ref.name());
        }
      }
      if (facts.isPresent()) {
        cells(page.html(), table, facts.get());
      } else {
        html.leaf(
            "td",
            commit.isPresent()
                ? "The commit is missing or damaged: run fsck on this repository."
                : "The ref is damaged: run fsck on this repository.",
            "colspan",
            "4",
            "class",
            "bad");
      }
      if (grouped) {
        table.cell(ref.group());
      }
      try (var _ = table.cell()) {
        history(page, ref, facts);
      }
    }
  }

  private static void cells(Html html, Table table, CommitFacts facts) {
    try (var _ = html.open("td", "class", "subject")) {
      if (!facts.version().isEmpty()) {
        html.leaf("b", facts.version()).text(" ");
      }
      html.name(facts.subject());
    }
    try (var _ = table.cell()) {
      Texts.date(html, facts.timestamp());
    }
    table.number(facts.sizes().map(sizes -> Texts.bytes(sizes.archived())).orElse("–"));
    table.number(facts.sizes().map(sizes -> Texts.bytes(sizes.unpacked())).orElse("–"));
  }

  private static void history(Document page, Ref ref, Optional<CommitFacts> facts) {
    if (facts.isEmpty()) {
      return;
    }
    // A ref of another collection cannot be named in one word.
    String revision =
        ref.address() instanceof RefSpec spec ? spec.toString() : facts.get().checksum().hex();
    String address = page.links().log(revision).toString();
    String label = "History of " + ref.name();
    page.html().leaf("a", "History", "href", address, "aria-label", label);
  }
}
