package dev.coppice.reposerver.web;

import dev.coppice.core.failure.TreeException;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.html.Html;

/** Says what went wrong and what to do. */
record ErrorPage(Site site) {
  private static final int LONGEST = 500;

  WebPage page(PageRequest request, PageProblem problem) {
    String title =
        switch (problem.status()) {
          case PageProblem.NOT_FOUND -> "Not found";
          case PageProblem.BAD_REQUEST -> "That cannot be shown";
          default -> "The repository is damaged";
        };
    var page = Document.begin(site, request, title, Document.Section.NONE);
    Html html = page.html();
    html.leaf("h1", title);
    html.leaf("p", Texts.cut(problem.problem(), LONGEST), "class", "lead");
    html.leaf("p", problem.advice());
    try (var _ = html.open("p", "class", "ways")) {
      problem.way().ifPresent(way -> html.leaf("a", "What is there", "href", way.toString()));
      html.leaf("a", "All refs", "href", page.links().refs().toString());
    }
    return page.end(problem.status(), Caching.ASK);
  }

  /** What a failure of the repository means for somebody who looks at a page. */
  static PageProblem of(TreeException failure) {
    return switch (failure.code()) {
      case REV_NOT_FOUND, PATH_NOT_FOUND ->
          PageProblem.notFound(failure.getMessage() + ".", failure.nextStep() + ".");
      case OBJECT_MISSING, COMMIT_PARTIAL ->
          PageProblem.notFound(
              failure.getMessage() + ".",
              "This repository may have only a part of the commit. Its owner can look at it with"
                  + " “fsck” and pull the rest.");
      case REV_AMBIGUOUS, REF_INVALID, NAME_INVALID, INPUT_INVALID ->
          PageProblem.badRequest(failure.getMessage() + ".", failure.nextStep() + ".");
      default ->
          PageProblem.damaged(
              failure.getMessage() + ".", "Tell the owner of the repository to run “fsck” on it.");
    };
  }
}
