package dev.coppice.cli.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TourTest {
  private Path directory = Path.of("");

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("tour-test");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    Fs.removeTreeClearingImmutable(Fd.CWD, directory.toString());
  }

  @Test
  void endsWithTheFirstVersionAsDefaultAndTheChangedFileKept() throws IOException {
    CliRunner.Result tour = CliRunner.in(directory).coppice("tour", "kept");
    assertThat(tour.err()).doesNotContain("error:");
    assertThat(tour.code()).isZero();
    Path sysroot = directory.resolve("kept/sysroot");
    assertThat(Files.readString(sysroot.resolve("boot/loader/entries/ostree-2.conf")))
        .contains("title Tour OS 1", "root=LABEL=tour");
    assertThat(Files.readString(sysroot.resolve("boot/loader/entries/ostree-1.conf")))
        .contains("title Tour OS 2", "root=LABEL=tour");
    assertThat(tour.out())
        .contains(
            "pull vendor",
            "M    motd",
            "A    /usr/bin/goodbye",
            "tour/x86_64/stable, 1 version behind",
            "pull --require-static-deltas vendor",
            "Property of the tour",
            "no errors found");
  }

  @Test
  void theHostTakesNothingThatTheKeyDidNotSign() {
    assertThat(CliRunner.in(directory).coppice("tour", "kept").code()).isZero();
    Path kept = directory.resolve("kept");
    CliRunner runner = CliRunner.in(kept);
    String tree = "--tree=dir=" + kept.resolve("v1");
    assertThat(runner.ostree("commit", "--repo=repo", "-b", "tour/x86_64/stable", tree).code())
        .isZero();
    assertThat(runner.ostree("summary", "--repo=repo", "-u").code()).isZero();
    CliRunner.Result pull =
        runner.ostree("pull", "--repo=sysroot/ostree/repo", "vendor", "tour/x86_64/stable");
    assertThat(pull.code()).isEqualTo(1);
    assertThat(pull.err()).contains("error: ").containsIgnoringCase("sign");
  }

  @Test
  void theRealToolSeesTheSameDeployments() {
    RealOstree ostree = RealOstree.require();
    assertThat(CliRunner.in(directory).coppice("tour", "kept").code()).isZero();
    Path sysroot = directory.resolve("kept/sysroot");
    String ours = CliRunner.in(directory).ostree("admin", "--sysroot=" + sysroot, "status").out();
    Programs.Result theirs = ostree.run("admin", "--sysroot=" + sysroot, "status");
    assertThat(theirs.out()).isEqualTo(ours);
    assertThat(ostree.run("--repo=" + sysroot.resolve("ostree/repo"), "fsck").exit()).isZero();
  }

  @Test
  void leavesNothingWhenNoDirectoryIsNamed() {
    CliRunner.Result tour = CliRunner.in(directory).coppice("tour");
    assertThat(tour.code()).isZero();
    String place = tour.out().replaceAll("(?s).*?--repo=(\\S+)/repo init.*", "$1");
    assertThat(Path.of(place)).doesNotExist();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesADirectoryWithSomethingInIt() throws IOException {
    Files.writeString(directory.resolve("mine"), "precious");
    CliRunner.Result tour = CliRunner.in(directory).coppice("tour", ".");
    assertThat(tour.code()).isEqualTo(1);
    assertThat(tour.err()).contains("not empty");
    assertThat(directory.resolve("mine")).hasContent("precious");
  }
}
