package dev.coppice.core.ref;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.io.Durability;
import dev.coppice.core.object.Checksum;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefStoreTest {
  private static final Checksum ONE = Checksum.sha256(new byte[] {1});
  private static final Checksum TWO = Checksum.sha256(new byte[] {2});

  private final TempTree temp = TempTree.create();
  private RefStore refs;

  @BeforeEach
  void layOut() {
    temp.tree("refs").dir("heads").dir("remotes").dir("mirrors");
    refs = new RefStore(RefStore.Settings.plain(temp.root()));
  }

  @AfterEach
  void remove() {
    temp.close();
  }

  private Path head(String name) {
    return temp.path("refs/heads/" + name);
  }

  private void write(String spec, Checksum commit) throws IOException {
    refs.write(RefSpec.parse(spec), commit);
  }

  private Optional<Checksum> find(String spec) throws IOException {
    return refs.find(RefSpec.parse(spec), RefScope.REMOTES_TOO);
  }

  private List<String> names(String prefix) throws IOException {
    return refs.names(prefix.isEmpty() ? RefPrefix.ALL : RefPrefix.parse(prefix)).stream()
        .map(Object::toString)
        .toList();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> failure(
      ErrorCode code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(TreeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aRefFileIsHexAndALineFeedWithMode0644() throws IOException {
    Files.setLastModifiedTime(temp.root(), FileTime.fromMillis(0));
    write("fedora/base", ONE);
    assertThat(head("fedora/base")).hasContent(ONE.hex() + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(head("fedora/base"))))
        .isEqualTo("rw-r--r--");
    assertThat(Files.getLastModifiedTime(temp.root())).isGreaterThan(FileTime.fromMillis(1));
    assertThat(find("fedora/base")).contains(ONE);
    write("fedora/base", TWO);
    assertThat(find("fedora/base")).contains(TWO);
    try (var entries = Files.list(head("fedora"))) {
      assertThat(entries).containsExactly(head("fedora/base"));
    }
  }

  @Test
  void findsLocalThenRemote() throws IOException {
    write("r2:x", TWO);
    write("r1:x", ONE);
    assertThat(find("x")).contains(ONE);
    assertThat(find("r2/x")).contains(TWO);
    assertThat(find("r2:x")).contains(TWO);
    assertThat(refs.find(RefSpec.parse("x"), RefScope.LOCAL)).isEmpty();
    write("x", TWO);
    assertThat(find("x")).contains(TWO);
    assertThat(find("nope")).isEmpty();
  }

  @Test
  void asksTheParent() throws IOException {
    RefLookup parent = (spec, scope) -> Optional.of(spec.toString().equals("p") ? TWO : ONE);
    var child =
        new RefStore(
            new RefStore.Settings(
                temp.root(),
                Optional.empty(),
                RemoteCollections.NONE,
                Durability.UNSYNCED,
                Optional.of(parent)));
    write("here", ONE);
    assertThat(child.find(RefSpec.parse("here"), RefScope.LOCAL)).contains(ONE);
    assertThat(child.find(RefSpec.parse("p"), RefScope.LOCAL)).contains(TWO);
  }

  @Test
  void listsByPrefixInTheOrderOfBytes() throws IOException {
    for (String ref : List.of("b", "a/z", "a/x/y", "r:q/w", "é", "𝒳", "ｱ", "a.b")) {
      write(ref, ONE);
    }
    Files.writeString(head(".rsync_info"), "x");
    assertThat(names("")).containsExactly("a.b", "a/x/y", "a/z", "b", "r:q/w", "é", "ｱ", "𝒳");
    assertThat(names("a")).containsExactly("a/x/y", "a/z");
    assertThat(names("a/z")).containsExactly("a/z");
    assertThat(names("r:")).containsExactly("r:q/w");
    assertThat(names("r:q")).containsExactly("r:q/w");
    assertThat(names("nope")).isEmpty();
    assertThat(names("nope:")).isEmpty();
    assertThat(refs.names(RefPrefix.LOCAL)).hasSize(7);
    assertThat(refs.list(RefPrefix.parse("a"))).hasSize(2).containsValue(ONE);
  }

  @Test
  void missingHeadsAreAnErrorNotAnEmptyList() throws IOException {
    TempTree.delete(temp.path("refs/heads"));
    assertThatThrownBy(() -> names("")).isInstanceOf(IOException.class);
  }

  @Test
  void aliasesFollowTheirTarget() throws IOException {
    write("main", ONE);
    refs.alias(RefName.of("x/y/stable"), RefName.of("main"));
    assertThat(Files.readSymbolicLink(head("x/y/stable"))).hasToString("../../main");
    write("main", TWO);
    assertThat(find("x/y/stable")).contains(TWO);
    assertThat(refs.list(RefPrefix.ALL)).hasSize(2).doesNotContainValue(ONE);
    assertThat(refs.aliases(RefPrefix.ALL).toString()).isEqualTo("{x/y/stable=main}");
    refs.alias(RefName.of("x/y/stable"), RefName.of("main"));
    write("x/y/stable", ONE);
    assertThat(find("main")).contains(TWO);
    failure(ErrorCode.REV_NOT_FOUND, () -> refs.alias(RefName.of("a"), RefName.of("nope")));
    failure(ErrorCode.REF_CONFLICT, () -> refs.alias(RefName.of("main"), RefName.of("main")));
  }

  @Test
  void deletionIsOfOneFile() throws IOException {
    write("a/b", ONE);
    assertThat(refs.delete(RefSpec.parse("a/b"))).isTrue();
    assertThat(refs.delete(RefSpec.parse("a/b"))).isFalse();
    assertThat(refs.delete(RefSpec.parse("a/b/c"))).isFalse();
    assertThat(head("a")).isEmptyDirectory();
    assertThat(find("a")).isEmpty();
    write("a", ONE);
    assertThat(find("a")).contains(ONE);
  }

  @Test
  void filesAndDirectoriesOfOneNameConflict() throws IOException {
    write("a/b", ONE);
    write("main", ONE);
    failure(ErrorCode.REF_CONFLICT, () -> write("a", ONE))
        .hasMessage("Conflict: b exists under a when attempting write");
    failure(ErrorCode.REF_CONFLICT, () -> refs.alias(RefName.of("a"), RefName.of("main")));
    failure(ErrorCode.REF_CONFLICT, () -> refs.delete(RefSpec.parse("a")));
    failure(ErrorCode.REF_CONFLICT, () -> find("a"));
    failure(ErrorCode.REF_CONFLICT, () -> write("main/sub/deep", ONE))
        .hasMessage("'main' is a ref, so there can be no ref 'main/sub/deep' below it");
    failure(ErrorCode.REF_CONFLICT, () -> find("main/sub"));
    assertThat(names("main/sub")).isEmpty();
    assertThat(names("")).containsExactly("a/b", "main");
  }

  @Test
  void aNameLikeAChecksumIsRefused() {
    failure(ErrorCode.REF_INVALID, () -> write(ONE.hex(), TWO));
  }

  @Test
  void corruptFilesAreListedAndDeletedButNotRead() throws IOException {
    Files.writeString(head("empty"), "");
    Files.writeString(head("text"), "xyz\n");
    Files.writeString(head("upper"), ONE.hex().replace('a', 'A').replace('b', 'B'));
    Files.writeString(head("leading"), " " + ONE.hex());
    Files.writeString(head("long"), ONE.hex() + " ".repeat(5000));
    Files.write(head("binary"), new byte[] {(byte) 0xff, 0, 1});
    assertThat(names("")).hasSize(6);
    for (String name : names("")) {
      assertThatThrownBy(() -> find(name))
          .isInstanceOf(CorruptRefException.class)
          .hasMessageContaining(head(name).toString());
      assertThatThrownBy(() -> refs.list(RefPrefix.parse(name)))
          .isInstanceOf(CorruptRefException.class);
    }
    failure(ErrorCode.REF_CORRUPT, () -> find("text")).hasMessageContaining("holds “xyz”");
    assertThatThrownBy(() -> refs.list(RefPrefix.ALL)).isInstanceOf(CorruptRefException.class);
    for (String name : names("")) {
      assertThat(refs.delete(RefSpec.parse(name))).isTrue();
    }
    assertThat(names("")).isEmpty();
  }

  @Test
  void blanksAfterTheChecksumDoNotMatter() throws IOException {
    Files.writeString(head("a"), ONE.hex());
    Files.writeString(head("b"), ONE.hex() + " \r\n\n");
    assertThat(find("a")).contains(ONE);
    assertThat(find("b")).contains(ONE);
  }

  @Test
  void linksThatLeadAstrayAreRefused() throws IOException {
    Path outside = Files.writeString(temp.path("outside"), ONE.hex() + "\n");
    Files.createSymbolicLink(head("loop"), Path.of("loop"));
    Files.createSymbolicLink(head("out"), outside);
    Files.createSymbolicLink(head("up"), Path.of("../../outside"));
    Files.createDirectory(temp.path("dir"));
    Files.writeString(temp.path("dir/x"), ONE.hex());
    Files.createSymbolicLink(head("dir"), temp.path("dir"));
    for (String name : List.of("loop", "out", "up", "dir/x")) {
      failure(ErrorCode.REF_CORRUPT, () -> find(name));
    }
    for (String name : List.of("loop", "out", "up", "dir")) {
      failure(ErrorCode.REF_CORRUPT, () -> refs.list(RefPrefix.parse(name)));
    }
    failure(ErrorCode.REF_CORRUPT, () -> write("dir/x", TWO));
    failure(ErrorCode.REF_CORRUPT, () -> refs.delete(RefSpec.parse("dir/x")));
    assertThat(temp.path("dir/x")).hasContent(ONE.hex());
    assertThat(names("")).containsExactly("dir", "loop", "out", "up");
    write("out", TWO);
    assertThat(outside).hasContent(ONE.hex() + "\n");
    assertThat(find("out")).contains(TWO);
  }

  @Test
  void anAliasWithoutATargetIsNotFoundAloneAndCorruptInAListing() throws IOException {
    Files.createSymbolicLink(head("dangling"), Path.of("nope"));
    assertThat(find("dangling")).isEmpty();
    failure(ErrorCode.REF_CORRUPT, () -> refs.list(RefPrefix.ALL))
        .hasMessageContaining("is an alias of a ref that does not exist");
  }

  @Test
  void aPipeDoesNotBlock() throws IOException {
    Programs.run("mkfifo", head("pipe").toString()).ok();
    failure(ErrorCode.REF_CORRUPT, () -> find("pipe"));
    assertThat(names("")).isEmpty();
  }

  @Test
  void collections() throws IOException {
    var own = CollectionId.of("org.own.C");
    var other = CollectionId.of("org.other.C");
    var ofRemote = CollectionId.of("org.remote.C");
    RemoteCollections remotes =
        remote -> remote.name().equals("r") ? Optional.of(ofRemote) : Optional.empty();
    var settings =
        new RefStore.Settings(
            temp.root(), Optional.of(own), remotes, Durability.UNSYNCED, Optional.empty());
    var store = new RefStore(settings);
    var name = RefName.of("a/b");
    store.write(new CollectionRef(own, name), ONE);
    store.write(new CollectionRef(other, name), TWO);
    store.write(RefSpec.parse("r:a/b"), TWO);
    store.write(RefSpec.parse("s:a/b"), TWO);
    assertThat(head("a/b")).exists();
    assertThat(temp.path("refs/mirrors/org.other.C/a/b")).exists();
    Set<RefPlace> all = EnumSet.allOf(RefPlace.class);
    assertThat(store.collectionNames(Optional.empty(), all).toString())
        .isEqualTo("[(org.other.C, a/b), (org.own.C, a/b), (org.remote.C, a/b)]");
    assertThat(store.listCollections(Optional.of(own), all)).hasSize(1).containsValue(ONE);
    assertThat(store.find(new CollectionRef(other, name), all)).contains(TWO);
    assertThat(store.find(new CollectionRef(other, name), Set.of(RefPlace.HEADS))).isEmpty();
    assertThat(store.delete(new CollectionRef(other, name))).isTrue();
    assertThat(store.collectionNames(Optional.of(other), all)).isEmpty();
  }

  @Test
  void tenThousandRefs() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      Path file = head("app/group" + i / 100 + "/x86_64/ref" + i);
      if (i % 100 == 0) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, ONE.hex() + "\n");
    }
    long start = System.nanoTime();
    assertThat(refs.names(RefPrefix.ALL)).hasSize(10_000);
    assertThat(refs.list(RefPrefix.ALL)).hasSize(10_000);
    // An order of magnitude above what a slow machine needs.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }
}
