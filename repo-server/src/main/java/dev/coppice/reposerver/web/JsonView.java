package dev.coppice.reposerver.web;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.CommitBindings;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.packages.InstalledPackage;
import dev.coppice.reposerver.web.packages.PackageChange;
import dev.coppice.reposerver.web.packages.PackageDiff;
import dev.coppice.reposerver.web.packages.PackageList;
import dev.coppice.reposerver.web.tree.TreeChange;
import dev.coppice.reposerver.web.tree.TreeChanges;
import dev.coppice.sign.SignatureVerdict;
import dev.coppice.sign.Signatures;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The twins of pages for programs: {@code ?format=json}. What a page says in words is told in
 * fields; names of fields do not change any more, and new ones may come.
 */
record JsonView(Site site) {
  private static final String JSON = "json";
  private static final int REFS = 1000;

  /** Whether a request asks for the twin of a page. */
  static boolean asked(PageRequest request) {
    String format = request.text("format");
    if (!format.isEmpty() && !format.equals(JSON) && !format.equals("html")) {
      throw PageProblem.badRequest(
          "“" + format + "” is not a format of pages.", "There are html and json.");
    }
    return format.equals(JSON);
  }

  /**
   * The twin of a page.
   *
   * @param name of the page and number of the segments behind it, as {@code commit/1}; empty for
   *     the list of refs
   */
  WebPage page(String name, PageRequest request) throws IOException {
    return switch (name) {
      case "" -> refs(request);
      case "commit/1" -> commit(request.commit(0));
      case "diff/2" -> diff(request.commit(0), request.commit(1));
      case "packages/1" -> packages(request.commit(0));
      default ->
          throw PageProblem.badRequest(
              "This page has no twin in JSON.", "Refs, commits, packages and changes have.");
    };
  }

  /** What went wrong. */
  static WebPage problem(PageProblem problem) {
    Json json = Json.object();
    json.text("error", problem.problem()).text("advice", problem.advice());
    return Answers.json(problem.status(), json.document(), Caching.ASK);
  }

  private WebPage refs(PageRequest request) throws IOException {
    var list = new RefList(site.repo());
    List<RefList.Ref> fitting = RefList.fitting(list.all(), request.text("filter"));
    Paging paging = Paging.of(request, REFS, fitting.size());
    Json json = Json.object();
    json.number("total", fitting.size()).number("page", paging.page());
    json.number("pages", paging.pages()).array("refs");
    for (RefList.Ref ref : paging.of(fitting)) {
      json.item().text("ref", ref.name());
      json.text("collection", Optional.of(ref.group()).filter(id -> !id.isEmpty()));
      Optional<Checksum> commit = list.read(ref);
      json.text("commit", commit.map(Checksum::hex));
      if (commit.isPresent()) {
        site.commits().facts(commit.get()).ifPresent(facts -> facts(json, facts));
      }
      json.end();
    }
    return Answers.json(200, json.document(), Caching.ASK);
  }

  private static void facts(Json json, CommitFacts facts) {
    json.time("date", facts.timestamp());
    json.text("version", Optional.of(facts.version()).filter(text -> !text.isEmpty()));
    json.text("subject", facts.subject());
    json.text("parent", facts.parent().map(Checksum::hex));
    if (facts.sizes().isPresent()) {
      CommitFacts.Sizes sizes = facts.sizes().get();
      json.object("sizes").number("objects", sizes.objects());
      json.number("download", sizes.archived()).number("unpacked", sizes.unpacked()).end();
    }
  }

