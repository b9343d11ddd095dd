package dev.coppice.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorCommandTest {
  private RealOstree ostree;
  private TempTree temp;
  private Path upstream;
  private Path mirror;
  private CliRunner cli;

  @BeforeEach
  void setUp() {
    ostree = RealOstree.require();
    temp = TempTree.create();
    upstream = temp.path("upstream");
    mirror = temp.path("mirror");
    ostree.on(upstream, "init", "--mode=archive");
    ostree.on(mirror, "init", "--mode=archive");
    temp.tree("tree").file("usr/bin/tool", "tool\n");
    commit("os/x86_64/base", "--add-metadata-string=version=1.0");
    commit("os/aarch64/base");
    ostree.on(mirror, "remote", "add", "--no-gpg-verify", "up", "file://" + upstream);
    cli = CliRunner.in(temp.root());
  }

  @AfterEach
  void tearDown() {
    if (temp != null) {
      temp.close();
    }
  }

  private void commit(String ref, String... options) {
    var arguments = new ArrayList<>(List.of("commit", "-b", ref));
    arguments.addAll(List.of(options));
    arguments.add(temp.path("tree").toString());
    ostree.on(upstream, arguments.toArray(String[]::new));
    ostree.on(upstream, "summary", "-u");
  }

  @Test
  void changesAreToldInWords() {
    String first = ostree.on(upstream, "rev-parse", "os/x86_64/base").substring(0, 12);

    CliRunner.Result result = cli.coppice("mirror", "--repo=mirror", "--arch=x86_64", "up");

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .matches(
            """
            \\+ os/x86_64/base %s \\(1.0\\)
            up: 1 ref changed, 0 unchanged; 5 metadata, 1 content objects fetched; .*
            Verified: 6 objects
            Summary: made anew
            """
                .formatted(first));
    assertThat(
            cli.coppice("mirror", "--repo=mirror", "--arch=x86_64", "--unchanged-exit-77", "up")
                .code())
        .isEqualTo(77);
    temp.tree("tree").file("usr/bin/tool", "other\n");
    commit("os/x86_64/base", "--add-metadata-string=version=1.1");
    String second = ostree.on(upstream, "rev-parse", "os/x86_64/base").substring(0, 12);
    CliRunner.Result again =
        cli.coppice(
            "mirror",
            "--repo=mirror",
            "--keep=1",
            "--grace=0",
            "--delete-refs",
            "--include=os/x86_64/*",
            "up");
    assertThat(again.out())
        .startsWith("  os/x86_64/base " + first + ".." + second + " (1.1)\n")
        .contains("Retired: 1 commit\n", "Deleted: ");
  }

  @Test
  void jsonHasTheSame() {
    String out = cli.coppice("mirror", "--repo=mirror", "--json", "--dry-run", "up").out();

    assertThat(out)
        .contains(
            "\"dry-run\": true",
            "\"ref\": \"os/aarch64/base\"",
            "\"from\": null",
            "\"to\": \"" + ostree.on(upstream, "rev-parse", "os/aarch64/base") + "\"",
            "\"summary\": \"made\"");
    assertThat(mirror.resolve("summary")).doesNotExist();
  }

  @Test
  void ownSignaturesSatisfyRealClients() throws IOException {
    try (Gpg gpg = Gpg.require()) {
      String key = gpg.key("mirror@example.com");
      CliRunner.Result result =
          cli.coppice(
              "mirror",
              "--repo=mirror",
              "--gpg-sign=" + key,
              "--gpg-homedir=" + gpg.home(),
              "--sign-commits",
              "up");
      assertThat(result.code()).as(result.err()).isZero();
      Path keys = Files.write(temp.path("keys"), gpg.export(key));
      for (RealOstree client : RealOstree.requireAll()) {
        Path repo = temp.path("client" + client.version());
        client.on(repo, "init", "--mode=archive");
        client.on(
            repo,
            "remote",
            "add",
            "--set=gpg-verify-summary=true",
            "--gpg-import=" + keys,
            "m",
            "file://" + mirror);
        client.on(repo, "pull", "m", "os/x86_64/base");
      }
      byte[] signatures = Files.readAllBytes(commitMeta());
      assertThat(
              cli.coppice(
                      "mirror",
                      "--repo=mirror",
                      "--gpg-sign=" + key,
                      "--gpg-homedir=" + gpg.home(),
                      "--sign-commits",
                      "--unchanged-exit-77",
                      "up")
                  .code())
          .isEqualTo(77);
      assertThat(commitMeta()).hasBinaryContent(signatures);
    }
  }

  private Path commitMeta() {
    String commit = ostree.on(upstream, "rev-parse", "os/x86_64/base");
    return mirror.resolve(
        "objects/" + commit.substring(0, 2) + "/" + commit.substring(2) + ".commitmeta");
  }

  @Test
  void mirrorsOfAFileAreRunOneByOne() throws IOException {
    Path file = temp.path("mirrors.conf");
    Files.writeString(
        file,
        """
        [mirror "broken"]
        repo=%1$s
        remotes=nowhere
        [mirror "whole"]
        repo=%1$s
        remotes=up
        include=os/**;
        keep=2
        interval=10min
        """
            .formatted(mirror));

    CliRunner.Result all = cli.coppice("mirror", "--config=mirrors.conf");
    assertThat(all.code()).isEqualTo(1);
    assertThat(all.err()).contains("error: mirror broken: Remote \"nowhere\" not found");
    assertThat(all.out()).contains("Mirror whole:\n+ os/aarch64/base");
    assertThat(cli.coppice("mirror", "--config=mirrors.conf", "whole").code()).isZero();
    assertThat(cli.coppice("mirror", "--config=mirrors.conf", "--json").out())
        .contains("\"code\": \"config-invalid\"", "\"name\": \"whole\"");
    assertThat(cli.coppice("mirror", "--config=mirrors.conf", "other").err())
        .contains("There is no mirror other in mirrors.conf");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keep=0 | keep='0' is not 1 or more",
        "grace=soon | grace='soon' is not a time span",
        "summary=none | summary='none' is not 'own' or 'upstream'",
        "verify=all | verify='all' is not 'fetched', 'complete' or 'full'",
        "bandwidth=fast | bandwidth='fast' is not a number of megabytes a second",
        "kep=1 | has the key 'kep', which is not known",
        "architectures=x68 | Unknown architecture 'x68'",
        "include=[ | lacks a closing bracket",
      })
  void wrongSettingsAreRefused(String line, String message) throws IOException {
    Files.writeString(
        temp.path("mirrors.conf"),
        "[mirror \"m\"]\nrepo=" + mirror + "\nremotes=up\n" + line + "\n");

    CliRunner.Result result = cli.coppice("mirror", "--config=mirrors.conf");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--keep=0 | --keep: it is 1 or more",
        "--grace=x | Invalid time span 'x'",
        "--verify=x | Invalid value 'x' of --verify",
        "--depth=-2 | Invalid depth -2",
        "--bandwidth=-1 | --bandwidth is a number",
        "--bandwidth=fast | Cannot parse double value “fast” for --bandwidth",
        "--sign-commits | --sign-commits needs",
        "--sign=x | Invalid", // as with the other commands that sign
      })
  void wrongOptionsAreRefused(String option, String message) {
    CliRunner.Result result = cli.coppice("mirror", "--repo=mirror", option, "up");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains(message);
  }

  @Test
  void remoteMustBeNamed() {
    assertThat(cli.coppice("mirror", "--repo=mirror").err()).contains("REMOTE must be specified");
  }
}
