package dev.coppice.core.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.repo.Repo;
import dev.coppice.testdata.DirSnapshot;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkouts into directories that exist. */
class CheckoutUnionTest {
  private final RealOstree real = RealOstree.findNew().orElseGet(RealOstree::require);
  private final TempTree temp = TempTree.create();
  private final Path path = temp.path("repo");

  @BeforeEach
  void makeRepository() {
    Root.require();
    real.run("--repo=" + path, "init", "--mode=bare").ok();
    temp.tree("lower")
        .file("both", "lower\n")
        .file("same", "same\n")
        .file("lower-only", "lower\n")
        .file("empty", "")
        .symlink("link", "lower")
        .file("dir/gone", "gone\n")
        .file("opaque/below", "below\n")
        .file("becomes-dir", "file\n")
        .file("becomes-file/x", "x\n")
        .dir("kept-mode")
        .mode(0700);
    temp.tree("upper")
        .file("both", "upper\n")
        .file("same", "same\n")
        .file("upper-only", "upper\n")
        .file("empty", "")
        .symlink("link", "upper")
        .file("dir/.wh.gone", "")
        .file("dir/new", "new\n")
        .file("opaque/.wh..wh..opq", "")
        .file("opaque/new", "new\n")
        .dir("kept-mode")
        .mode(0755);
    temp.tree("types").dir("becomes-dir").file("becomes-file", "file\n");
    for (String branch : new String[] {"lower", "upper", "types"}) {
      real.on(path, "commit", "-b", branch, temp.path(branch).toString());
    }
  }

  @AfterEach
  void removeFiles() {
    temp.close();
  }

  private void lower(Path destination) {
    real.on(path, "checkout", "-H", "lower", destination.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "--union, REPLACE_FILES, PREFERRED",
    "--union-add, KEEP_FILES, PREFERRED",
    "--union -H, REPLACE_FILES, REQUIRED",
    "--union-add -C, KEEP_FILES, COPY",
    "--union -C, REPLACE_FILES, COPY",
    "--union --whiteouts, REPLACE_FILES, PREFERRED"
  })
  void mergesLikeTheRealTool(String arguments, Overwrite overwrite, Linking linking)
      throws IOException {
    Path theirs = temp.path("theirs");
    Path ours = temp.path("ours");
    lower(theirs);
    lower(ours);
    String[] flags = arguments.split(" ");
    var command = new java.util.ArrayList<>(java.util.List.of("checkout"));
    command.addAll(java.util.List.of(flags));
    command.addAll(java.util.List.of("upper", theirs.toString()));
    real.on(path, command.toArray(String[]::new));
    CheckoutOptions options = CheckoutOptions.DEFAULT.with(overwrite).with(linking);
    if (arguments.contains("--whiteouts")) {
      options = options.with(CheckoutFlag.WHITEOUTS);
    }
    checkout("upper", ours, options);
    assertThat(DirSnapshot.of(ours).lines()).isEqualTo(DirSnapshot.of(theirs).lines());
    assertThat(CheckoutPeerTest.linked(ours)).isEqualTo(CheckoutPeerTest.linked(theirs));
  }

  @Test
  void layersReplaceFilesByDirectoriesAndDirectoriesByFiles() throws IOException {
    Path ours = temp.path("ours");
    lower(ours);
    CheckoutOptions options =
        CheckoutOptions.DEFAULT.with(Overwrite.REPLACE_FILES).with(CheckoutFlag.WHITEOUTS);
    checkout("types", ours, options);
    assertThat(ours.resolve("becomes-dir")).isEmptyDirectory();
    assertThat(ours.resolve("becomes-file")).hasContent("file\n");
    assertThat(ours.resolve("lower-only")).exists();
  }

  @Test
  void identicalFilesAreKeptAndOthersRefused() throws IOException {
    Path destination = temp.path("ours");
    lower(destination);
    CheckoutOptions options =
        CheckoutOptions.DEFAULT.with(Overwrite.ONLY_IDENTICAL).with(Linking.REQUIRED);
    CheckoutResult again = checkout("lower", destination, options);
    assertThat(again.linked()).isZero();
    assertThat(again.copied()).isZero();
    assertThat(again.kept()).isEqualTo(9);
    assertThatThrownBy(() -> checkout("upper", destination, options))
        .isInstanceOf(CheckoutException.class)
        .hasMessageContaining("Hardlinking")
        .hasMessageContaining(": File exists (at " + destination + "/both)");
  }

  @Test
  void withoutUnionNothingMayExist() throws IOException {
    Path destination = Files.createDirectory(temp.path("ours"));
    assertThatThrownBy(() -> checkout("lower", destination, CheckoutOptions.DEFAULT))
        .isInstanceOf(CheckoutException.class)
        .hasMessageStartingWith("mkdirat: File exists");
    assertThat(destination).isEmptyDirectory();
  }

  @Test
  void linksInTheDestinationAreNotFollowed() throws IOException {
    Path outside = Files.createDirectory(temp.path("outside"));
    Path destination = Files.createDirectory(temp.path("ours"));
    Files.createSymbolicLink(destination.resolve("dir"), outside);
    for (Overwrite overwrite : new Overwrite[] {Overwrite.REPLACE_FILES, Overwrite.KEEP_FILES}) {
      assertThatThrownBy(
              () -> checkout("lower", destination, CheckoutOptions.DEFAULT.with(overwrite)))
          .isInstanceOf(CheckoutException.class)
          .hasMessageContaining("Not a directory")
          .hasMessageContaining(destination + "/dir");
    }
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void filesAreReplacedNotWrittenThrough() throws IOException {
    Path outside = Files.writeString(temp.path("outside"), "mine\n");
    Path destination = Files.createDirectory(temp.path("ours"));
    Files.createSymbolicLink(destination.resolve("both"), outside);
    Files.createSymbolicLink(destination.resolve("empty"), outside);
    checkout("lower", destination, CheckoutOptions.DEFAULT.with(Overwrite.REPLACE_FILES));
    assertThat(outside).hasContent("mine\n");
    assertThat(Files.isSymbolicLink(destination.resolve("both"))).isFalse();
    assertThat(Files.isSymbolicLink(destination.resolve("empty"))).isFalse();
  }

  private CheckoutResult checkout(String branch, Path destination, CheckoutOptions options)
      throws IOException {
    try (Repo repo = Repo.open(path)) {
      return Checkout.run(repo, CheckoutRequest.of(repo.resolve(branch), destination, options));
    }
  }
}
