package dev.coppice.core.ref;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The real tool reads the refs we write, and we read and refuse what it does. */
class RefPeerTest {
  @Test
  void bothDirections() throws IOException {
    for (RealOstree ostree : RealOstree.requireAll()) {
      try (var temp = TempTree.create()) {
        Path repo = temp.path("repo");
        Checksum commit = commit(ostree, temp, repo);
        var refs = new RefStore(RefStore.Settings.plain(repo));
        int tried = 0;
        var accepted = new ArrayList<String>(List.of("main"));
        for (String name : Stream.concat(RefNamesTest.VALID.stream(), invalid()).toList()) {
          // A directory for each, so that they do not conflict.
          String ref = "new" + tried++ + "/" + name;
          boolean real =
              ostree.run("--repo=" + repo, "refs", "--create=" + ref, "main").exit() == 0;
          assertThat(RefName.isValid(ref)).as("%s: «%s»", ostree, ref).isEqualTo(real);
          if (real) {
            accepted.add(ref);
          }
        }
        assertThat(refs.list(RefPrefix.ALL).values()).hasSize(accepted.size()).containsOnly(commit);

        refs.write(RefSpec.parse("ours/é"), commit);
        refs.write(RefSpec.parse("r:ours/x"), commit);
        refs.write(new CollectionRef(CollectionId.of("org.x.Y"), RefName.of("o")), commit);
        refs.alias(RefName.of("deep/er/alias"), RefName.of("ours/é"));
        assertThat(ostree.on(repo, "refs", "--list").lines())
            .containsExactlyInAnyOrderElementsOf(
                refs.names(RefPrefix.ALL).stream().map(RefSpec::toString).toList());
        assertThat(ostree.on(repo, "rev-parse", "deep/er/alias")).isEqualTo(commit.hex());
        assertThat(ostree.on(repo, "refs", "-A")).isEqualTo("deep/er/alias -> ours/é");
        assertThat(ostree.on(repo, "refs", "-c")).isEqualTo("(org.x.Y, o)");

        ostree.on(repo, "refs", "-A", "--create=theirs/alias", "main");
        assertThat(refs.aliases(RefPrefix.ALL).toString())
            .isEqualTo("{deep/er/alias=ours/é, theirs/alias=main}");
        assertThat(Files.getPosixFilePermissions(repo.resolve("refs/heads/ours/é")))
            .isEqualTo(Files.getPosixFilePermissions(repo.resolve("refs/heads/main")));
      }
    }
  }

  @Test
  void resolvesAndListsTheSame() throws IOException {
    for (RealOstree ostree : RealOstree.requireAll()) {
      try (var temp = TempTree.create()) {
        Path repo = temp.path("repo");
        Checksum commit = commit(ostree, temp, repo);
        var refs = new RefStore(RefStore.Settings.plain(repo));
        for (String name : List.of("a/b", "a/c/d", "rem:foo/bar", "rem:x", "other:y")) {
          ostree.on(repo, "refs", "--create=" + name, "main");
        }
        Files.writeString(repo.resolve("refs/heads/text"), "xyz\n");
        Files.writeString(repo.resolve("refs/heads/empty"), "");
        Files.writeString(repo.resolve("refs/heads/blanks"), commit.hex() + "  \n\n");
        Files.createSymbolicLink(repo.resolve("refs/heads/loop"), Path.of("loop"));
        for (String name :
            List.of(
                "main",
                "a/b",
                "a",
                "nope",
                "foo/bar",
                "rem/foo/bar",
                "rem:foo/bar",
                "x",
                "y",
                "rem/x",
                "text",
                "empty",
                "blanks",
                "loop",
                "main/sub")) {
          var real = ostree.run("--repo=" + repo, "rev-parse", name);
          String ours;
          try {
            ours =
                refs.find(RefSpec.parse(name), RefScope.REMOTES_TOO).map(Checksum::hex).orElse("");
          } catch (TreeException refused) {
            ours = "";
          }
          assertThat(ours).as("%s rev-parse %s", ostree, name).isEqualTo(real.out().strip());
        }
        Files.delete(repo.resolve("refs/heads/loop"));
        for (String prefix : List.of("a", "a/b", "a/c", "rem:", "rem:foo", "nope", "rem:x", "ma")) {
          RefPrefix ours = RefPrefix.parse(prefix);
          assertThat(refs.names(ours).stream().map(ref -> ours.cut(ref).toString()))
              .as("%s refs %s", ostree, prefix)
              .containsExactlyInAnyOrderElementsOf(
                  ostree.on(repo, "refs", prefix).lines().toList());
        }
      }
    }
  }

  @Test
  void conflictsAreConflictsForBoth() throws IOException {
    for (RealOstree ostree : RealOstree.requireAll()) {
      try (var temp = TempTree.create()) {
        Path repo = temp.path("repo");
        Checksum commit = commit(ostree, temp, repo);
        var refs = new RefStore(RefStore.Settings.plain(repo));
        refs.write(RefSpec.parse("a/b"), commit);
        for (String name : List.of("a", "main/sub", commit.hex())) {
          assertThat(ostree.run("--repo=" + repo, "refs", "--create=" + name, "main").exit())
              .isNotZero();
          assertThatThrownBy(() -> refs.write(RefSpec.parse(name), commit))
              .isInstanceOf(TreeException.class);
        }
        refs.delete(RefSpec.parse("a/b"));
        ostree.on(repo, "refs", "--create=a", "main");
        assertThat(refs.read(RefSpec.parse("a"))).contains(commit);
      }
    }
  }

  /** Names that can be given on a command line and lie below a directory. */
  private static Stream<String> invalid() {
    return RefNamesTest.INVALID.stream()
        .filter(name -> name.codePoints().noneMatch(point -> point >= 0xd800 && point < 0xe000));
  }

  private static Checksum commit(RealOstree ostree, TempTree temp, Path repo) {
    ostree.on(repo, "init", "--mode=archive");
    temp.tree("tree").file("f", "x");
    String commit =
        ostree.on(
            repo,
            "commit",
            "-b",
            "main",
            "--timestamp=@0",
            "--owner-uid=0",
            "--owner-gid=0",
            "--no-xattrs",
            "--tree=dir=" + temp.path("tree"));
    // Were it to start so, "a" would name this commit and no ref.
    assertThat(commit).doesNotStartWith("a");
    return Checksum.ofHex(commit);
  }
}
