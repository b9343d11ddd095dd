package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.reposerver.web.html.Html;
import dev.coppice.reposerver.web.html.Table;
import dev.coppice.reposerver.web.html.Table.Column;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The static deltas to and from a commit. */
record DeltaSection(Site site) {
  void write(Document page, Checksum commit) throws IOException {
    Html html = page.html();
    html.newline().leaf("h2", "Static deltas");
    List<Deltas.Delta> deltas = new Deltas(site.repo()).of(commit);
    if (deltas.isEmpty()) {
      html.leaf("p", "There are none: clients fetch object by object.");
      return;
    }
    try (var table =
        new Table(
            html,
            "Static deltas to and from this commit",
            Column.of("From"),
            Column.of("To"),
            Column.number("Download"))) {
      for (Deltas.Delta delta : deltas) {
        try (var _ = table.row()) {
          try (var _ = table.cell()) {
            if (delta.from().isPresent()) {
              end(page, delta.from().get(), commit);
            } else {
              html.text("nothing");
            }
          }
          try (var _ = table.cell()) {
            end(page, delta.to(), commit);
          }
          table.number(Texts.bytes(delta.bytes()));
        }
      }
    }
  }

  private void end(Document page, Checksum commit, Checksum here) throws IOException {
    Html html = page.html();
    if (commit.equals(here)) {
      html.text("this commit");
      return;
    }
    Optional<CommitFacts> facts = site.commits().facts(commit);
    String name = facts.map(CommitFacts::name).orElse(Texts.brief(commit));
    if (facts.isPresent()) {
      try (var _ = html.open("a", "href", page.links().commit(commit).toString())) {
        html.name(name);
      }
    } else {
      html.leaf("code", name).text(" (not in this repository)");
    }
  }
}