  private WebPage commit(Checksum checksum) throws IOException {
    Commit commit = site.commits().require(checksum);
    Json json = Json.object();
    json.text("commit", checksum.hex());
    facts(json, CommitFacts.of(checksum, commit));
    json.text("body", commit.body());
    json.text("content-checksum", commit.contentChecksum().hex());
    String state = site.repo().partialCommits().state(checksum).name();
    json.text("state", state.toLowerCase(Locale.ROOT));
    CommitBindings bindings = CommitBindings.of(commit);
    json.text("collection-binding", bindings.collection());
    if (bindings.refs().isPresent()) {
      json.array("ref-bindings");
      bindings.refs().get().forEach(json::item);
      json.end();
    }
    signatures(json, checksum, commit);
    json.array("deltas");
    for (Deltas.Delta delta : new Deltas(site.repo()).of(checksum)) {
      json.item().text("from", delta.from().map(Checksum::hex)).text("to", delta.to().hex());
      json.number("bytes", delta.bytes()).end();
    }
    return Answers.json(200, json.document(), Caching.ASK);
  }

  private void signatures(Json json, Checksum checksum, Commit commit) throws IOException {
    List<SignatureCheck.Findings> all;
    try {
      Optional<byte[]> detached = site.repo().loadDetachedMetadata(checksum);
      all = site.signatures().of(commit.encode(), Signatures.parse(detached));
    } catch (TreeException e) {
      json.text("signature-problem", String.valueOf(e.getMessage()));
      return;
    }
    json.array("signatures");
    for (SignatureCheck.Findings findings : all) {
      json.item().text("type", findings.type().name().toLowerCase(Locale.ROOT));
      json.number("count", findings.count());
      json.text("problem", Optional.of(findings.problem()).filter(text -> !text.isEmpty()));
      json.array("verdicts");
      for (SignatureVerdict verdict : findings.verdicts()) {
        String status = verdict.status().name().toLowerCase(Locale.ROOT).replace('_', '-');
        json.item().text("status", status).text("key", verdict.key());
        json.text("user", Optional.of(verdict.userId()).filter(text -> !text.isEmpty()));
        verdict.made().ifPresent(made -> json.time("made", made.getEpochSecond()));
        json.end();
      }
      json.end().end();
    }
    json.end();
  }

  private WebPage packages(Checksum checksum) throws IOException {
    Optional<PackageList> list = site.packages().of(checksum, site.commits().require(checksum));
    Json json = Json.object();
    json.text("commit", checksum.hex()).flag("known", list.isPresent());
    if (list.isPresent()) {
      json.text("format", list.get().format().name().toLowerCase(Locale.ROOT));
      json.text("source", list.get().source()).flag("complete", list.get().complete());
      json.array("packages");
      for (InstalledPackage each : list.get().packages()) {
        json.item();
        write(json, each);
        json.end();
      }
    }
    return Answers.json(200, json.document(), Caching.CHECKSUM);
  }

  private static void write(Json json, InstalledPackage each) {
    json.text("name", each.name()).text("version", each.version()).text("arch", each.arch());
  }

  private WebPage diff(Checksum older, Checksum newer) throws IOException {
    Commit from = site.commits().require(older);
    Commit to = site.commits().require(newer);
    TreeChanges changes = site.diffs().of(older, newer);
    Json json = Json.object();
    json.text("from", older.hex()).text("to", newer.hex());
    json.number("unpacked-growth", changes.growth()).flag("complete", changes.complete());
    Optional<PackageList> before = site.packages().of(older, from);
    Optional<PackageList> after = site.packages().of(newer, to);
    if (before.isPresent() && after.isPresent() && before.get().format() == after.get().format()) {
      json.array("packages");
      for (PackageChange change : PackageDiff.of(before.get(), after.get())) {
        json.item().text("name", change.name()).text("change", word(change.kind()));
        side(json, "from", change.from());
        side(json, "to", change.to());
        json.end();
      }
      json.end();
    }
    json.array("paths");
    for (TreeChange change : changes.changes()) {
      json.item().text("path", change.path()).text("change", word(change.kind()));
      json.number("size-from", change.sizeFrom()).number("size-to", change.sizeTo()).end();
    }
    return Answers.json(200, json.document(), Caching.CHECKSUM);
  }

  private static void side(Json json, String name, Optional<InstalledPackage> side) {
    if (side.isPresent()) {
      json.object(name);
      json.text("version", side.get().version()).text("arch", side.get().arch()).end();
    }
  }

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
