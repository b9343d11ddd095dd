package dev.coppice.reposerver.web;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.CommitBindings;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.html.Facts;
import dev.coppice.reposerver.web.html.Html;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Everything about one commit but its files. */
record CommitPage(Site site) {
  private static final int BODY = 20_000;
  private static final int VALUE = 1000;
  private static final int BOUND_REFS = 100;

  WebPage page(PageRequest request) throws IOException {
    Checksum checksum = request.commit(0);
    Commit commit = site.commits().require(checksum);
    CommitFacts about = CommitFacts.of(checksum, commit);
    var page = Document.begin(site, request, "Commit " + about.name(), Document.Section.NONE);
    Html html = page.html();
    try (var _ = html.open("h1")) {
      html.text("Commit ").name(about.name());
    }
    warnings(html, checksum, commit);
    ways(page, about);
    facts(page, about, commit);
    message(html, commit);
    new SizeSection(site).write(html, commit);
    new SignatureSection(site).write(html, checksum, commit.encode());
    new DeltaSection(site).write(page, checksum);
    MetadataSection.write(html, commit);
    return page.end(Caching.ASK);
  }

  private void warnings(Html html, Checksum checksum, Commit commit) throws IOException {
    switch (site.repo().partialCommits().state(checksum)) {
      case COMPLETE -> {}
      case PARTIAL ->
          html.leaf(
              "p",
              "This repository has only a part of the commit: a pull was interrupted, or fetched a"
                  + " part on purpose.",
              "class",
              "note bad");
      case DAMAGED ->
          html.leaf(
              "p",
              "A check found that objects of this commit are missing or damaged.",
              "class",
              "note bad");
    }
    text(commit, "ostree.endoflife")
        .ifPresent(
            end -> {
              try (var _ = html.open("p", "class", "note bad")) {
                html.leaf("b", "End of life: ").name(end);
                text(commit, "ostree.endoflife-rebase")
                    .ifPresent(next -> html.text(" Clients go on with ").name(next).text("."));
              }
            });
  }

  private static Optional<String> text(Commit commit, String key) {
    return commit
        .metadata()
        .lookup(key, VariantType.STRING)
        .map(value -> Texts.cut(value.asString(), VALUE));
  }

  private void ways(Document page, CommitFacts about) throws IOException {
    Html html = page.html();
    Links links = page.links();
    Checksum checksum = about.checksum();
    try (var _ = html.newline().open("nav", "class", "ways", "aria-label", "This commit")) {
      html.leaf("a", "Files", "href", links.tree(checksum, "/").toString());
      html.leaf("a", "Packages", "href", links.packages(checksum).toString());
      html.leaf("a", "History", "href", links.log(checksum.hex()).toString());
      Optional<Checksum> parent = about.parent();
      if (parent.isPresent() && site.commits().facts(parent.get()).isPresent()) {
        String address = links.diff(parent.get(), checksum).toString();
        html.leaf("a", "Changes since the parent", "href", address);
      }
      String form = links.compare().with("to", checksum.hex()).toString();
      html.leaf("a", "Compare with another", "href", form);
    }
  }

  private void facts(Document page, CommitFacts about, Commit commit) throws IOException {
    Html html = page.html();
    try (var facts = new Facts(html)) {
      if (!about.version().isEmpty()) {
        facts.add("Version", about.version());
      }
      try (var _ = facts.open("Date")) {
        Texts.date(html, about.timestamp());
      }
      facts.code("Checksum", about.checksum().hex());
      try (var _ = facts.open("Parent")) {
        parent(page, about.parent());
      }
      bindings(page, facts, about.checksum(), CommitBindings.of(commit));
      text(commit, "ostree.architecture").ifPresent(text -> facts.add("Architecture", text));
      text(commit, "ostree.linux").ifPresent(text -> facts.add("Kernel", text));
      text(commit, "ostree.source-title").ifPresent(text -> facts.add("Source", text));
      facts.code("Content checksum", commit.contentChecksum().hex());
    }
  }

  private void parent(Document page, Optional<Checksum> parent) throws IOException {
    Html html = page.html();
    if (parent.isEmpty()) {
      html.text("none: this is the first of its history");
      return;
    }
    Optional<CommitFacts> facts = site.commits().facts(parent.get());
    if (facts.isEmpty()) {
      html.leaf("code", parent.get().hex()).text(" (not in this repository)");
      return;
    }
    try (var _ = html.open("a", "href", page.links().commit(parent.get()).toString())) {
      html.leaf("code", parent.get().hex());
    }
    html.text(" ").name(facts.get().name());
  }

  private void bindings(Document page, Facts facts, Checksum commit, CommitBindings bindings)
      throws IOException {
    Html html = page.html();
    bindings
        .collection()
        .ifPresent(id -> facts.add("Bound to the collection", Texts.cut(id, VALUE)));
    try (var _ = facts.open("Bound to refs")) {
      if (bindings.refs().isEmpty()) {
        html.text("the commit does not say");
        return;
      }
      List<String> refs = bindings.refs().get();
      if (refs.isEmpty()) {
        html.text("none");
        return;
      }
      try (var _ = html.open("ul", "class", "plain")) {
        for (String ref : refs.subList(0, Math.min(BOUND_REFS, refs.size()))) {
          try (var _ = html.open("li")) {
            bound(page, ref, commit);
          }
        }
        if (refs.size() > BOUND_REFS) {
          html.leaf("li", "and " + Texts.number(refs.size() - BOUND_REFS) + " more");
        }
      }
    }
  }

  private void bound(Document page, String ref, Checksum commit) throws IOException {
    Html html = page.html();
    Optional<Checksum> newest = newest(ref);
    if (newest.isEmpty()) {
      html.name(Texts.cut(ref, VALUE)).text(" (no such ref here)");
      return;
    }
    try (var _ = html.open("a", "href", page.links().log(ref).toString())) {
      html.name(ref);
    }
    if (newest.get().equals(commit)) {
      html.text(" (this is its newest commit)");
    } else {
      html.text(" (");
      html.leaf("a", "its newest commit", "href", page.links().commit(newest.get()).toString());
      html.text(" is another)");
    }
  }

  private Optional<Checksum> newest(String ref) throws IOException {
    if (ref.length() > VALUE || !RefName.isValid(ref)) {
      return Optional.empty();
    }
    try {
      return site.repo().refs().read(RefSpec.local(ref));
    } catch (TreeException e) {
      // The list of refs says that this one is damaged.
      return Optional.empty();
    }
  }

  private static void message(Html html, Commit commit) {
    if (commit.subject().isBlank() && commit.body().isBlank()) {
      return;
    }
    html.newline().leaf("h2", "Message");
    try (var _ = html.open("div", "class", "message")) {
      try (var _ = html.open("p", "class", "subject")) {
        html.name(Texts.cut(commit.subject(), BODY));
      }
      if (!commit.body().isBlank()) {
        try (var _ = html.open("pre", "dir", "auto")) {
          html.lines(Texts.cut(commit.body().strip(), BODY));
        }
      }
    }
  }
}
