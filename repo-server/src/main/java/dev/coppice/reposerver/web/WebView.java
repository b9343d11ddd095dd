package dev.coppice.reposerver.web;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.repo.Repo;
import dev.coppice.reposerver.Pages;
import dev.coppice.reposerver.WebPage;
import dev.coppice.sign.KeyPlaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages of one repository. Safe for several threads. */
public final class WebView implements Pages {
  private static final String BELOW = "/-/";
  private static final String TITLE = "Repository";

  private final Site site;

  private WebView(Site site) {
    this.site = site;
  }

  /**
   * The pages of a repository, which is open for as long as the process lives.
   *
   * @param base empty, or {@code /NAME}, which becomes the title; links are relative and need none
   */
  public static WebView open(Path repo, String base) throws IOException {
    var place = base.isEmpty() ? Document.Place.ONLY : Document.Place.ONE_OF_SEVERAL;
    String title = base.isEmpty() ? TITLE : base.substring(1);
    return of(Repo.open(repo), new Document.Frame(title, new Assets(), place), KeyPlaces.system());
  }

  /**
   * The pages of a repository, which stays the caller's.
   *
   * @param title the name of the site, at the top of every page
   * @param keys where the keys are that signatures are judged by
   */
  public static WebView of(Repo repo, String title, KeyPlaces keys) {
    return of(repo, new Document.Frame(title, new Assets(), Document.Place.ONLY), keys);
  }

  private static WebView of(Repo repo, Document.Frame frame, KeyPlaces keys) {
    var commits = new CommitReader(repo);
    return new WebView(
        new Site(
            repo,
            frame,
            commits,
            new PackageReader(repo),
            new DiffReader(repo, commits),
            new SignatureCheck(repo, keys)));
  }

  /** A page; one that explains the problem where nothing is to be shown, so never empty. */
  @Override
  public Optional<WebPage> page(String path, Map<String, String> query) throws IOException {
    Optional<WebPage> asset = site.frame().assets().find(path);
    if (asset.isPresent()) {
      return asset;
    }
    List<String> segments =
        path.startsWith(BELOW) ? List.of(path.substring(BELOW.length()).split("/", -1)) : List.of();
    List<String> rest = segments.isEmpty() ? segments : segments.subList(1, segments.size());
    var request = new PageRequest(path, rest, query);
    try {
      return Optional.of(find(path, segments, request));
    } catch (PageProblem e) {
      return Optional.of(problem(request, e));
    } catch (TreeException e) {
      return Optional.of(problem(request, ErrorPage.of(e)));
    }
  }

  private WebPage problem(PageRequest request, PageProblem problem) {
    return request.text("format").equals("json")
        ? JsonView.problem(problem)
        : new ErrorPage(site).page(request, problem);
  }

  private WebPage find(String path, List<String> segments, PageRequest request) throws IOException {
    String name = segments.isEmpty() ? "" : segments.getFirst() + "/" + request.rest().size();
    if (JsonView.asked(request) && (path.equals("/") || !name.isEmpty())) {
      return new JsonView(site).page(name, request);
    }
    if (path.equals("/")) {
      return new RefsPage(site).page(request);
    }
    return switch (name) {
      case "commit/0" -> anyCommit(request);
      case "commit/1" -> new CommitPage(site).page(request);
      case "log/0" -> new LogPage(site).page(request);
      case "tree/1" -> new TreePage(site).page(request);
      case "diff/0" -> new DiffForm(site).page(request);
      case "diff/2" -> new DiffPage(site).page(request);
      case "packages/1" -> new PackagesPage(site).page(request);
      case "raw/1" -> new RawFile(site).page(request);
      default ->
          throw PageProblem.notFound(
              "This site has no page “" + path + "”.", "Start from the list of refs.");
    };
  }

  /** Leads to the commit of what somebody wrote into the box at the top. */
  private WebPage anyCommit(PageRequest request) throws IOException {
    String revision = request.text("rev");
    if (revision.isEmpty()) {
      throw PageProblem.badRequest(
          "Nothing was asked for.", "Write the name of a ref or a checksum into the box.");
    }
    return Answers.redirect(new Links(request).commit(site.commits().resolve(revision)));
  }
}
