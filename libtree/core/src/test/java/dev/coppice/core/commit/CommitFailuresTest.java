package dev.coppice.core.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.RepoMode;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import dev.coppice.posix.PosixNames;
import dev.coppice.testdata.Jvm;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong leaves refs and visible objects as they were, and says what and where. */
class CommitFailuresTest {
  private final TempTree temporary = TempTree.create();

  @AfterEach
  void cleanUp() {
    temporary.close();
  }

  static CommitResult commit(Repo repo, Path tree) throws IOException {
    var request =
        new CommitRequest(
            new CommitRequest.Target(Optional.of("test"), new CommitRequest.Parent.OfBranch()),
            new CommitRequest.Content(Optional.empty(), List.of(new TreeSource.Directory(tree))),
            Changes.NONE,
            new CommitRequest.Description("", "", OptionalLong.of(1), CommitMetadata.PLAIN),
            Set.of());
    return Committer.run(repo, request, repo.writeOptions(), event -> {});
  }

  private Repo init(RepoMode mode) throws IOException {
    return Init.run(new InitRequest(temporary.path("repo"), mode, Optional.empty()));
  }

  @Test
  void whatTreesCannotHoldIsNamed() throws IOException {
    Path tree = temporary.tree("tree").file("dir/a", "a").fifo("dir/pipe").root();
    try (Repo repo = init(RepoMode.ARCHIVE)) {
      assertThatThrownBy(() -> commit(repo, tree))
          .isInstanceOfSatisfying(
              TreeException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.FILE_UNSUPPORTED);
                assertThat(e.getMessage()).isEqualTo("Not a regular file or symlink: pipe");
                assertThat(e.nextStep()).contains("/dir/pipe is a fifo");
              });
      assertThat(repo.refs().exists(dev.coppice.core.ref.RefSpec.local("test"))).isFalse();
    }
  }

  @Test
  void failuresLeaveNoDirectoryOpen() throws IOException {
    TreeBuilder tree = temporary.tree("tree");
    for (int i = 0; i < 40; i++) {
      tree.file("a/" + i, "x").file("a/deep/er/" + i, "y");
    }
    Path root = tree.fifo("a/deep/er/zz").fifo("a/zz").root();
    try (Repo repo = init(RepoMode.ARCHIVE)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> commit(repo, root)).isInstanceOf(TreeException.class);
      }
      try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
        assertThat(open.map(CommitFailuresTest::target))
            .noneMatch(target -> target.startsWith(root.toString()));
      }
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // Closed meanwhile, as that of the listing itself.
    }
  }

  @Test
  void namesThatAreNotUtf8AreRefused() throws IOException {
    Path tree = temporary.tree("tree").root();
    String name = PosixNames.decode(new byte[] {'x', (byte) 0xff});
    try (Fd directory = Fs.openDir(Fd.CWD, tree.toString())) {
      Fs.open(directory, name, OpenFlags.O_CREAT | OpenFlags.O_WRONLY, 0644).close();
      try (Repo repo = init(RepoMode.ARCHIVE)) {
        assertThatThrownBy(() -> commit(repo, tree))
            .isInstanceOfSatisfying(
                TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NAME_INVALID));
      } finally {
        Fs.unlink(directory, name);
      }
    }
  }

  @Test
  void aSymbolicLinkInPlaceOfTheSourceIsNotFollowed() throws IOException {
    temporary.tree("real").file("a", "a");
    Path link = Files.createSymbolicLink(temporary.path("link"), Path.of("real"));
    try (Repo repo = init(RepoMode.ARCHIVE)) {
      assertThatThrownBy(() -> commit(repo, link)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFullDiskLosesNothing() throws IOException {
    Root.require();
    Path mount = Files.createDirectory(temporary.path("mount"));
    Programs.run("mount", "-t", "tmpfs", "-o", "size=4m", "none", mount.toString()).ok();
    try {
      Path small = temporary.tree("small").randomFile("a", 100_000, 1).root();
      Path large = temporary.tree("large").randomFile("a", 8 << 20, 2).root();
      Path path = mount.resolve("repo");
      try (Repo repo = Init.run(new InitRequest(path, RepoMode.BARE, Optional.empty()))) {
        Files.writeString(
            path.resolve("config"),
            Files.readString(path.resolve("config")) + "min-free-space-percent=0\n");
      }
      try (Repo repo = Repo.open(path)) {
        CommitResult first = commit(repo, small);
        assertThatThrownBy(() -> commit(repo, large))
            .isInstanceOfSatisfying(
                PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOSPC));
        assertThat(repo.resolve("test")).isEqualTo(first.commit());
        assertThat(commit(repo, small).made()).isTrue();
      }
      RealOstree.find().ifPresent(real -> real.run("fsck", "--repo=" + path, "--quiet").ok());
    } finally {
      Programs.run("umount", mount.toString()).ok();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {150, 400, 700, 1000, 1500})
  void aKilledCommitIsRepeated(int millis) throws IOException, InterruptedException {
    var tree = temporary.tree("tree");
    for (int i = 0; i < 300; i++) {
      tree.randomFile("d" + i % 20 + "/f" + i, 20_000, i);
    }
    try (Repo repo = init(RepoMode.BARE_USER_ONLY)) {
      Process process =
          new ProcessBuilder(
                  Jvm.command(
                      List.of(),
                      CommitProcess.class,
                      repo.path().toString(),
                      tree.root().toString()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      Optional<RealOstree> real = RealOstree.find();
      real.ifPresent(peer -> peer.run("fsck", "--repo=" + repo.path(), "--quiet").ok());
      CommitResult result = commit(repo, tree.root());
      assertThat(repo.resolve("test")).isEqualTo(result.commit());
      real.ifPresent(peer -> peer.run("fsck", "--repo=" + repo.path(), "--quiet").ok());
      // The real tool makes a directory for caches there.
      assertThat(repo.path().resolve("tmp").toFile().list()).isSubsetOf("cache");
    }
  }
}
