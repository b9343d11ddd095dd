package dev.coppice.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishCommandTest {
  private RealOstree ostree;
  private TempTree temp;
  private Path repo;
  private CliRunner cli;

  @BeforeEach
  void setUp() {
    ostree = RealOstree.require();
    temp = TempTree.create();
    repo = temp.path("repo");
    ostree.on(repo, "init", "--mode=archive");
    temp.tree("tree").file("usr/bin/tool", "tool\n");
    ostree.on(repo, "commit", "-b", "main", temp.path("tree").toString());
    ostree.on(repo, "summary", "-u");
    cli = CliRunner.in(temp.root());
  }

  @AfterEach
  void tearDown() {
    if (temp != null) {
      temp.close();
    }
  }

  @Test
  void whatIsCopiedIsToldInWords() {
    CliRunner.Result foreseen = cli.coppice("publish", "--repo=repo", "--dry-run", "site");
    assertThat(foreseen.out()).contains(" to copy, 0 files unchanged\n");
    assertThat(temp.path("site")).doesNotExist();

    CliRunner.Result result = cli.coppice("publish", "--repo=repo", "site");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .isEqualTo(foreseen.out().replace(" to copy", " copied"))
        .contains("Objects: 5 files, ", "Commits: 1 file, ", "Refs: 1 file, 65 bytes\n");
    assertThat(ostree.on(temp.path("site"), "refs")).isEqualTo("main");
    assertThat(cli.coppice("publish", "--repo=repo", "--unchanged-exit-77", "site").code())
        .isEqualTo(77);
  }

  @Test
  void jsonHasTheSame() {
    ostree.on(repo, "refs", "--create=other", "main");
    cli.coppice("publish", "--repo=repo", "site");
    ostree.on(repo, "refs", "--delete", "other");
    ostree.on(repo, "refs", "--create=third", "main");
    ostree.on(repo, "summary", "-u");

    assertThat(cli.coppice("publish", "--repo=repo", "--json", "--delete", "site").out())
        .contains("\"target\": \"" + temp.path("site") + "\"", "\"summary\": {")
        .containsPattern("\"deleted\": \\{\\s+\"files\": 1,\\s+\"bytes\": 65")
        .containsPattern("\"waiting\": 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--grace=1h site | --grace is of no use without --delete",
        "--delete --grace=x site | Invalid time span 'x'",
        "gopher://x/y | Nothing can publish to 'gopher://x/y'",
        "repo/tmp | lie in each other",
      })
  void wrongArgumentsAreRefused(String arguments, String message) {
    var line = new ArrayList<>(List.of("publish", "--repo=repo"));
    line.addAll(List.of(arguments.split(" ", -1)));

    CliRunner.Result result = cli.coppice(line.toArray(String[]::new));

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains(message);
  }

  @Test
  void targetMustBeNamed() {
    assertThat(cli.coppice("publish", "--repo=repo").err()).contains("TARGET must be specified");
  }
}
