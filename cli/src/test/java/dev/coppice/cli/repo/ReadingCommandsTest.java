package dev.coppice.cli.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.cli.SideBySide;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code rev-parse}, {@code refs}, {@code log} and {@code show} print what the real ostree does.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ReadingCommandsTest {
  private final TempTree temp = TempTree.create();
  private SampleRepo sample;
  private Map<String, String> values;

  @BeforeAll
  void make() throws IOException {
    sample = SampleRepo.make(RealOstree.require(), temp, "archive");
    values = sample.values();
  }

  @AfterAll
  void remove() {
    temp.close();
  }

  static Stream<String> lines() {
    return SideBySide.lines(
        """
        rev-parse
        rev-parse main main^ main^^ {short} {first}
        rev-parse main^^^
        rev-parse main nothing main
        rev-parse {zeros}
        rev-parse {zeros}^
        rev-parse upstream:os/stable os/stable upstream/os/stable current
        rev-parse upstream:main
        rev-parse a␠b
        rev-parse main: main
        rev-parse :main
        rev-parse x:y:z
        rev-parse main^x
        ~ rev-parse os
        ~ rev-parse main/x
        rev-parse --single
        rev-parse --single main
        rev-parse -S

        set refs
        set refs --list
        set refs os
        set refs os --list
        set refs --list os/x86
        refs os/x86/base
        set refs main os
        refs o
        refs nothing
        refs ∅
        refs upstream:
        refs upstream:os
        refs upstream:os --list
        refs other:
        refs a␠b
        refs --alias
        refs -A os
        refs --collections
        refs -c org.example.Os
        refs -c org.example.None
        refs -c nonsense
        new refs -r
        new refs --revision os
        new refs -c -r
        new refs -c --revision org.example.Os

        log
        log main
        log main^
        log --raw main
        log {first} ignored
        log os/x86/base
        log upstream:os/stable
        log nothing
        log {zeros}
        log {dirmeta}

        show
        show main
        show {first}
        show {short}
        show --raw main
        show --raw {first}
        show --raw {dirmeta}
        show --raw {dirtree}
        show -B {first}
        show -B {dirmeta}
        show --no-byteswap --raw {dirtree}
        show {dirmeta}
        show {dirtree}
        show {filez}
        show nothing
        show {zeros}
        show 00
        show --print-related main
        show --print-sizes {first}
        show --print-sizes main
        ~ show --print-sizes {zeros}
        show --print-metadata-key=version {first}
        show --print-metadata-key=number {first}
        show --print-metadata-key=number -B {first}
        show --print-metadata-key=bytes {first}
        show --print-metadata-key=text {first}
        show --print-metadata-key=many {first}
        show --print-metadata-key=pair {first}
        show --print-metadata-key=pair --no-byteswap {first}
        show --print-metadata-key=ostree.ref-binding main^
        show --print-metadata-key=nothing main
        show --print-metadata-key=version nothing
        show --print-detached-metadata-key=later {first}
        show --print-detached-metadata-key=nothing {first}
        show --print-detached-metadata-key=later main
        new show --print-metadata-key=bytes --print-hex {first}
        new show --print-metadata-key=version --print-hex {first}
        new show --list-metadata-keys {first}
        new show --list-metadata-keys main
        new show --list-detached-metadata-keys {first}
        new show --list-detached-metadata-keys main
        show --print-variant-type=(a{sv}aya(say)sstayay) {commit-path}
        show --print-variant-type=a{sv} {commitmeta-path}
        show --print-variant-type=a(uuua(ayay)) {dirmeta-path}
        show --print-variant-type=s config
        show --print-variant-type=ay refs/heads/main
        show --print-variant-type=t config
        ~ show --print-variant-type=s nothing
        ~ show --print-variant-type=s refs
        show --gpg-homedir=/nonexistent main
        show --gpg-verify-remote=nothing main

        config
        config get core.mode
        config get core.nothing
        config get nothing.nothing
        config get core
        config get
        config --group=core get mode
        config --group=core get
        config get core.mode more
        config set core.mode
        config --group=core set mode
        config unset
        config nothing
        config set nothing
        """);
  }

  private String value(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void printsWhatTheRealToolPrints(String line) {
    Path directory = sample.path();
    for (RealOstree real : RealOstree.requireAll()) {
      new SideBySide(real, directory, directory, values).check(line);
    }
  }

  @Test
  void historyThatIsNotThereIsTold() throws IOException {
    sample.copyTo(temp.path("shallow"));
    String second = value("second");
    Files.delete(
        temp.path("shallow")
            .resolve("objects")
            .resolve(second.substring(0, 2))
            .resolve(second.substring(2) + ".commit"));
    for (RealOstree real : RealOstree.requireAll()) {
      new SideBySide(real, temp.path("shallow"), temp.path("shallow"), values).check("log main");
    }
    CliRunner.Result json = CliRunner.in(temp.path("shallow")).coppice("log", "--json", "main");
    assertThat(json.out()).contains("\"complete\": false");
  }

  @Test
  void aDamagedCommitIsNamed() throws IOException {
    sample.copyTo(temp.path("damaged"));
    String second = value("second");
    Path object =
        temp.path("damaged")
            .resolve("objects")
            .resolve(second.substring(0, 2))
            .resolve(second.substring(2) + ".commit");
    Files.write(object, new byte[] {1, 2, 3});
    for (String command : new String[] {"log", "show"}) {
      CliRunner.Result result = CliRunner.in(temp.path("damaged")).ostree(command, "main^");
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err()).contains("error: Corrupted object " + second + ".commit");
    }
    CliRunner.Result log = CliRunner.in(temp.path("damaged")).ostree("log", "main");
    assertThat(log.out()).as("what could be read comes first").startsWith("commit ");
    assertThat(log.code()).isEqualTo(1);
  }

  @Test
  void sizesTellWhatIsMissing() throws IOException {
    sample.copyTo(temp.path("partial"));
    Files.delete(temp.path("partial").resolve(value("filez-path")));
    for (RealOstree real : RealOstree.requireAll()) {
      new SideBySide(real, temp.path("partial"), temp.path("partial"), values)
          .check("show --print-sizes {first}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare-user", "bare-user-only"})
  void filesAreShownInOtherModes(String mode) throws IOException {
    try (TempTree other = TempTree.create()) {
      SampleRepo repo = SampleRepo.make(RealOstree.require(), other, mode);
      Path directory = repo.path();
      for (RealOstree real : RealOstree.requireAll()) {
        var both = new SideBySide(real, directory, directory, repo.values());
        for (Path object : repo.objects(".file")) {
          both.check("show " + object.toString().replace("/", "").replace(".file", ""));
        }
      }
    }
  }

  @Test
  void signaturesDoNotPassForVerified() throws IOException {
    sample.copyTo(temp.path("signed"));
    Variant signatures =
        Variant.array(VariantType.BYTES, List.of(Variant.ofBytes(new byte[] {1, 2, 3})));
    try (Repo repo = Repo.open(temp.path("signed"));
        Transaction tx = repo.begin()) {
      tx.writeDetachedMetadata(
          repo.resolve("main"),
          VariantDict.builder().put("ostree.gpgsigs", signatures).build().serialized());
      tx.publish(List.of());
    }
    CliRunner here = CliRunner.in(temp.path("signed"));
    CliRunner.Result shown = here.ostree("show", "main");
    assertThat(shown.code()).isZero();
    assertThat(shown.out()).contains("Found 1 signature:", "Can't check signature");
    assertThat(shown.err()).contains("warning: The signature does not count");
  }

  @Test
  void jsonHasTheSameAnswers() {
    CliRunner here = CliRunner.in(sample.path());
    String first = value("first");
    assertThat(here.coppice("rev-parse", "--json", "main^^").out())
        .isEqualToIgnoringNewLines(
            """
            {
              "revisions": [
                {
                  "rev": "main^^",
                  "commit": "%s"
                }
              ]
            }
            """
                .formatted(first));
    assertThat(here.coppice("refs", "--json", "upstream:").out())
        .contains("\"ref\": \"os/stable\"", "\"remote\": \"upstream\"", value("second"));
    assertThat(here.coppice("refs", "--json", "-A").out())
        .contains("\"ref\": \"current\"", "\"alias-of\": \"os/x86/base\"");
    assertThat(here.coppice("refs", "--json", "-c").out())
        .contains("\"collection\": \"org.example.Os\"");
    assertThat(here.coppice("log", "--json", "main").out())
        .contains("\"date\": \"5138-11-16T09:46:39Z\"", "\"complete\": true");
    assertThat(here.coppice("show", "--json", first).out())
        .contains("\"version\": \"1.2\"", "\"number\": \"uint32 5\"", "\"timestamp\": 0");
    assertThat(here.coppice("show", "--json", value("dirtree")).out())
        .contains("\"type\": \"dirtree\"", "\"files\": [");
    assertThat(here.coppice("show", "--json", value("dirmeta")).out())
        .contains("\"mode\": \"040755\"");
    assertThat(here.coppice("show", "--json", value("filez")).out())
        .contains("\"type\": \"file\"", "\"xattrs\": [");
    assertThat(here.coppice("show", "--json", "--print-sizes", first).out())
        .contains("\"needed\": {", "\"objects\": 0");
    assertThat(here.coppice("show", "--json", "--list-metadata-keys", first).out())
        .contains("\"ostree.sizes\"");
    assertThat(here.coppice("config", "--json", "get", "core.mode").out())
        .contains("\"value\": \"archive-z2\"");
  }
}
