package dev.coppice.core.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.prune.PruneRequest.Action;
import dev.coppice.core.prune.PruneRequest.Deletion;
import dev.coppice.core.prune.PruneRequest.Roots;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.tree.Reachable;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PruneTest {
  private RealOstree ostree;
  private TempTree temp;
  private final List<Checksum> commits = new ArrayList<>();

  @BeforeEach
  void setUp() {
    ostree = RealOstree.require();
    temp = TempTree.create();
    Path repo = temp.path("ours");
    ostree.on(repo, "init", "--mode=archive");
    for (int i = 1; i <= 5; i++) {
      temp.tree("tree").file("usr/a", "a".repeat(i)).file("usr/dir" + i + "/b", "b" + i);
      String tree = temp.path("tree").toString();
      commits.add(
          Checksum.ofHex(
              ostree.on(repo, "commit", "-b", "main", "--timestamp=@" + i * 1000, tree)));
    }
    ostree.on(repo, "refs", "main^", "--create=older");
    Programs.run("cp", "-a", repo.toString(), temp.path("real").toString()).ok();
  }

  @AfterEach
  void tearDown() {
    if (temp != null) {
      temp.close();
    }
  }

  static Stream<Arguments> requests() {
    var every = new Roots.EveryCommit();
    return Stream.of(
        Arguments.of(request(every, -1), List.of()),
        Arguments.of(request(every, 0), List.of("--depth=0")),
        Arguments.of(request(new Roots.Refs(), 0), List.of("--refs-only", "--depth=0")),
        Arguments.of(request(new Roots.Refs(), 2), List.of("--refs-only", "--depth=2")),
        Arguments.of(request(new Roots.Refs(), -1), List.of("--refs-only")),
        Arguments.of(
            request(branches(Optional.of(3000L), Map.of(), List.of()), -1),
            List.of("--keep-younger-than=@3000")),
        Arguments.of(
            request(branches(Optional.empty(), Map.of("older", 0), List.of()), 1),
            List.of("--retain-branch-depth=older=0", "--depth=1")),
        Arguments.of(
            request(branches(Optional.of(9000L), Map.of("older", 1), List.of()), -1),
            List.of("--keep-younger-than=@9000", "--retain-branch-depth=older=1")),
        Arguments.of(
            request(branches(Optional.empty(), Map.of(), List.of("main")), 0),
            List.of("--only-branch=main", "--depth=0")));
  }

  private static Roots.Branches branches(
      Optional<Long> younger, Map<String, Integer> depths, List<String> only) {
    return new Roots.Branches(younger.map(Instant::ofEpochSecond), depths, only);
  }

  private static PruneRequest request(Roots roots, int depth) {
    return new PruneRequest(
        roots, depth, Reachable.Extent.EVERYTHING, Optional.empty(), Action.DELETE);
  }

  private PruneResult prune(PruneRequest request) throws IOException {
    try (Repo repo = Repo.open(temp.path("ours"))) {
      return new Prune(repo).run(request, event -> {});
    }
  }

  private static TreeSet<String> objects(Path repo) throws IOException {
    var names = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(repo.resolve("objects"))) {
      files.filter(Files::isRegularFile).forEach(file -> names.add(repo.relativize(file) + ""));
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("requests")
  void leavesWhatTheRealToolLeaves(PruneRequest request, List<String> options) throws IOException {
    var real = new ArrayList<>(List.of("prune"));
    real.addAll(options);
    String said = ostree.on(temp.path("real"), real.toArray(String[]::new));
    PruneResult result = prune(request);
    assertThat(objects(temp.path("ours"))).isEqualTo(objects(temp.path("real")));
    assertThat(said).startsWith("Total objects: " + result.total() + "\n");
    if (result.pruned() > 0) {
      assertThat(said).contains("Deleted " + result.pruned() + " objects, ");
    }
    ostree.on(temp.path("ours"), "fsck", "-q");
  }

  @Test
  void countsWithoutDeleting() throws IOException {
    TreeSet<String> before = objects(temp.path("ours"));
    PruneResult counted =
        prune(
            new PruneRequest(
                new Roots.Refs(), 0, Reachable.Extent.EVERYTHING, Optional.empty(), Action.COUNT));
    assertThat(objects(temp.path("ours"))).isEqualTo(before);
    assertThat(prune(request(new Roots.Refs(), 0))).isEqualTo(counted);
    assertThat(counted.pruned()).isPositive();
    assertThat(counted.freedBytes()).isPositive();
  }

  @Test
  void commitsOnly() throws IOException {
    PruneResult result =
        prune(
            new PruneRequest(
                new Roots.Refs(), 0, Reachable.Extent.COMMITS, Optional.empty(), Action.DELETE));
    assertThat(result.total()).isEqualTo(5);
    assertThat(result.pruned()).isEqualTo(3);
    ostree.on(temp.path("ours"), "fsck", "-q");
  }

  @Test
  void deletesACommitAndRemembersIt() throws IOException {
    Checksum first = commits.getFirst();
    prune(deletion(new Deletion.OfCommit(first)));
    String hex = first.hex();
    Path directory = temp.path("ours").resolve("objects").resolve(hex.substring(0, 2));
    assertThat(directory.resolve(hex.substring(2) + ".commit")).doesNotExist();
    Path tombstone = directory.resolve(hex.substring(2) + ".tombstone-commit");
    assertThat(tombstone).exists();
    ostree.on(temp.path("real"), "prune", "--delete-commit=" + first);
    assertThat(objects(temp.path("ours"))).isEqualTo(objects(temp.path("real")));
    assertThat(Files.readAllBytes(tombstone))
        .isEqualTo(
            Files.readAllBytes(
                temp.path("real").resolve(temp.path("ours").relativize(tombstone).toString())));
    assertThat(Files.readString(temp.path("ours").resolve("config")))
        .isEqualTo(Files.readString(temp.path("real").resolve("config")));
  }

  @Test
  void keepsCommitsThatRefsNeed() {
    assertThatThrownBy(() -> prune(deletion(new Deletion.OfCommit(commits.getLast()))))
        .hasMessage("Commit '" + commits.getLast() + "' is referenced by 'main'");
    assertThatThrownBy(() -> prune(deletion(new Deletion.OfCommit(new Checksum(0, 0, 0, 0)))))
        .hasMessageContaining("No such file or directory");
  }

  private static PruneRequest deletion(Deletion deletion) {
    return new PruneRequest(
        new Roots.EveryCommit(),
        -1,
        Reachable.Extent.EVERYTHING,
        Optional.of(deletion),
        Action.DELETE);
  }

  @Test
  void deletesDeltasOfMissingCommits() throws IOException {
    Path repo = temp.path("ours");
    ostree.on(
        repo, "static-delta", "generate", "--from=" + commits.get(0), "--to=" + commits.get(1));
    ostree.on(
        repo, "static-delta", "generate", "--from=" + commits.get(3), "--to=" + commits.get(4));
    prune(request(new Roots.Refs(), 1));
    assertThat(ostree.on(repo, "static-delta", "list"))
        .isEqualTo(commits.get(3) + "-" + commits.get(4));
  }

  @Test
  void deletesNothingWhenADirectoryCannotBeRead() throws IOException {
    Path repo = temp.path("ours");
    try (Repo opened = Repo.open(repo)) {
      Checksum tree = opened.loadCommit(commits.getLast()).tree();
      opened.store().delete(ObjectName.dirtree(tree));
    }
    TreeSet<String> before = objects(repo);
    assertThatThrownBy(() -> prune(request(new Roots.Refs(), 0))).hasMessageContaining(".dirtree");
    assertThat(objects(repo)).isEqualTo(before);
  }

  /** Wherever a prune is cut off, the repository is without damage and the next prune ends it. */
  @Test
  void interrupted() throws IOException {
    for (int stop = 1; stop < 256; stop += 17) {
      Path repo = temp.path("cut" + stop);
      Programs.run("cp", "-a", temp.path("real").toString(), repo.toString()).ok();
      int last = stop;
      try (Repo opened = Repo.open(repo)) {
        new Prune(opened)
            .run(
                request(new Roots.Refs(), 0),
                event -> {
                  if (event instanceof PruneEvent.Swept(int done, int total) && done == last) {
                    throw new IllegalStateException("cut off");
                  }
                });
      } catch (IllegalStateException cutOff) {
        assertThat(cutOff).hasMessage("cut off");
      }
      ostree.on(repo, "fsck", "-q");
      try (Repo opened = Repo.open(repo)) {
        new Prune(opened).run(request(new Roots.Refs(), 0), event -> {});
      }
      TempTree.delete(repo);
    }
  }

  @Test
  void payloadLinksFollowTheirFiles() throws IOException {
    Path repo = temp.path("ours");
    try (Repo opened = Repo.open(repo)) {
      var link = new ObjectName(ObjectType.PAYLOAD_LINK, new Checksum(9, 9, 9, 9));
      Path file = repo.resolve("objects").resolve(opened.store().path(link));
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createSymbolicLink(file, Path.of("../aa/" + "0".repeat(62) + ".file"));
    }
    PruneResult result = prune(PruneRequest.UNREACHABLE);
    assertThat(result.pruned()).isEqualTo(1);
  }
}
