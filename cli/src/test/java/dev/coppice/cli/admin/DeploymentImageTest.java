package dev.coppice.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.OsTree;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The composefs image in a deployment, for each setting of tree and repository. */
class DeploymentImageTest {
  private static final String CONFIG = "usr/lib/ostree/prepare-root.conf";

  private final TempTree temp = TempTree.create();
  private final CliRunner ours =
      CliRunner.in(temp.root()).with(Map.of("OSTREE_SYSROOT_OPTS", "skip-sync"));
  private final Optional<RealOstree> real = RealOstree.findComposefs();

  @BeforeEach
  void prepare() throws IOException {
    Root.require();
    Files.createDirectory(temp.path("ours"));
    if (real.isPresent()) {
      Files.createDirectory(temp.path("theirs"));
    }
    run("admin", "init-fs", "--modern", "ours");
    run("admin", "--sysroot=ours", "os-init", "os");
    real.ifPresent(
        tool -> {
          real(tool, "init-fs", "--modern", temp.path("theirs").toString()).ok();
          real(tool, "--sysroot=" + temp.path("theirs"), "os-init", "os").ok();
        });
    OsTree.V1.write(temp.path("tree"));
  }

  @AfterEach
  void clean() {
    run("admin", "--sysroot=ours", "undeploy", "0");
    Programs.run("chattr", "-R", "-f", "-i", temp.root().toString());
    temp.close();
  }

  private CliRunner.Result run(String... words) {
    return ours.ostree(words);
  }

  private static Programs.Result real(RealOstree tool, String... words) {
    Stream<String> all = Stream.concat(Stream.of("admin"), Arrays.stream(words));
    return tool.run(Map.of("OSTREE_SYSROOT_OPTS", "skip-sync"), all.toArray(String[]::new));
  }

  /** Commits the tree to both sysroots; returns the commit. */
  private String commit() {
    String commit = "";
    for (String sysroot : List.of("theirs", "ours")) {
      if (Files.isDirectory(temp.path(sysroot))) {
        CliRunner.Result result =
            run(
                "commit",
                "--repo=" + sysroot + "/ostree/repo",
                "--branch=v",
                "--timestamp=@1",
                "--generate-composefs-metadata",
                "tree");
        assertThat(result.err()).isEmpty();
        commit = result.out().strip();
      }
    }
    return commit;
  }

  private static Path image(Path sysroot, String commit) {
    return sysroot.resolve("ostree/deploy/os/deploy/" + commit + ".0/.ostree.cfs");
  }

  private byte[] deployed(String commit) throws IOException {
    CliRunner.Result result = run("admin", "--sysroot=ours", "deploy", "--os=os", "v");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    Path image = image(temp.path("ours"), commit);
    assertThat(Files.getAttribute(image, "unix:mode")).isEqualTo(0100644);
    if (real.isPresent()) {
      real(real.get(), "--sysroot=" + temp.path("theirs"), "deploy", "--os=os", "v").ok();
      assertThat(Files.mismatch(image, image(temp.path("theirs"), commit))).isEqualTo(-1);
    }
    return Files.readAllBytes(image);
  }

  private byte[] checkedOut(String option) throws IOException {
    run("checkout", "--repo=ours/ostree/repo", option, "v", "image");
    return Files.readAllBytes(temp.path("image"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "enabled=no", "enabled=maybe", "enabled = yes", "enabled=true", "keypath=/x"})
  void nothingIsEnforcedWhereNobodyAsks(String setting) throws IOException {
    TreeBuilder.in(temp.path("tree")).file(CONFIG, "[composefs]\n" + setting + "\n");
    assertThat(deployed(commit())).isEqualTo(checkedOut("--composefs-noverity"));
  }

  @Test
  void treesWithoutSettingsHaveImagesToo() throws IOException {
    assertThat(deployed(commit())).isEqualTo(checkedOut("--composefs-noverity"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"enabled=signed", "enabled=verity"})
  void allIsEnforcedWhereTheTreeAsks(String setting) throws IOException {
    TreeBuilder.in(temp.path("tree")).file(CONFIG, "[composefs]\n" + setting + "\n");
    assertThat(deployed(commit())).isEqualTo(checkedOut("--composefs"));
  }

  @Test
  void settingsOfTheRepositoryDoNotChangeTheImage() throws IOException {
    for (String sysroot : List.of("theirs", "ours")) {
      if (Files.isDirectory(temp.path(sysroot))) {
        run("config", "--repo=" + sysroot + "/ostree/repo", "set", "ex-integrity.composefs", "yes");
      }
    }
    assertThat(deployed(commit())).isEqualTo(checkedOut("--composefs-noverity"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[composefs]\nenabled=sometimes\n",
        "[composefs]\nenabled=Verity\n",
        "[root]\ntransient=true\ntransient-ro=true\n",
      })
  void wrongSettingsAreRefused(String text) throws IOException {
    TreeBuilder.in(temp.path("tree")).file(CONFIG, text);
    commit();
    CliRunner.Result result = run("admin", "--sysroot=ours", "deploy", "--os=os", "v");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("Parsing rootfs config: ");
    if (real.isPresent()) {
      Programs.Result theirs =
          real(real.get(), "--sysroot=" + temp.path("theirs"), "deploy", "--os=os", "v");
      assertThat(result.err().lines().findFirst()).isEqualTo(theirs.err().lines().findFirst());
    }
  }
}
