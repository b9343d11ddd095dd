package dev.coppice.core.fsck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.fsck.Finding.Kind;
import dev.coppice.core.fsck.FsckRequest.Option;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.PartialCommits.State;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.RepoMode;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FsckTest {
  private static final String TEXT = "/usr/share/text";

  private RealOstree ostree;
  private TempTree temp;

  @BeforeEach
  void setUp() {
    ostree = RealOstree.require();
    temp = TempTree.create();
  }

  @AfterEach
  void tearDown() {
    if (temp != null) {
      temp.close();
    }
  }

  private static FsckResult fsck(DamagedRepo damaged, Option... options) throws IOException {
    return fsck(damaged, new ArrayList<>(), options);
  }

  private static FsckResult fsck(DamagedRepo damaged, List<FsckEvent> events, Option... options)
      throws IOException {
    try (Repo repo = damaged.open()) {
      return new Fsck(repo).run(new FsckRequest(Set.of(options)), events::add);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ARCHIVE", "BARE_USER", "BARE_USER_ONLY"})
  void whatTheRealToolWroteIsClean(RepoMode mode) throws IOException {
    var repo = new DamagedRepo(ostree, temp, mode);
    FsckResult result = fsck(repo);
    assertThat(result.clean()).isTrue();
    assertThat(result.commits()).isEqualTo(1);
    // Four files, five directories of one mode, one commit.
    assertThat(result.objects()).isEqualTo(4 + 5 + 1 + 1);
    assertThat(repo.realSaysClean()).isTrue();
  }

  /** Damage of a file: how, whether it is missing then, and a part of what is said. */
  @ParameterizedTest
  @CsvSource({
    "ARCHIVE, truncate, Need more input",
    "ARCHIVE, empty, File header size is zero",
    "ARCHIVE, flip, ''",
    "BARE_USER, truncate, Corrupted file object; checksum expected='",
    "BARE_USER, append, Corrupted file object; checksum expected='",
    "BARE_USER_ONLY, truncate, Corrupted file object; checksum expected='",
    "BARE_USER_ONLY, flip, Corrupted file object; checksum expected='",
    "BARE_USER_ONLY, append, Corrupted file object; checksum expected='",
  })
  void damagedFiles(RepoMode mode, String how, String says) throws IOException {
    var repo = new DamagedRepo(ostree, temp, mode);
    ObjectName file = repo.object(TEXT);
    switch (how) {
      case "truncate" -> repo.truncate(file, Files.size(repo.file(file)) - 1);
      case "empty" -> repo.truncate(file, 0);
      case "flip" -> repo.flip(file);
      default -> repo.append(file, "x");
    }
    FsckResult result = fsck(repo);
    assertThat(repo.realSaysClean()).isFalse();
    assertThat(result.findings()).hasSize(1);
    Finding finding = result.findings().getFirst();
    assertThat(finding.object()).isEqualTo(file);
    assertThat(finding.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(finding.commits()).containsExactly(repo.commit);
    assertThat(finding.places()).containsExactly(new Finding.Place(repo.commit, TEXT));
    assertThat(finding.message())
        .startsWith("In commits " + repo.commit + ": fsck content object " + file.checksum() + ": ")
        .contains(says);
  }

  @Test
  void everythingIsListed() throws IOException {
    var repo = new DamagedRepo(ostree, temp, RepoMode.ARCHIVE);
    ObjectName text = repo.object(TEXT);
    ObjectName tool = repo.object("/usr/bin/tool");
    ObjectName other = repo.object("/usr/share/doc/other");
    repo.truncate(text, 3);
    repo.flip(other);
    repo.remove(tool);
    FsckResult result = fsck(repo);
    assertThat(result.findings().stream().map(Finding::object))
        .containsExactlyInAnyOrder(text, tool, other);
    assertThat(result.findings().stream().map(Finding::object)).isSorted();
  }

  @ParameterizedTest
  @CsvSource({"/usr/share/text", "/usr/share", "/"})
  void missingObjectsMakeACommitPartial(String what) throws IOException {
    var repo = new DamagedRepo(ostree, temp, RepoMode.ARCHIVE);
    ObjectName name = repo.object(what);
    repo.remove(name);
    var events = new ArrayList<FsckEvent>();
    FsckResult result = fsck(repo, events);
    assertThat(result.findings()).hasSize(1);
    assertThat(result.findings().getFirst().message())
        .isEqualTo("Object missing in commits " + repo.commit + ": " + name);
    assertThat(events).contains(new FsckEvent.MarkedPartial(repo.commit));
    try (Repo opened = repo.open()) {
      assertThat(opened.partialCommits().state(repo.commit)).isEqualTo(State.DAMAGED);
    }
    FsckResult again = fsck(repo);
    assertThat(again.findings()).isEmpty();
    assertThat(again.damagedCommits()).isEqualTo(1);
    assertThat(again.clean()).isFalse();
    assertThat(repo.realSaysClean()).isFalse();
  }

  @Test
  void deletesWhatIsDamaged() throws IOException {
    var repo = new DamagedRepo(ostree, temp, RepoMode.ARCHIVE);
    ObjectName file = repo.object(TEXT);
    repo.truncate(file, 30);
    fsck(repo, Option.DELETE);
    assertThat(repo.file(file)).doesNotExist();
    try (Repo opened = repo.open()) {
      assertThat(opened.partialCommits().state(repo.commit)).isEqualTo(State.DAMAGED);
    }
  }

  @Test
  void refsThatLeadNowhere() throws IOException {
    var repo = new DamagedRepo(ostree, temp, RepoMode.ARCHIVE);
    repo.remove(ObjectName.commit(repo.commit));
    Files.writeString(repo.path.resolve("refs/heads/garbage"), "garbage\n");
    FsckResult result = fsck(repo);
    assertThat(result.problems()).hasSize(2);
    assertThat(result.problems().get(0)).hasMessageStartingWith("Loading commit for ref garbage: ");
    assertThat(result.problems().get(1))
        .hasMessage(
            "Loading commit for ref main: No such metadata object " + repo.commit + ".commit");
  }

  @Test
  void bindings() throws IOException {
    var repo = new DamagedRepo(ostree, temp, RepoMode.ARCHIVE);
    ostree.on(repo.path, "refs", "main", "--create=other");
    assertThat(fsck(repo).clean()).isTrue();
    FsckResult result = fsck(repo, Option.VERIFY_BINDINGS);
    assertThat(result.problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem)
                    .hasMessage(
                        "Commit "
                            + repo.commit
                            + ": Commit has no requested ref ‘other’ in ref binding metadata"
                            + " (‘main’)"));
    assertThat(fsck(repo, Option.VERIFY_BACK_REFS).clean()).isTrue();
    ostree.on(repo.path, "refs", "--delete", "main");
    assertThat(fsck(repo, Option.VERIFY_BACK_REFS).problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem)
                    .hasMessage(
                        "Ref ‘main’ in bindings for commit " + repo.commit + " does not exist"));
  }

  @Test
  void tombstonesForMissingParents() throws IOException {
    var repo = new DamagedRepo(ostree, temp, RepoMode.ARCHIVE);
    String child =
        ostree.on(repo.path, "commit", "-b", "main", "--tree=ref=main", "--timestamp=@2000");
    repo.remove(ObjectName.commit(repo.commit));
    var events = new ArrayList<FsckEvent>();
    assertThat(fsck(repo, events, Option.ADD_TOMBSTONES).clean()).isTrue();
    assertThat(events).contains(new FsckEvent.TombstoneAdded(repo.commit));
    assertThat(repo.file(new ObjectName(ObjectType.TOMBSTONE, repo.commit))).exists();
    assertThat(repo.file(ObjectName.commit(Checksum.ofHex(child)))).exists();
    assertThat(repo.realSaysClean()).isTrue();
  }

  // ---- objects that were made to do harm: their checksums are right

  private Finding hostile(DamagedRepo repo, byte[] tree) throws IOException {
    ObjectName name = repo.store(ObjectType.DIRTREE, tree);
    ObjectName meta =
        repo.store(
            ObjectType.DIRMETA,
            new DirMeta(0, 0, 0040755, dev.coppice.core.object.Xattrs.NONE).encode());
    repo.commit(name, meta);
    FsckResult result = fsck(repo);
    assertThat(result.findings()).hasSize(1);
    assertThat(result.findings().getFirst().object()).isEqualTo(name);
    return result.findings().getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "'..', Invalid path uplink filename '..'",
    "'a/b', Invalid / in filename a/b",
    "'', Invalid empty filename",
    "'.', Invalid self-referential filename '.'",
  })
  void hostileNames(String name, String says) throws IOException {
    var repo = new DamagedRepo(ostree, temp, RepoMode.ARCHIVE);
    byte[] tree = tree(List.of(name));
    assertThat(hostile(repo, tree).detail())
        .isEqualTo(
            "fsck "
                + Checksum.sha256(tree)
                + ".dirtree: "
                + Checksum.sha256(tree)
                + ".dirtree: "
                + says);
  }

  @Test
  void namesOutOfOrder() throws IOException {
    var repo = new DamagedRepo(ostree, temp, RepoMode.ARCHIVE);
    assertThat(hostile(repo, tree(List.of("b", "a"))).detail())
        .endsWith("name 'a' is out of order or repeated");
  }

  @Test
  void notNormalForm() throws IOException {
    var repo = new DamagedRepo(ostree, temp, RepoMode.ARCHIVE);
    byte[] good = tree(List.of("a"));
    byte[] longer = java.util.Arrays.copyOf(good, good.length + 7);
    assertThat(hostile(repo, longer).detail()).contains("Not normal form");
  }

  @Test
  void treesOfMissingObjects() throws IOException {
    var repo = new DamagedRepo(ostree, temp, RepoMode.ARCHIVE);
    var nowhere = new Checksum(1, 2, 3, 4);
    ObjectName tree =
        repo.store(
            ObjectType.DIRTREE,
            new DirTree(
                    List.of(new DirTree.File("f", nowhere)),
                    List.of(new DirTree.Dir("d", nowhere, nowhere)))
                .encode());
    Checksum commit = repo.commit(tree, ObjectName.dirmeta(nowhere));
    FsckResult result = fsck(repo);
    assertThat(result.findings().stream().map(Finding::message))
        .containsExactlyInAnyOrder(
            "Object missing in commits " + commit + ": " + nowhere + ".file",
            "Object missing in commits " + commit + ": " + nowhere + ".dirtree",
            "Object missing in commits " + commit + ": " + nowhere + ".dirmeta");
  }

  private static byte[] tree(List<String> names) {
    var files = new ArrayList<Variant>();
    for (String name : names) {
      files.add(Variant.tuple(Variant.ofString(name), Variant.ofBytes(new byte[Checksum.BYTES])));
    }
    return Variant.tuple(
            Variant.array(VariantType.of("(say)"), files),
            Variant.array(VariantType.of("(sayay)"), List.of()))
        .serialized();
  }

  @Test
  void wordsAreThoseOfTheRealTool() throws IOException {
    var repo = new DamagedRepo(ostree, temp, RepoMode.BARE_USER_ONLY);
    repo.append(repo.object(TEXT), "x");
    String err = ostree.run("--repo=" + repo.path, "fsck", "-q").err();
    assertThat(err.getBytes(StandardCharsets.UTF_8)).isNotEmpty();
    assertThat(err.strip()).isEqualTo("error: " + fsck(repo).findings().getFirst().message());
  }
}
