package dev.coppice.reposerver.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.reposerver.server.Listen;
import dev.coppice.reposerver.server.RepoServer;
import dev.coppice.reposerver.server.ServerSettings;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a browser makes of the pages, as the real server serves them. */
class BrowserTest {
  /** Texts whose contrast with what is behind them is below the one of WCAG's level AA. */
  private static final String DIM_TEXTS =
      """
      (() => {
        const light = c => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
        const numbers = colour => colour.match(/[0-9.]+/g).map(Number);
        const luminance = n => 0.2126 * light(n[0]) + 0.7152 * light(n[1]) + 0.0722 * light(n[2]);
        const ground = e => {
          for (; e; e = e.parentElement) {
            const n = numbers(getComputedStyle(e).backgroundColor);
            if (n.length === 3 || n[3] === 1) return n;
          }
          return [255, 255, 255];
        };
        return [...document.querySelectorAll('body *')]
          .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim() !== ''))
          .filter(e => e.tagName !== 'OPTION')
          .map(e => {
            const a = luminance(numbers(getComputedStyle(e).color)), b = luminance(ground(e));
            return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.tagName, e.className, e.textContent];
          })
          .filter(found => found[0] < 4.5)
          .join('|');
      })()
      """;

  @SuppressWarnings("NullAway") // made before all tests
  private static WebRepo web;

  @SuppressWarnings("NullAway")
  private static RepoServer server;

