package dev.coppice.reposerver.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.reposerver.WebPage;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The twins of pages in JSON, as Python's own reader understands them. */
class JsonViewTest {
  private WebRepo web;

  @BeforeEach
  void create() {
    Requirement.program("python3", "python3");
    web = WebRepo.create();
  }

  @AfterEach
  void close() {
    web.close();
  }

  /** An expression of Python on the document {@code d}. */
  private static String ask(WebRepo web, WebPage page, String expression) {
    assertThat(page.contentType()).isEqualTo("application/json");
    try {
      Path file = Files.writeString(web.path("page.json"), WebRepo.text(page));
      String program = "import json,sys; d=json.load(open(sys.argv[1])); print(" + expression + ")";
      return Programs.run("python3", "-c", program, file.toString()).ok().out().strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String ask(String address, String expression) {
    WebPage page = web.get(address);
    assertThat(page.status()).as(WebRepo.text(page)).isEqualTo(200);
    return ask(web, page, expression);
  }

  private String rpms(String file, String packages) throws IOException {
    Path tree = web.tree().file(file, "content\n").root();
    return web.ostree()
        .on(
            web.directory(),
            "commit",
            "--branch=os",
            "--subject=With \"quotes\" and \u20ac",
            "--timestamp=2026-01-02T03:04:05Z",
            "--tree=dir=" + tree,
            "--add-metadata=rpmostree.rpmdb.pkglist=" + packages);
  }

  @Test
  void refsAndTheirCommits() throws IOException {
    String commit = rpms("a", "@a(sssss) []");
    web.commit("other/branch", web.tree().file("b", "1").root(), "S");
    assertThat(ask("/?format=json", "[r['ref'] for r in d['refs']], d['total'], d['pages']"))
        .isEqualTo("['os', 'other/branch'] 2 1");
    assertThat(ask("/?format=json&filter=BRANCH", "[r['ref'] for r in d['refs']], d['total']"))
        .isEqualTo("['other/branch'] 1");
    String first = "/?format=json";
    assertThat(ask(first, "d['refs'][0]['commit']")).isEqualTo(commit);
    assertThat(ask(first, "d['refs'][0]['date'], d['refs'][0]['subject']"))
        .isEqualTo("2026-01-02T03:04:05Z With \"quotes\" and \u20ac");
  }

  @Test
  void aCommit() throws IOException {
    String parent = rpms("a", "@a(sssss) []");
    String commit = rpms("b", "@a(sssss) []");
    String page = "/-/commit/" + commit + "?format=json";
    assertThat(ask(page, "d['commit'], d['parent'], d['state']"))
        .isEqualTo(commit + " " + parent + " complete");
    assertThat(ask(page, "d['ref-bindings'], d['signatures'], d['deltas']"))
        .isEqualTo("['os'] [] []");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@a(sssss) [('bash','0','5','1','x86_64'),('vim','2','9','3','noarch')]",
        "@a(stsss) [('bash',uint64 0,'5','1','x86_64'),('vim',uint64 2,'9','3','noarch')]",
        "@a(stsss) [('bash',0,'5','1','x86_64'),('vim',uint64 144115188075855872,'9','3','noarch')]",
      })
  void packagesInAllFormsThereAre(String list) throws IOException {
    String page = "/-/packages/" + rpms("a", list) + "?format=json";
    assertThat(ask(page, "d['format'], d['complete'], d['known']")).isEqualTo("rpm True True");
    assertThat(ask(page, "[(p['name'], p['version'], p['arch']) for p in d['packages']]"))
        .isEqualTo("[('bash', '5-1', 'x86_64'), ('vim', '2:9-3', 'noarch')]");
  }

  @Test
  void changesOfPackagesAndPaths() throws IOException {
    String older = rpms("a", "@a(sssss) [('bash','0','5','1','x86_64'),('gone','0','1','1','x')]");
    String newer = rpms("b", "@a(sssss) [('bash','0','6','1','x86_64')]");
    String page = "/-/diff/" + older + "/" + newer + "?format=json";
    assertThat(ask(page, "[(p['name'], p['change']) for p in d['packages']]"))
        .isEqualTo("[('bash', 'upgraded'), ('gone', 'removed')]");
    assertThat(ask(page, "d['packages'][0]['from']['version'], d['packages'][0]['to']['version']"))
        .isEqualTo("5-1 6-1");
    assertThat(ask(page, "[(p['path'], p['change'], p['size-to']) for p in d['paths']]"))
        .contains("('/b', 'added', 8)");
  }

  @Test
  void problemsAreToldInTheSameForm() {
    for (String address :
        new String[] {
          "/-/commit/" + "0".repeat(64) + "?format=json",
          "/-/commit/nonsense?format=json",
          "/-/log?format=json",
          "/-/nothing/here?format=json"
        }) {
      WebPage page = web.get(address);
      assertThat(page.status()).as(address).isIn(400, 404);
      assertThat(ask(web, page, "bool(d['error'] and d['advice'])")).isEqualTo("True");
    }
    WebPage other = web.get("/?format=xml");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.contentType()).startsWith("text/html");
  }

  @Test
  void whatIsHostileIsOnlyText() throws IOException {
    try (WebRepo hostile = WebRepo.hostile()) {
      assertThat(ask(hostile, hostile.get("/?format=json"), "len(d['refs']) > 0"))
          .isEqualTo("True");
      Path script = hostile.tree().file("<script>\u0001\"\\", "x").root();
      String one = hostile.commit("x", script, "</script>\u2028");
      String two = hostile.commit("x", hostile.tree().file("z", "x").root(), "S");
      WebPage page = hostile.get("/-/diff/" + two + "/" + one + "?format=json");
      assertThat(ask(hostile, page, "len(d['paths']) >= 0")).isEqualTo("True");
    }
  }
}
