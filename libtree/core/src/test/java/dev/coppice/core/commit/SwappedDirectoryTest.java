package dev.coppice.core.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.RepoMode;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody swaps directories and files for symbolic links to the outside while the tree is walked:
 * nothing from outside gets into the repository.
 */
class SwappedDirectoryTest {
  private static final int COMMITS = 60;

  private final TempTree temporary = TempTree.create();

  @AfterEach
  void cleanUp() {
    temporary.close();
  }

  @Test
  void neverLeadsOutside() throws Exception {
    var inside = temporary.tree("tree");
    for (int i = 0; i < 20; i++) {
      inside.file("a" + i + "/x", "before " + i).file("dir/f" + i, "inside " + i);
    }
    inside.file("file", "inside");
    Path outside = temporary.tree("outside").root();
    for (int i = 0; i < 20; i++) {
      Files.writeString(outside.resolve("f" + i), "secret");
    }
    Path spare = temporary.tree("spare").root();
    Files.createSymbolicLink(spare.resolve("dir"), outside);
    Files.createSymbolicLink(spare.resolve("file"), outside.resolve("f0"));

    ObjectName secret;
    try (Repo other = init("other")) {
      CommitFailuresTest.commit(other, outside);
      secret = onlyFile(other);
    }
    var stop = new AtomicBoolean();
    Thread swapper = Thread.ofPlatform().start(() -> swap(inside.root(), spare, stop));
    int made = 0;
    int refused = 0;
    try (Repo repo = init("repo")) {
      for (int i = 0; i < COMMITS; i++) {
        try {
          CommitFailuresTest.commit(repo, inside.root());
          made++;
        } catch (IOException | TreeException e) {
          refused++; // Something was swapped between the look and the opening.
        }
      }
      assertThat(repo.objects().has(secret)).isFalse();
    } finally {
      stop.set(true);
      swapper.join();
    }
    assertThat(made).as("refused: " + refused).isPositive();
  }

  private Repo init(String name) throws IOException {
    return Init.run(
        new InitRequest(temporary.path(name), RepoMode.BARE_USER_ONLY, Optional.empty()));
  }

  private static ObjectName onlyFile(Repo repo) throws IOException {
    try (var files = Files.walk(repo.path().resolve("objects"))) {
      Path file = files.filter(path -> path.toString().endsWith(".file")).findFirst().orElseThrow();
      String hex = repo.path().resolve("objects").relativize(file).toString().replace("/", "");
      return ObjectName.file(Checksum.ofHex(hex.substring(0, Checksum.HEX_DIGITS)));
    }
  }

  private static void swap(Path tree, Path spare, AtomicBoolean stop) {
    try (Fd inside = Fs.openDir(Fd.CWD, tree.toString());
        Fd links = Fs.openDir(Fd.CWD, spare.toString())) {
      while (!stop.get()) {
        Fs.renameExchange(inside, "dir", links, "dir");
        Fs.renameExchange(inside, "file", links, "file");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