  @SuppressWarnings("NullAway")
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    web = WebRepo.hostile();
    server =
        RepoServer.start(
            ServerSettings.simple(web.directory(), Listen.parse("127.0.0.1:0", false)),
            WebView::open,
            line -> {});
    browser = Browser.start();
  }

  @AfterAll
  static void end() throws IOException {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
    if (web != null) {
      web.close();
    }
  }

  private static List<String> pages() {
    String commit = web.resolve("os/main");
    String parent = web.resolve("os/main^");
    return List.of(
        "/",
        "/?filter=nothing",
        "/-/commit/" + commit,
        "/-/log?rev=os/main",
        "/-/tree/" + commit,
        "/-/tree/" + commit + "?path=/hostile",
        "/-/tree/" + commit + "?path=/hostile/page.html",
        "/-/tree/" + commit + "?path=/usr/lib/os-release",
        "/-/tree/" + commit + "?path=/bin",
        "/-/packages/" + commit,
        "/-/diff",
        "/-/diff/" + parent + "/" + commit,
        "/-/diff/" + parent + "/" + commit + "?path=/usr/lib/os-release",
        "/-/commit?rev=none");
  }

  private static String url(String path) {
    URI root = server.addresses().getFirst();
    return root.resolve(path).toString();
  }

  @Test
  void pagesFitIntoEveryWindowAndCanBeReadInBothSchemes() throws InterruptedException {
    for (String page : pages()) {
      browser.open(url(page));
      for (int width : new int[] {360, 400, 1280}) {
        for (boolean dark : new boolean[] {false, true}) {
          browser.look(width, dark);
          String seen = page + " at " + width + (dark ? " dark" : " light");
          assertThat(browser.evaluate("document.body.scrollWidth - document.body.clientWidth"))
              .as("what sticks out of " + seen)
              .isEqualTo("0");
          assertThat(
                  browser.evaluate(
                      "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
              .as("what sticks out of " + seen)
              .isEqualTo("0");
          assertThat(browser.evaluate(DIM_TEXTS)).as(seen).isEmpty();
          assertThat(browser.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
              .as(seen)
              .isEqualTo(dark ? "rgb(21, 25, 23)" : "rgb(252, 252, 250)");
        }
      }
    }
  }

  @Test
  void theBrowserReadsWhatAnXmlParserReads() throws InterruptedException {
    for (String page : pages()) {
      browser.open(url(page));
      Markup markup = Markup.of(WebRepo.text(web.get(page)));
      assertThat(browser.evaluate("document.documentElement.querySelectorAll('*').length"))
          .as(page)
          .isEqualTo(Integer.toString(markup.all("*").size()));
      assertThat(browser.evaluate("document.querySelector('main').textContent"))
          .as(page)
          .isEqualTo(markup.main());
    }
  }

  @Test
  void nothingBreaksThePolicyOrIsMissing() throws InterruptedException {
    for (String page : pages()) {
      browser.open(url(page));
      List<String> complaints = browser.complaints();
      if (page.endsWith("none")) {
        assertThat(complaints).as(page).hasSize(1).allMatch(text -> text.contains("404"));
      } else {
        assertThat(complaints).as(page).isEmpty();
      }
      assertThat(browser.evaluate("document.compatMode")).isEqualTo("CSS1Compat");
    }
  }

  @Test
  void everythingCanBeReachedByKeyboardAndIsSeenToBe() throws InterruptedException {
    browser.look(1280, false);
    browser.open(url("/-/log?rev=os/main"));
    String reached = "";
    for (int i = 0; i < 15; i++) {
      browser.press("Tab");
      String focus =
          browser.evaluate(
              "(e => e.tagName + ' ' + (e.getAttribute('aria-label') || e.textContent || e.name)"
                  + " + ' ' + getComputedStyle(e).outlineStyle)(document.activeElement)");
      assertThat(focus).doesNotContain("BODY").endsWith("solid");
      reached += focus + "\n";
    }
    assertThat(reached)
        .containsSubsequence(
            "A Skip to content",
            "Refs",
            "Compare",
            "INPUT rev",
            "BUTTON Go",
            "DIV Commits, newest first",
            "INPUT Compare",
            "A ",
            "Files of",
            "BUTTON Compare the chosen commits");
    browser.open(url("/"));
    browser.press("Tab");
    browser.evaluate("document.activeElement.click()");
    assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("content");
  }

  @Test
  void theChosenCommitsAreCompared() throws InterruptedException {
    browser.open(url("/-/log?rev=os/main"));
    browser.follow("document.querySelector('main form button').click()");
    assertThat(browser.evaluate("location.pathname"))
        .isEqualTo("/-/diff/" + web.resolve("os/main^") + "/" + web.resolve("os/main"));
    browser.follow(
        "document.querySelector('select').value = 'added', document.querySelector('main form button').click()");
    assertThat(browser.evaluate("location.search + location.hash"))
        .isEqualTo("?show=added&filter=#files");
    assertThat(browser.evaluate("document.querySelectorAll('td.bad').length")).isEqualTo("0");
  }

  @Test
  void filesOfTheTreeAreNeverShownAsPages() throws InterruptedException {
    String commit = web.resolve("os/main");
    browser.open(url("/"));
    for (String file : List.of("page.html", "picture.svg")) {
      String answer = browser.tryOpen(url("/-/raw/" + commit + "?path=/hostile/" + file));
      assertThat(answer).contains("net::ERR_ABORTED");
      assertThat(browser.evaluate("location.pathname")).isEqualTo("/");
    }
  }

  @Test
  void aDumpOfThePageHasNoScriptOfAnyKind() throws IOException {
    String commit = web.resolve("os/main");
    for (String page :
        List.of(
            "/-/commit/" + commit, "/-/tree/" + commit + "?path=/hostile", "/?filter=<script>")) {
      try (var profile = TempTree.create()) {
        String dom =
            Programs.run(
                    "chromium",
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--user-data-dir=" + profile.root(),
                    "--dump-dom",
                    url(page.replace("<", "%3C").replace(">", "%3E")))
                .ok()
                .out();
        assertThat(dom)
            .contains("</main>")
            .doesNotContain("<script")
            .doesNotContain("<img")
            .doesNotContainPattern("<[^>]* on[a-z]+=");
      }
    }
  }
}
