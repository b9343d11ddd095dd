package dev.coppice.core.composefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.posix.Fd;
import dev.coppice.testdata.Golden;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of commits in files: those of the real tool, byte by byte. */
class ImageCheckoutTest {
  private static final Map<FileDigests, String> OPTIONS =
      Map.of(FileDigests.ALL, "--composefs", FileDigests.NONE, "--composefs-noverity");

  private static Checksum checkout(Path repository, String rev, FileDigests digests, Path target)
      throws IOException {
    try (Repo repo = Repo.open(repository)) {
      return checkout(repo, repo.resolve(rev), digests, target);
    }
  }

  private static Checksum checkout(Repo repo, Checksum commit, FileDigests digests, Path target)
      throws IOException {
    return ImageCheckout.run(
        repo, new ImageCheckout.Request(commit, digests, Fd.CWD, target.toString()));
  }

  @ParameterizedTest
  @EnumSource(names = "TREE", mode = EnumSource.Mode.EXCLUDE)
  void goldenRepositoriesHaveTheRecordedDigests(Golden golden) throws IOException {
    var recorded = new Properties();
    recorded.load(new StringReader(Golden.text("composefs-images.properties")));
    try (TempTree temp = TempTree.create()) {
      Path repo = golden.unpack(temp.path("repo"));
      for (Map.Entry<FileDigests, String> option : OPTIONS.entrySet()) {
        Path image = temp.path("image");
        Checksum digest = checkout(repo, "main", option.getKey(), image);
        assertThat(digest.hex())
            .isEqualTo(recorded.get(golden.id() + option.getValue().replaceFirst("--", ".")));
        try (var content = Files.newInputStream(image)) {
          assertThat(VerityDigest.of(content)).isEqualTo(digest);
        }
      }
    }
  }

