package dev.coppice.transfer.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.repo.Repo;
import dev.coppice.sign.SignatureType;
import dev.coppice.sign.Signer;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is what the real tool writes, but for the time in it. */
class SummaryUpdateTest {
  private TempTree temp;

  @BeforeEach
  void setUp() {
    temp = TempTree.create();
  }

  @AfterEach
  void tearDown() {
    temp.close();
  }

  static Stream<RealOstree> tools() {
    return RealOstree.requireAll().stream();
  }

  private Path repository(RealOstree ostree, String... options) throws IOException {
    Path repo = temp.path("repo");
    var arguments = new ArrayList<>(List.of("init", "--mode=archive"));
    arguments.addAll(List.of(options));
    ostree.on(repo, arguments.toArray(String[]::new));
    Path tree = temp.path("tree");
    Files.createDirectories(tree);
    Files.writeString(tree.resolve("file"), "one");
    commit(ostree, repo, tree, "os/x86_64", "--add-metadata-string=version=1");
    Files.writeString(tree.resolve("file"), "two");
    commit(ostree, repo, tree, "os/x86_64", "--add-metadata-string=version=2");
    commit(ostree, repo, tree, "app", "--timestamp=@300000000000");
    ostree.on(repo, "refs", "-A", "--create=alias/of", "os/x86_64");
    return repo;
  }

  private static void commit(
      RealOstree ostree, Path repo, Path tree, String branch, String option) {
    ostree.on(repo, "commit", "-b", branch, "-s", "s", option, "--tree=dir=" + tree);
  }

  @ParameterizedTest
  @MethodSource("tools")
  void refsAndAliases(RealOstree ostree) throws IOException {
    compare(ostree, repository(ostree));
  }

  @ParameterizedTest
  @MethodSource("tools")
  void deltasAndTheirIndexes(RealOstree ostree) throws IOException {
    Path repo = repository(ostree);
    ostree.on(repo, "static-delta", "generate", "os/x86_64");
    ostree.on(repo, "static-delta", "generate", "--empty", "--to=os/x86_64");
    ostree.on(repo, "static-delta", "generate", "--empty", "--to=app");
    compare(ostree, repo);
    ostree.on(repo, "config", "set", "core.no-deltas-in-summary", "true");
    ostree.on(repo, "config", "set", "core.tombstone-commits", "true");
    compare(ostree, repo);
  }

  @ParameterizedTest
  @MethodSource("tools")
  void refsOfOtherCollections(RealOstree ostree) throws IOException {
    Path repo = repository(ostree);
    ostree.on(repo, "remote", "add", "up", "http://localhost", "--collection-id=org.example.Up");
    ostree.on(repo, "refs", "--create=up:one", "os/x86_64");
    ostree.on(repo, "refs", "--create=up:another", "app");
    ostree.on(repo, "refs", "--collections", "--create=org.example.Mirror:m", "app");
    compare(ostree, repo);
  }

  /** Both make the summary of a copy; everything but its time must be the same. */
  private void compare(RealOstree ostree, Path repo) throws IOException {
    Path theirs = copy(repo, temp.path("theirs"));
    Path ours = copy(repo, temp.path("ours"));
    ostree.on(theirs, "summary", "-u", "-m", "exa.b={'k': <uint64 5>}", "-m", "exa.a='x'");
    Variant theirSummary = Variant.of(Summary.TYPE, Files.readAllBytes(theirs.resolve("summary")));
    long time = Summary.decode(theirSummary.serialized()).lastModified().orElseThrow();
    var metadata =
        VariantDict.builder()
            .put("exa.b", Variant.parseText(null, "{'k': <uint64 5>}"))
            .put("exa.a", Variant.ofString("x"));
    Instant now = Instant.ofEpochSecond(time);
    try (Repo opened = Repo.open(ours)) {
      new SummaryUpdate(opened)
          .run(new SummaryRequest(metadata.build(), List.of(), new SummaryRequest.Times(now, now)));
    }
    assertThat(ours.resolve("summary")).hasSameBinaryContentAs(theirs.resolve("summary"));
    assertThat(files(ours)).isEqualTo(files(theirs));
    delete(theirs);
    delete(ours);
  }

