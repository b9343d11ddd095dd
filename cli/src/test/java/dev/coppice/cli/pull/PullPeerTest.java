package dev.coppice.cli.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.SideBySide;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code pull} against {@code pull} of ostree, from the same server: output, codes, files. */
class PullPeerTest {
  private static final List<String> SEQUENCES =
      List.of(
          """
          init --repo=c --mode=bare
          remote add --repo=c --no-gpg-verify up {url}
          count pull --repo=c up os/x
          count pull --repo=c up os/x
          count pull --repo=c up:app
          set refs --repo=c
          rev-parse --repo=c up:os/x
          count pull --repo=c --depth=-1 up os/x
          count ~ pull --repo=c up nope
          count ~ pull --repo=c nobody os/x
          count ~ pull --repo=c up
          count ~ pull --repo=c
          count ~ pull --repo=c up a..b
          count pull --repo=c up os/x@{first}
          rev-parse --repo=c up:os/x
          count ~ pull --repo=c up os/x@1234
          count pull --repo=c up {second}
          fsck --repo=c
          """,
          """
          init --repo=c --mode=archive
          remote add --repo=c --no-gpg-verify up {url}
          count pull --repo=c --mirror up
          set refs --repo=c
          count pull --repo=c --mirror --depth=1 up os/x
          fsck --repo=c
          summary --repo=c
          """,
          """
          init --repo=c --mode=archive
          remote add --repo=c --no-gpg-verify up {url}
          count pull --repo=c --mirror --http-trusted up app
          fsck --repo=c
          """,
          """
          init --repo=c --mode=bare-user-only
          remote add --repo=c --no-gpg-verify up {url}
          count pull --repo=c --commit-metadata-only --depth=2 up os/x
          log --repo=c up:os/x
          count pull --repo=c --subpath=/usr/share up os/x
          count pull --repo=c --subpath=/usr/f2 --subpath=/usr/f4 up os/x
          count pull --repo=c --untrusted up os/x
          fsck --repo=c
          count ~ pull --repo=c --bareuseronly-files up app
          """,
          """
          init --repo=c --mode=bare-user
          remote add --repo=c --no-gpg-verify up {url} os/x app
          count pull --repo=c up
          set refs --repo=c
          count pull --repo=c -T up os/x
          count pull --repo=c --timestamp-check-from-rev=up:app up os/x@{second}
          count ~ pull --repo=c --http-header=wrong up os/x
          count pull --repo=c --http-header=X-A=b --network-retries=2 up os/x
          count pull --repo=c --url={url} --disable-static-deltas up os/x
          count ~ pull --repo=c --require-static-deltas up os/x@{first}
          """,
          """
          init --repo=local --mode=bare
          pull-local --repo=local {served} os/x
          init --repo=c --mode=bare
          remote add --repo=c --no-gpg-verify up {url}
          count pull --repo=c -L local up os/x
          count pull --repo=c -L local up app
          fsck --repo=c
          remote add --repo=c --no-gpg-verify near file://{served}
          count pull --repo=c near os/x
          set refs --repo=c
          """);

  static Stream<String> sequences() {
    return SEQUENCES.stream();
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void endsAsOstreeDoes(String sequence) throws IOException {
    if (sequence.contains("--mode=bare\n")) {
      Root.require(); // to give files to others
    }
    for (RealOstree real : RealOstree.requireAll()) {
      try (ServedRepo served = new ServedRepo(real)) {
        Path theirs = Files.createDirectories(served.temp.path("theirs"));
        Path ours = Files.createDirectories(served.temp.path("ours"));
        compare(served, sequence, theirs, ours);
        assertThat(files(ours.resolve("c"))).containsExactlyEntriesOf(files(theirs.resolve("c")));
        assertThat(real.run("fsck", "--repo=" + ours.resolve("c")).exit()).isZero();
      }
    }
  }

  /** Of what they leave behind after a refusal, the real tools keep the commit that they refuse. */
  @Test
  void refusesOlderCommitsAsOstreeDoes() throws IOException {
    for (RealOstree real : RealOstree.requireAll()) {
      try (ServedRepo served = new ServedRepo(real)) {
        Path theirs = Files.createDirectories(served.temp.path("theirs"));
        Path ours = Files.createDirectories(served.temp.path("ours"));
        compare(
            served,
            """
            init --repo=c --mode=bare-user
            remote add --repo=c --no-gpg-verify up {url}
            count pull --repo=c up os/x
            pull --repo=c -T up os/x@{first}
            pull --repo=c --timestamp-check-from-rev={third} up os/x@{first}
            rev-parse --repo=c up:os/x
            """,
            theirs,
            ours);
        assertThat(files(ours.resolve("c")).keySet())
            .noneMatch(name -> name.contains(served.commits[0].substring(2)));
      }
    }
  }

  private static void compare(ServedRepo served, String sequence, Path theirs, Path ours) {
    Map<String, String> values =
        Map.of(
            "url", served.server.uri().toString(),
            "served", served.repo.toString(),
            "first", served.commits[0],
            "second", served.commits[1],
            "third", served.commits[2]);
    var both = new SideBySide(served.real, theirs, ours, values);
    SideBySide.lines(sequence).forEach(both::check);
  }

  /** What a repository holds; not when it was made, nor what is left of the work on it. */
  private static SortedMap<String, String> files(Path repo) throws IOException {
    var files = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(repo)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        String name = repo.relativize(each).toString();
        if (!name.startsWith("tmp/") && !name.startsWith(".lock")) {
          boolean object = name.startsWith("objects/");
          files.put(
              name,
              object ? "" + Files.size(each) : HexFormat.of().formatHex(Files.readAllBytes(each)));
        }
      }
    }
    return files;
  }
}