  /** What the kernel, the format or a tool treats in a way of its own; needs root. */
  private static void write(TreeBuilder tree) {
    tree.file("usr/bin/su", "su\n").mode(04755);
    tree.file("usr/bin/wall", "wall\n").mode(02755);
    tree.file("usr/bin/ping", "ping\n").xattr("security.note", "labels").mode(0755);
    tree.file("usr/bin/empty", "").mode(0755);
    tree.file("usr/lib/same-1", "same\n").hardlink("usr/lib/linked", "usr/lib/same-1");
    tree.file("usr/lib/same-2", "same\n");
    tree.file("usr/lib/same-of-another", "same\n").owner(70_000, 3);
    tree.randomFile("usr/lib/block", 4096, 1).randomFile("usr/lib/blocks", 1_000_001, 2);
    tree.symlink("usr/lib/long", "../".repeat(1300));
    tree.symlink("usr/lib/short", "x").owner(7, 70_000).xattr("trusted.mark", "m");
    for (int i = 0; i < 40; i++) {
      tree.file("usr/xattrs/" + i, "x").xattr("user.n" + i % 7, "v".repeat(3 * i));
    }
    tree.file("usr/xattrs/many", "many");
    for (int i = 0; i < 80; i++) {
      tree.xattr("user." + i, i % 2 == 0 ? "" : "value");
    }
    tree.file("usr/xattrs/as-many", "as many");
    for (int i = 0; i < 80; i++) {
      tree.xattr("user." + i, i % 2 == 0 ? "" : "value");
    }
    tree.file("usr/xattrs/long", "long").xattr("user.long", "v".repeat(3000));
    tree.dir("usr/overlay").xattr("trusted.overlay.opaque", "y");
    tree.file("usr/overlay/f", "f").xattr("trusted.overlay.overlay.redirect", "/x");
    tree.file("usr/overlay/user", "u").xattr("user.overlay.whiteout", "");
    tree.file("layer/.wh.removed", "").file("layer/.ostree-wh.device", "");
    tree.dir("private").owner(7, 8).mode(02750).xattr("user.dir", "d").dir("sticky").mode(01777);
    tree.file("00", "in the place of a whiteout").dir("7f/x").symlink("sysroot", "elsewhere");
    for (String odd :
        new String[] {"-", "!", "+x", " ", "..-", ".-", "...", "é 日 \ud83d\ude00", "\n"}) {
      tree.file("usr/odd/" + odd, odd);
    }
    tree.file("usr/odd/" + "n".repeat(255), "longest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "bare-user", "bare-user-only", "archive"})
  void areThoseOfTheRealTool(String mode) throws IOException {
    Root.require();
    RealOstree real = RealOstree.requireComposefs();
    try (TempTree temp = TempTree.create()) {
      write(TreeBuilder.in(temp.path("source")));
      Files.createDirectories(temp.path("empty"));
      Path repo = repo(real, temp, mode);
      for (String tree : new String[] {"source", "empty"}) {
        String source = temp.path(tree).toString();
        real.on(repo, "commit", "-b", "main", "--canonical-permissions", source);
        assertSame(real, repo, temp);
        if (!mode.equals("bare-user-only")) {
          real.on(repo, "commit", "-b", "main", source);
          assertSame(real, repo, temp);
        }
      }
    }
  }

  private static Path repo(RealOstree real, TempTree temp, String mode) {
    Path repo = temp.path("repo");
    real.run("--repo=" + repo, "init", "--mode=" + mode).ok();
    real.on(repo, "config", "set", "core.fsync", "false");
    return repo;
  }

  private static void assertSame(RealOstree real, Path repo, TempTree temp) throws IOException {
    for (Map.Entry<FileDigests, String> option : OPTIONS.entrySet()) {
      Path theirs = temp.path("theirs");
      // The real tool wants a directory to write to on the file system where it runs.
      real.runIn(temp.root(), "--repo=" + repo, "checkout", option.getValue(), "main", "theirs")
          .ok();
      checkout(repo, "main", option.getKey(), temp.path("ours"));
      assertThat(Files.mismatch(temp.path("ours"), theirs)).isEqualTo(-1);
    }
  }

  /** Where the kernel enforces nothing, an image of a deployment is one without digests. */
  @Test
  void onlyEnforcedDigestsAreTakenFromTheKernel() throws IOException {
    try (TempTree temp = TempTree.create()) {
      Path repo = Golden.BARE_USER.unpack(temp.path("repo"));
      Checksum none = checkout(repo, "main", FileDigests.NONE, temp.path("none"));
      assertThat(checkout(repo, "main", FileDigests.WHERE_ENFORCED, temp.path("enforced")))
          .isEqualTo(none);
    }
  }

  @Test
  void filesAreReplacedAsAWhole() throws IOException {
    try (TempTree temp = TempTree.create()) {
      Path repo = Golden.ARCHIVE.unpack(temp.path("repo"));
      Path image = Files.writeString(temp.path("image"), "before");
      Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rw-------"));
      checkout(repo, "main", FileDigests.NONE, image);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(image)))
          .isEqualTo("rw-r--r--");
      byte[] content = Files.readAllBytes(image);
      try (Repo opened = Repo.open(repo)) {
        Checksum commit = promising(opened, Variant.ofBytes(new byte[Checksum.BYTES]));
        assertThatThrownBy(() -> checkout(opened, commit, FileDigests.ALL, image))
            .isInstanceOfSatisfying(
                Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_CORRUPT))
            .hasMessageContaining("doesn't match expected digest (00000000");
        assertThat(image).hasBinaryContent(content);
        // Whoever wants no digests cannot have promised any.
        checkout(opened, commit, FileDigests.NONE, temp.path("other"));
      }
      assertThat(temp.root()).isDirectoryNotContaining("glob:**/.tmp-*");
    }
  }

  @Test
  void promisesAreKept() throws IOException {
    try (TempTree temp = TempTree.create()) {
      Path path = Golden.ARCHIVE.unpack(temp.path("repo"));
      try (Repo repo = Repo.open(path)) {
        Checksum main = repo.resolve("main");
        Checksum digest = checkout(repo, main, FileDigests.ALL, temp.path("image"));
        Checksum kept = promising(repo, Variant.ofBytes(digest.bytes()));
        assertThat(checkout(repo, kept, FileDigests.ALL, temp.path("image"))).isEqualTo(digest);
        Checksum short_ = promising(repo, Variant.ofBytes(new byte[31]));
        assertThatThrownBy(() -> checkout(repo, short_, FileDigests.ALL, temp.path("image")))
            .hasMessageContaining("has the wrong size");
        Checksum text = promising(repo, Variant.ofString("no bytes"));
        checkout(repo, text, FileDigests.ALL, temp.path("image"));
      }
    }
  }

  /** A commit of the tree of main with another promise. */
  private static Checksum promising(Repo repo, Variant digest) throws IOException {
    Commit main = repo.loadCommit(repo.resolve("main"));
    Variant metadata = VariantDict.builder().put(ComposefsImage.DIGEST_KEY, digest).build();
    var commit =
        new Commit(metadata, Optional.empty(), main.related(), "", "", 1, main.tree(), main.meta());
    try (Transaction transaction = repo.begin()) {
      Checksum checksum = transaction.writeCommit(commit);
      transaction.publish(List.of());
      return checksum;
    }
  }

  @Test
  void missingObjectsAreNamed() throws IOException {
    try (TempTree temp = TempTree.create()) {
      Path path = Golden.ARCHIVE.unpack(temp.path("repo"));
      try (Repo repo = Repo.open(path)) {
        Commit main = repo.loadCommit(repo.resolve("main"));
        repo.store().delete(ObjectName.dirmeta(main.meta()));
        assertThatThrownBy(
                () -> checkout(repo, repo.resolve("main"), FileDigests.NONE, temp.path("image")))
            .isInstanceOf(MissingObjectException.class)
            .hasMessageContaining(main.meta().hex());
        assertThat(temp.path("image")).doesNotExist();
      }
    }
  }

  @Test
  void aFailureNamesTheFileThatWasAskedFor() throws IOException {
    try (TempTree temp = TempTree.create();
        Repo repo = Repo.open(Golden.ARCHIVE.unpack(temp.path("repo")))) {
      Path image = temp.path("missing/image");
      assertThatThrownBy(() -> checkout(repo, repo.resolve("main"), FileDigests.NONE, image))
          .hasMessage("openat(" + image + "): No such file or directory");
    }
  }
}