  private static List<String> files(Path repo) throws IOException {
    try (Stream<Path> all = Files.walk(repo)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.endsWith(".lock"))
          .map(
              file -> {
                try {
                  byte[] content = Files.readAllBytes(file);
                  return repo.relativize(file) + " " + Arrays.hashCode(content);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .sorted()
          .toList();
    }
  }

  private static Path copy(Path from, Path to) {
    Programs.run("cp", "-a", from.toString(), to.toString()).ok();
    return to;
  }

  private static void delete(Path directory) {
    Programs.run("rm", "-rf", directory.toString()).ok();
  }

  @Test
  void signaturesHaveTheSummarysTimeAndAnUnsignedUpdateDeletesThem() throws IOException {
    Path path = repository(RealOstree.require());
    Signer signer = new Dummy();
    Instant now = Instant.ofEpochSecond(1_700_000_000);
    var times = new SummaryRequest.Times(now, now);
    Variant none = VariantDict.builder().build();
    try (Repo repo = Repo.open(path)) {
      new SummaryUpdate(repo).run(new SummaryRequest(none, List.of(signer, signer), times));
      Path signature = path.resolve("summary.sig");
      Variant signatures = Variant.of(VariantType.DICTIONARY, Files.readAllBytes(signature));
      assertThat(signatures.lookup("ostree.sign.dummy", VariantType.of("aay")).orElseThrow())
          .satisfies(list -> assertThat(list.childCount()).isEqualTo(2))
          .satisfies(
              list ->
                  assertThat(list.child(0).asBytes())
                      .isEqualTo(signer.sign(Files.readAllBytes(path.resolve("summary")))));
      assertThat(Files.getLastModifiedTime(signature))
          .isEqualTo(Files.getLastModifiedTime(path.resolve("summary")));
      new SummaryUpdate(repo).run(new SummaryRequest(none, List.of(), times));
      assertThat(signature).doesNotExist();
    }
    try (Stream<Path> left = Files.list(path.resolve("tmp"))) {
      assertThat(left.filter(file -> file.getFileName().toString().startsWith("summary-")))
          .isEmpty();
    }
  }

  @Test
  void aRefWithoutItsCommitIsNotPublished() throws IOException {
    Path path = repository(RealOstree.require());
    Files.writeString(path.resolve("refs/heads/gone"), "0".repeat(64) + "\n");
    try (Repo repo = Repo.open(path)) {
      assertThatThrownBy(() -> new SummaryUpdate(repo).run(SummaryRequest.plain()))
          .isInstanceOf(MissingObjectException.class);
    }
    assertThat(path.resolve("summary")).doesNotExist();
  }

  @Test
  void followsRefsWhenConfigured() throws IOException {
    RealOstree ostree = RealOstree.require();
    Path path = repository(ostree);
    try (Repo repo = Repo.open(path)) {
      new SummaryUpdate(repo).runIfAutomatic();
      assertThat(path.resolve("summary")).doesNotExist();
    }
    ostree.on(path, "config", "set", "core.commit-update-summary", "true");
    try (Repo repo = Repo.open(path)) {
      new SummaryUpdate(repo).runIfAutomatic();
    }
    assertThat(Summary.read(path).orElseThrow().refs()).containsKeys("app", "os/x86_64");
  }

  private static final class Dummy implements Signer {
    @Override
    public SignatureType type() {
      return SignatureType.DUMMY;
    }

    @Override
    public byte[] sign(byte[] data) {
      return ("signed " + data.length).getBytes(StandardCharsets.US_ASCII);
    }
  }
}
