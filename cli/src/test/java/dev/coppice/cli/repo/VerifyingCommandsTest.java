package dev.coppice.cli.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.cli.SideBySide;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * {@code fsck}, {@code prune}, {@code diff} and {@code pull-local} say what the real ostree says
 * and leave the same files.
 */
@TestInstance(Lifecycle.PER_CLASS)
class VerifyingCommandsTest {
  private final TempTree temp = TempTree.create();
  private SampleRepo sample;
  private Map<String, String> values;
  private int copies;

  @BeforeAll
  void make() throws IOException {
    sample = SampleRepo.make(RealOstree.require(), temp, "archive");
    values = sample.values();
    temp.tree("other").file("file", "changed").file("added/below", "x").dir("dir");
    values.put("tree", temp.path("tree").toString());
    values.put("other", temp.path("other").toString());
    values.put("source", sample.path().toString());
  }

  @AfterAll
  void remove() {
    temp.close();
  }

  @Test
  void prune() throws IOException {
    both(
        """
        prune --no-prune
        prune --no-prune --refs-only --depth=0
        prune --no-prune --commit-only --refs-only --depth=0
        prune --delete-commit={second} --no-prune
        prune --delete-commit={second}
        prune --delete-commit={zeros}
        prune --static-deltas-only
        prune --retain-branch-depth=main
        prune --retain-branch-depth=main=x
        prune --keep-younger-than=nonsense
        prune --only-branch=nonsense
        prune --depth=x
        prune --delete-commit={first}
        prune --keep-younger-than=@5 --no-prune
        prune --refs-only --depth=0
        prune --refs-only --depth=0
        prune
        """);
    both("prune --keep-younger-than=2001-01-01\nprune --refs-only --depth=0 --commit-only\nprune");
  }

  @Test
  void diff() throws IOException {
    both(
        """
        diff main
        diff main^ os/x86/base
        diff --stats main^ os/x86/base
        diff --stats --fs-diff main^ os/x86/base
        diff main {tree} --no-xattrs --owner-uid=0 --owner-gid=0
        diff {tree} {other}
        diff {tree} {tree}
        diff main {other}
        diff {other} main
        diff nothing main
        diff main^^
        """);
  }

  @Test
  void pullLocal() throws IOException {
    RealOstree real = RealOstree.require();
    for (String mode : List.of("archive", "bare-user", "bare-user-only")) {
      Path theirs = temp.path("pulled" + ++copies);
      Path ours = temp.path("pulled" + ++copies);
      real.on(theirs, "init", "--mode=" + mode);
      real.on(ours, "init", "--mode=" + mode);
      var both = new SideBySide(real, theirs, ours, values);
      SideBySide.lines(
              """
              pull-local {source} main
              pull-local {source} main
              pull-local {source} os/x86/base --depth=-1 --remote=there
              pull-local {source} nothing
              pull-local {source} main^
              pull-local {source} --gpg-verify
              pull-local {source} os/x86/other
              pull-local {source} {first} --untrusted
              pull-local {source} os/x86/other --commit-metadata-only --disable-fsync
              """)
          .forEach(
              line -> {
                both.check(line);
                assertThat(files(ours)).as(line).isEqualTo(files(theirs));
              });
      real.on(ours, "fsck", "-q");
    }
  }

  @Test
  void fsck() throws IOException {
    for (RealOstree real : RealOstree.requireAll()) {
      Path repo = temp.path("checked" + ++copies);
      sample.copyTo(repo);
      check(real, repo, "fsck");
      check(real, repo, "fsck", "-q");
      check(real, repo, "fsck", "-a");
      damage(repo, ".filez", 40);
      check(real, repo, "fsck", "-q");
      check(real, repo, "fsck", "--delete");
      check(real, repo, "fsck");
      check(real, repo, "fsck", "-q", "--all");
    }
  }

  /** Cuts off what all commits need, so that both tools name the same commits. */
  private static void damage(Path repo, String ending, long size) throws IOException {
    try (Stream<Path> walk = Files.walk(repo.resolve("objects"))) {
      for (Path file : walk.filter(each -> each.toString().endsWith(ending)).toList()) {
        if (Files.size(file) > size) {
          Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) size));
          return;
        }
      }
    }
  }

  /**
   * Runs both on copies of a repository, which is then as ours left it. Lines of progress depend on
   * time and are left out; which words describe damage depends on the decompressor.
   */
  private void check(RealOstree real, Path repo, String... words) throws IOException {
    Path theirs = temp.path("theirs" + ++copies);
    Programs.run("cp", "-a", repo.toString(), theirs.toString()).ok();
    Programs.Result their = real.runIn(theirs, words);
    CliRunner.Result our = CliRunner.in(repo).ostree(words);
    String what = real + " " + String.join(" ", words) + "\n" + their.err() + "\n" + our.err();
    assertThat(our.code()).as(what).isEqualTo(their.exit());
    assertThat(withoutProgress(our.lines())).as(what).isEqualTo(withoutProgress(their.lines()));
    assertThat(files(repo)).as(what).isEqualTo(files(theirs));
  }

  private static List<String> withoutProgress(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith("fsck objects (")).toList();
  }

  @Test
  void json() throws IOException {
    CliRunner here = CliRunner.in(sample.path());
    assertThat(here.coppice("fsck", "--json").out())
        .startsWith("{\n  \"clean\": true,\n  \"commits\": 4,\n")
        .endsWith("\"findings\": [],\n  \"problems\": []\n}\n");
    assertThat(here.coppice("diff", "--json", "main^", "os/x86/base").out())
        .isEqualTo("{\n  \"modified\": [],\n  \"removed\": [],\n  \"added\": []\n}\n");
    assertThat(here.coppice("prune", "--json", "--no-prune").out())
        .contains("\"pruned\": 0")
        .contains("\"deleted\": false");
  }

  @Test
  void damageNamesItsPath() throws IOException {
    Path repo = temp.path("damaged");
    sample.copyTo(repo);
    damage(repo, ".filez", 40);
    CliRunner.Result result = CliRunner.in(repo).ostree("fsck", "-a");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .containsPattern("\\n  /[a-z/]+ of [0-9a-f]{64}\\n")
        .contains("error: Repository corruption encountered");
    assertThat(CliRunner.in(repo).ostree("fsck").err()).containsPattern("Needed for /[a-z/]+\\.");
  }

  private void both(String block) throws IOException {
    for (RealOstree real : RealOstree.requireAll()) {
      Path theirs = temp.path("theirs" + ++copies);
      Path ours = temp.path("ours" + copies);
      sample.copyTo(theirs);
      sample.copyTo(ours);
      var both = new SideBySide(real, theirs, ours, values);
      for (String line : SideBySide.lines(block).toList()) {
        both.check(line);
        assertThat(files(ours)).as(line).isEqualTo(files(theirs));
      }
    }
  }

  /** Objects, marks and refs. */
  private static List<String> files(Path repo) {
    try (Stream<Path> walk = Files.walk(repo)) {
      return walk.map(file -> repo.relativize(file).toString())
          .filter(name -> !name.startsWith("tmp") && !name.equals(".lock"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
