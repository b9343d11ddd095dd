package dev.coppice.core.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.coppice.core.repo.Repo;
import dev.coppice.posix.Fd;
import dev.coppice.testdata.DirSnapshot;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same tree, checked out by the real tool and by us, has to be the same on disk. */
class CheckoutPeerTest {
  private static final List<String> MODES =
      List.of("bare", "bare-user", "bare-user-only", "archive");

  private record Variant(String arguments, CheckoutOptions options) {
    @Override
    public String toString() {
      return arguments;
    }
  }

  private static final List<Variant> VARIANTS =
      List.of(
          new Variant("", CheckoutOptions.DEFAULT),
          new Variant("-U", CheckoutOptions.DEFAULT.with(CheckoutMode.USER)),
          new Variant("-C", CheckoutOptions.DEFAULT.with(Linking.COPY)),
          new Variant("-U -C", CheckoutOptions.DEFAULT.with(CheckoutMode.USER).with(Linking.COPY)),
          new Variant("-M", CheckoutOptions.DEFAULT.with(CheckoutFlag.PLAIN_DIRECTORY_MODES)),
          new Variant("--whiteouts", CheckoutOptions.DEFAULT.with(CheckoutFlag.WHITEOUTS)),
          new Variant(
              "--process-passthrough-whiteouts",
              CheckoutOptions.DEFAULT.with(CheckoutFlag.PASSTHROUGH_WHITEOUTS)));

  static Stream<Arguments> cases() {
    return MODES.stream()
        .flatMap(mode -> VARIANTS.stream().map(variant -> arguments(mode, variant)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAsTheRealToolMakesIt(String mode, Variant variant) throws IOException {
    RealOstree real = RealOstree.findNew().orElseGet(RealOstree::require);
    try (TempTree temp = TempTree.create()) {
      Path path = PeerTree.repo(temp, real, mode);
      Path theirs = temp.path("theirs");
      var command = new ArrayList<>(List.of("checkout", "--disable-cache"));
      command.addAll(Stream.of(variant.arguments().split(" ")).filter(s -> !s.isEmpty()).toList());
      command.addAll(List.of("tree", theirs.toString()));
      real.on(path, command.toArray(String[]::new));
      List<String> theirLinks = linked(theirs);
      Path ours = temp.path("ours");
      try (Repo repo = Repo.open(path)) {
        Checkout.run(repo, CheckoutRequest.of(repo.resolve("tree"), ours, variant.options()));
      }
      assertThat(DirSnapshot.of(ours).lines()).isEqualTo(DirSnapshot.of(theirs).lines());
      assertThat(linked(ours)).isEqualTo(theirLinks);
      if (variant.options().linking() != Linking.COPY) {
        assertThat(directoryTimes(ours)).isEqualTo(directoryTimes(theirs));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "d/", "d/.", "d/./.", "./d/."})
  void namesOfDestinationsMayEndInADot(String name) throws IOException {
    RealOstree real = RealOstree.findNew().orElseGet(RealOstree::require);
    try (TempTree temp = TempTree.create()) {
      Path path = PeerTree.repo(temp, real, "bare-user");
      String theirs = Files.createDirectory(temp.path("theirs")) + "/" + name;
      String ours = Files.createDirectory(temp.path("ours")) + "/" + name;
      real.on(path, "checkout", "-U", "tree", theirs);
      try (Repo repo = Repo.open(path)) {
        var options = CheckoutOptions.DEFAULT.with(CheckoutMode.USER);
        var request = new CheckoutRequest(repo.resolve("tree"), "/", Fd.CWD, ours, options);
        Checkout.run(repo, request);
      }
      assertThat(DirSnapshot.of(temp.path("ours/d")).lines())
          .isEqualTo(DirSnapshot.of(temp.path("theirs/d")).lines());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "bare-user"})
  void requiredLinksAreRefusedWhereTheyAreImpossible(String mode) throws IOException {
    RealOstree real = RealOstree.findNew().orElseGet(RealOstree::require);
    try (TempTree temp = TempTree.create()) {
      Path path = PeerTree.repo(temp, real, mode);
      String flag = mode.equals("bare") ? "-U" : "--disable-cache";
      var theirs =
          real.run(
              "--repo=" + path, "checkout", "-H", flag, "tree", temp.path("theirs").toString());
      assertThat(theirs.exit()).isNotZero();
      CheckoutOptions options = CheckoutOptions.DEFAULT.with(Linking.REQUIRED);
      CheckoutOptions wrong = mode.equals("bare") ? options.with(CheckoutMode.USER) : options;
      try (Repo repo = Repo.open(path)) {
        var request = CheckoutRequest.of(repo.resolve("tree"), temp.path("ours"), wrong);
        String message =
            org.junit.jupiter.api.Assertions.assertThrows(
                    CheckoutException.class, () -> Checkout.run(repo, request))
                .getMessage();
        String expected = theirs.err().strip().replace("error: ", "");
        assertThat(message).startsWith(expected);
      }
    }
  }

  /** Paths of files that have more than one name: after one checkout, those shared with objects. */
  static List<String> linked(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> links(path) > 1)
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private static int links(Path path) {
    try {
      return (int) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static TreeMap<String, FileTime> directoryTimes(Path root) throws IOException {
    var times = new TreeMap<String, FileTime>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.toList()) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          times.put(root.relativize(path).toString(), Files.getLastModifiedTime(path));
        }
      }
    }
    return times;
  }
}
