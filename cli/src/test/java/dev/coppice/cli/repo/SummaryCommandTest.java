package dev.coppice.cli.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.cli.SideBySide;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code summary}, {@code remote refs} and {@code remote summary}, side by side with ostree. */
@TestInstance(Lifecycle.PER_CLASS)
class SummaryCommandTest {
  private final TempTree temp = TempTree.create();
  private RealOstree real;
  private Path repo;

  @BeforeAll
  void make() throws IOException {
    real = RealOstree.requireAll().getLast();
    repo = temp.path("served");
    real.on(repo, "init", "--mode=archive", "--collection-id=org.example.Own");
    Path tree = Files.createDirectories(temp.path("tree"));
    Files.writeString(tree.resolve("file"), "content");
    real.on(repo, "commit", "-b", "os/x", "--add-metadata-string=version=1", tree.toString());
    real.on(repo, "commit", "-b", "app", "--timestamp=@300000000000", tree.toString());
    real.on(repo, "refs", "--collections", "--create=org.example.Other:m", "app");
    real.on(repo, "static-delta", "generate", "--empty", "--to=os/x");
    real.on(repo, "summary", "-u", "-m", "exa.title='A'", "-m", "exa.n={'k': <uint64 5>}");
    real.on(temp.path("client"), "init");
    real.on(temp.path("client"), "remote", "add", "up", "file://" + repo, "--no-gpg-verify");
    Files.createDirectories(temp.path("plain/objects"));
    Files.createDirectories(temp.path("cache"));
    real.on(temp.path("client"), "remote", "add", "none", "file://" + temp.path("plain"));
  }

  @AfterAll
  void remove() {
    temp.close();
  }

  static Stream<String> lines() {
    return SideBySide.lines(
        """
        summary --repo=served
        2026.3 summary --repo=served --view
        summary --repo=served --raw
        new summary --repo=served --list-metadata-keys
        new summary --repo=served --print-metadata-key=exa.n
        new summary --repo=served --print-metadata-key=ostree.summary.last-modified
        new summary --repo=served --print-metadata-key=nothing
        summary --repo=served -u -m wrong
        ~ summary --repo=served -u -m a=b␠c
        summary --repo=client --raw
        remote --repo=client refs up
        new remote --repo=client refs -r up
        remote --repo=client refs --cache-dir=cache up
        ~ remote --repo=client refs nobody
        remote --repo=client refs none
        remote --repo=client summary up
        remote --repo=client summary --raw up
        new remote --repo=client summary --list-metadata-keys up
        new remote --repo=client summary --print-metadata-key=exa.title up
        remote --repo=client summary none
        """);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void printsWhatOstreeDoes(String line) {
    Path here = temp.path("");
    new SideBySide(real, here, here, Map.of()).check(line);
  }

  @Test
  void writesJson() {
    CliRunner.Result result =
        CliRunner.in(temp.path("")).coppice("summary", "--repo=served", "--json");
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("\"name\": \"os/x\"", "\"collection-id\": \"org.example.Other\"")
        .contains("\"version\": \"1\"", "\"mode\": \"archive-z2\"", "\"exa.title\": \"A\"")
        .contains("\"signed\": false");
    CliRunner.Result refs =
        CliRunner.in(temp.path("")).coppice("remote", "refs", "--repo=client", "--json", "up");
    assertThat(refs.out()).contains("\"remote\": \"up\"", "\"name\": \"app\"");
  }

  @Test
  void demandedSignaturesAreNotPassedOver() {
    real.on(temp.path("client"), "remote", "add", "strict", "file://" + repo);
    real.on(temp.path("client"), "config", "set", "remote \"strict\".gpg-verify-summary", "true");
    CliRunner.Result result =
        CliRunner.in(temp.path("")).ostree("remote", "refs", "--repo=client", "strict");
    assertThat(result.code()).isNotZero();
    assertThat(result.err()).contains("gpg-verify-summary");
  }

  @Test
  void theSummaryFollowsRefsWhenConfigured() throws IOException {
    CliRunner runner = CliRunner.in(temp.path(""));
    assertThat(runner.ostree("init", "--repo=auto", "--mode=archive").code()).isZero();
    runner.ostree("config", "--repo=auto", "set", "core.auto-update-summary", "true");
    runner.ostree("commit", "--repo=auto", "-b", "one", "tree");
    assertThat(names(runner)).isEqualTo("* one");
    runner.ostree("refs", "--repo=auto", "--create=two", "one");
    assertThat(names(runner)).isEqualTo("* one* two");
    runner.ostree("refs", "--repo=auto", "--delete", "one");
    assertThat(names(runner)).isEqualTo("* two");
    runner.ostree("pull-local", "--repo=auto", "served", "os/x");
    assertThat(names(runner)).isEqualTo("* os/x* two");
  }

  private static String names(CliRunner runner) {
    return String.join(
        "",
        runner.ostree("summary", "--repo=auto", "--view").lines().stream()
            .filter(line -> line.startsWith("* "))
            .toList());
  }
}
