package dev.coppice.core.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.repo.Repo;
import dev.coppice.testdata.DirSnapshot;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cache of one program has to serve the other. */
class UncompressedCacheTest {
  private static final String CACHE = "uncompressed-objects-cache";
  private static final CheckoutOptions OPTIONS =
      CheckoutOptions.DEFAULT.with(CheckoutMode.USER).with(CheckoutFlag.UNCOMPRESSED_CACHE);

  private static CheckoutResult checkout(Path path, Path destination, CheckoutOptions options)
      throws IOException {
    try (Repo repo = Repo.open(path)) {
      return Checkout.run(repo, CheckoutRequest.of(repo.resolve("tree"), destination, options));
    }
  }

  @Test
  void isTheSameAsTheRealTools() throws IOException {
    RealOstree real = RealOstree.require();
    try (TempTree temp = TempTree.create()) {
      Path ours = PeerTree.repo(temp, real, "archive");
      Path theirs = temp.path("copy");
      dev.coppice.testdata.Programs.run("cp", "-a", ours.toString(), theirs.toString()).ok();
      checkout(ours, temp.path("a"), OPTIONS);
      real.on(theirs, "checkout", "-U", "tree", temp.path("b").toString());
      assertThat(DirSnapshot.of(ours.resolve(CACHE)).lines())
          .isEqualTo(DirSnapshot.of(theirs.resolve(CACHE)).lines());
      assertThat(DirSnapshot.of(temp.path("a"))).isEqualTo(DirSnapshot.of(temp.path("b")));
      assertThat(CheckoutPeerTest.linked(temp.path("a")))
          .isEqualTo(CheckoutPeerTest.linked(temp.path("b")));
      // Each from the other's cache.
      CheckoutResult again = checkout(theirs, temp.path("c"), OPTIONS);
      assertThat(again.linked()).isEqualTo(CheckoutPeerTest.linked(temp.path("b")).size());
      real.on(ours, "checkout", "-U", "tree", temp.path("d").toString());
      assertThat(CheckoutPeerTest.linked(temp.path("d")))
          .isEqualTo(CheckoutPeerTest.linked(temp.path("c")));
      assertThat(stagingIn(ours)).isEmpty();
      real.on(ours, "fsck", "--quiet");
    }
  }

  @Test
  void isFilledWhereItIsIncomplete() throws IOException {
    RealOstree real = RealOstree.require();
    try (TempTree temp = TempTree.create()) {
      Path path = PeerTree.repo(temp, real, "archive");
      checkout(path, temp.path("a"), OPTIONS);
      List<String> full = DirSnapshot.of(path.resolve(CACHE)).lines();
      try (Stream<Path> directories = Files.list(path.resolve(CACHE))) {
        List<Path> sorted = directories.sorted().toList();
        TempTree.delete(sorted.getFirst());
        try (Stream<Path> files = Files.list(sorted.getLast())) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
      }
      checkout(path, temp.path("b"), OPTIONS);
      assertThat(DirSnapshot.of(path.resolve(CACHE)).lines()).isEqualTo(full);
      assertThat(DirSnapshot.of(temp.path("b"))).isEqualTo(DirSnapshot.of(temp.path("a")));
    }
  }

  @Test
  void isLeftAloneWhenTurnedOff() throws IOException {
    RealOstree real = RealOstree.require();
    try (TempTree temp = TempTree.create()) {
      Path path = PeerTree.repo(temp, real, "archive");
      checkout(path, temp.path("a"), CheckoutOptions.DEFAULT.with(CheckoutMode.USER));
      checkout(path, temp.path("b"), CheckoutOptions.DEFAULT.with(CheckoutFlag.UNCOMPRESSED_CACHE));
      real.on(path, "config", "set", "core.enable-uncompressed-cache", "false");
      checkout(path, temp.path("c"), OPTIONS);
      assertThat(path.resolve(CACHE)).doesNotExist();
      assertThat(stagingIn(path)).isEmpty();
    }
  }

  private static List<Path> stagingIn(Path repo) throws IOException {
    try (Stream<Path> files = Files.list(repo.resolve("tmp"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("checkout-")).toList();
    }
  }
}
