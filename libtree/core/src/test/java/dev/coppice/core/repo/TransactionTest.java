package dev.coppice.core.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.store.ContentSource;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.RepoMode;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Ids;
import dev.coppice.posix.InodeFlags;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.Root;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransactionTest {
  /** One byte more than is compressed or copied in one piece. */
  private static final int LARGE = (16 << 20) + 1;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = "BARE_SPLIT_XATTRS", mode = EnumSource.Mode.EXCLUDE)
  void whatIsPublishedReadsBackInEveryMode(RepoMode mode) throws IOException {
    byte[] small = "hello\n".getBytes(StandardCharsets.UTF_8);
    byte[] large = new byte[LARGE];
    new Random(1).nextBytes(large);
    // In a bare repository files have their owners, and only root can make those of others.
    int user = mode == RepoMode.BARE ? Ids.geteuid() : 0;
    int group = mode == RepoMode.BARE ? Ids.getegid() : 0;
    FileHeader regular = FileHeader.regular(user, group, 0755, Xattrs.NONE);
    FileHeader link = FileHeader.symlink(user, group, "bin/hello", Xattrs.NONE);
    try (Repo repo = init(mode)) {
      Checksum smallSum;
      Checksum largeSum;
      Checksum linkSum;
      try (Transaction tx = repo.begin()) {
        smallSum = tx.writeFile(regular, new ContentSource.OfBytes(small)).checksum();
        largeSum =
            tx.writeFile(
                    regular,
                    new ContentSource.OfStream(new ByteArrayInputStream(large), large.length))
                .checksum();
        linkSum = tx.writeFile(link, ContentSource.EMPTY).checksum();
        assertThat(repo.objects().has(ObjectName.file(smallSum))).isFalse();
        Checksum tree =
            tx.writeTree(
                DirTree.of(
                    List.of(
                        new DirTree.File("large", largeSum),
                        new DirTree.File("hello", smallSum),
                        new DirTree.File("link", linkSum)),
                    List.of()));
        Checksum meta = tx.writeMeta(new DirMeta(0, 0, 0040755, Xattrs.NONE));
        Checksum commit = tx.writeCommit(commit(tree, meta));
        Transaction.Stats stats =
            tx.publish(RefUpdate.set(new RefSpec.Local(RefName.of("os")), commit));
        assertThat(stats.contentWritten()).isEqualTo(3);
        assertThat(stats.metadataWritten()).isEqualTo(3);
      }
      assertThat(repo.loadCommit(repo.resolve("os")).subject()).isEqualTo("first");
      assertContent(repo, smallSum, regular, small);
      assertContent(repo, largeSum, regular, large);
      assertContent(repo, linkSum, link, new byte[0]);
      assertThat(repo.path().resolve("tmp")).isEmptyDirectory();
    }
  }

  @Test
  void anObjectOfAnotherChecksumIsRefusedAndNotStored() throws IOException {
    FileHeader header = FileHeader.regular(0, 0, 0644, Xattrs.NONE);
    Checksum wrong = Checksum.sha256(new byte[] {1});
    try (Repo repo = init(RepoMode.ARCHIVE);
        Transaction tx = repo.begin()) {
      assertThatThrownBy(
              () -> tx.writeFile(header, new ContentSource.OfBytes(new byte[] {2}), wrong))
          .isInstanceOf(CorruptObjectException.class)
          .hasMessageContaining(wrong.hex());
      assertThat(tx.has(ObjectName.file(wrong))).isFalse();
    }
  }

  @Test
  void whatWasNotPublishedIsTakenOverByTheNextTransaction() throws IOException {
    FileHeader header = FileHeader.regular(0, 0, 0644, Xattrs.NONE);
    var content = new ContentSource.OfBytes("kept".getBytes(StandardCharsets.UTF_8));
    try (Repo repo = init(RepoMode.BARE_USER_ONLY)) {
      Checksum checksum;
      try (Transaction tx = repo.begin()) {
        checksum = tx.writeFile(header, content).checksum();
      }
      assertThat(repo.objects().has(ObjectName.file(checksum))).isFalse();
      try (Transaction tx = repo.begin()) {
        assertThat(tx.writeFile(header, content).added()).isFalse();
        tx.publish(List.of());
      }
      assertThat(repo.objects().has(ObjectName.file(checksum))).isTrue();
    }
  }

  @Test
  void anOpenFileIsLinkedWhateverItsNameLeadsToByNow() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "mine");
    FileHeader header = FileHeader.regular(0, 0, 0644, Xattrs.NONE);
    try (Repo repo = init(RepoMode.BARE_USER_ONLY);
        Transaction tx = repo.begin();
        Fd open = Fs.openRead(Fd.CWD, file.toString())) {
      Fs.chmod(open, 0644);
      Checksum checksum = tx.writer().hash(header, new ContentSource.OfFile(open, 4));
      Files.move(file, directory.resolve("moved"));
      Files.writeString(file, "swapped");
      assertThat(tx.writer().linkFile(open, ObjectName.file(checksum))).isTrue();
      tx.publish(List.of());
      assertContent(repo, checksum, header, "mine".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aStagingDirectoryOfSomebodyElseIsLeftAlone() throws IOException {
    Root.require();
    FileHeader header = FileHeader.regular(0, 0, 0644, Xattrs.NONE);
    try (Repo repo = init(RepoMode.BARE_USER_ONLY)) {
      try (Transaction tx = repo.begin()) {
        tx.writeFile(header, new ContentSource.OfBytes(new byte[] {1}));
      }
      Path lock;
      try (Stream<Path> files = Files.list(repo.path().resolve("tmp"))) {
        lock = files.filter(file -> file.toString().endsWith("-lock")).findFirst().orElseThrow();
      }
      try (Fd file = Fs.openRead(Fd.CWD, lock.toString())) {
        // Refuses root, as a file of root refuses others.
        InodeFlags.setImmutable(file, true);
        try (Transaction tx = repo.begin()) {
          assertThat(tx.writeFile(header, new ContentSource.OfBytes(new byte[] {1})).added())
              .isTrue();
          tx.publish(List.of());
        } finally {
          InodeFlags.setImmutable(file, false);
        }
      }
      assertThat(lock).exists();
    }
  }

  @Test
  void aTombstoneStaysUntilItsCommitIsBack() throws IOException {
    try (Repo repo = init(RepoMode.ARCHIVE)) {
      Checksum commit = HistoryBuilder.commits(repo, "os", 1).getFirst();
      byte[] bytes = repo.loadCommit(commit).encode();
      var removal = repo.removal();
      removal.enableTombstones();
      removal.delete(new ObjectName(ObjectType.COMMIT, commit));
      var tombstone = new ObjectName(ObjectType.TOMBSTONE, commit);
      try (Transaction dropped = repo.begin()) {
        dropped.writeMetadata(ObjectType.COMMIT, bytes);
      }
      assertThat(repo.store().has(tombstone)).isTrue();
      try (Transaction tx = repo.begin()) {
        tx.writeMetadata(ObjectType.COMMIT, bytes);
        tx.publish(List.of());
      }
      assertThat(repo.store().has(tombstone)).isFalse();
    }
  }

  @Test
  void transactionsAtTheSameTimeLeaveNothingBehind() throws Exception {
    try (Repo repo = init(RepoMode.BARE_USER_ONLY)) {
      try (var threads = Executors.newFixedThreadPool(8)) {
        for (Future<?> done : threads.invokeAll(Collections.nCopies(8, () -> beginOften(repo)))) {
          done.get();
        }
      }
      assertThat(repo.path().resolve("tmp")).isEmptyDirectory();
    }
  }

  private static int beginOften(Repo repo) throws IOException {
    int rounds = 100;
    for (int i = 0; i < rounds; i++) {
      try (Transaction tx = repo.begin()) {
        tx.publish(List.of());
      }
    }
    return rounds;
  }

  @Test
  void aCommitThatWasNotPublishedIsNotTakenOver() throws IOException {
    try (Repo repo = init(RepoMode.BARE_USER_ONLY)) {
      Checksum commit;
      Checksum tree;
      try (Transaction tx = repo.begin()) {
        tree = tx.writeTree(DirTree.EMPTY);
        tx.publish(List.of());
      }
      try (Transaction tx = repo.begin()) {
        tx.keepEach();
        commit =
            tx.writeCommit(
                commit(
                    tx.writeTree(DirTree.EMPTY),
                    tx.writeMeta(new DirMeta(0, 0, 0040755, Xattrs.NONE))));
        tx.writeDetachedMetadata(commit, VariantDict.builder().build().serialized());
      }
      // What a prune does between the two: nobody needs the directory.
      repo.store().delete(ObjectName.dirtree(tree));
      try (Transaction tx = repo.begin()) {
        tx.publish(List.of());
      }
      assertThat(repo.objects().has(ObjectName.commit(commit))).isFalse();
      assertThat(repo.loadDetachedMetadata(commit)).isEmpty();
      assertThat(repo.path().resolve("tmp")).isEmptyDirectory();
    }
  }

  /** A copy of the repository in the middle of a transaction is what a kill leaves. */
  @ParameterizedTest
  @EnumSource(
      value = RepoMode.class,
      names = {"ARCHIVE", "BARE_USER_ONLY"})
  void whatAKilledProcessHasWrittenIsTakenOver(RepoMode mode) throws IOException {
    Path killed = directory.resolve("killed");
    FileHeader header = FileHeader.regular(0, 0, 0644, Xattrs.NONE);
    byte[] content = "content".repeat(100).getBytes(StandardCharsets.UTF_8);
    Checksum file;
    Checksum tree;
    Checksum commit;
    try (Repo repo = init(mode);
        Transaction tx = repo.begin()) {
      tree = tx.writeTree(DirTree.EMPTY);
      tx.keepEach();
      file = tx.writeFile(header, new ContentSource.OfBytes(content)).checksum();
      commit = tx.writeCommit(commit(tree, tree));
      Programs.run("cp", "-a", repo.path().toString(), killed.toString()).ok();
    }
    Path staging = staging(killed);
    Files.writeString(
        staging.resolve("journal"),
        "parts-0/0 ../../../../etc/x\nparts-9/zz ab/" + "0".repeat(62) + ".dirtree\nparts-0/1 ab/c",
        StandardOpenOption.APPEND);
    try (Repo repo = Repo.open(killed);
        Transaction tx = repo.begin()) {
      assertThat(tx.has(ObjectName.file(file))).isTrue();
      assertThat(tx.has(ObjectName.dirtree(tree))).isTrue();
      assertThat(tx.has(ObjectName.commit(commit))).isFalse();
      tx.publish(List.of());
      assertContent(repo, file, header, content);
    }
    assertThat(killed.resolve("tmp")).isEmptyDirectory();
  }

  private static Path staging(Path repo) throws IOException {
    try (Stream<Path> files = Files.list(repo.resolve("tmp"))) {
      return files.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private Repo init(RepoMode mode) throws IOException {
    return Init.run(new InitRequest(directory.resolve("repo"), mode, Optional.empty()));
  }

  private static Commit commit(Checksum tree, Checksum meta) {
    return new Commit(
        VariantDict.builder().build(), Optional.empty(), List.of(), "first", "", 1L, tree, meta);
  }

  private static void assertContent(Repo repo, Checksum checksum, FileHeader header, byte[] content)
      throws IOException {
    try (FileObject file = repo.objects().openFile(checksum)) {
      assertThat(file.header()).isEqualTo(header);
      assertThat(file.size()).isEqualTo(content.length);
      assertThat(file.content().readAllBytes()).isEqualTo(content);
    }
  }
}
