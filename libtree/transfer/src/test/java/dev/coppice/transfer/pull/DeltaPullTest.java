package dev.coppice.transfer.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.PartialCommits.State;
import dev.coppice.core.repo.Repo;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.http.Fault;
import dev.coppice.testdata.http.FaultServer;
import dev.coppice.testdata.http.ReceivedRequest;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.SuperblockFile;
import dev.coppice.transfer.pull.PullRequest.Option;
import dev.coppice.transfer.pull.PullRequest.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deltas that real tools made, pulled by us. */
@TestInstance(Lifecycle.PER_CLASS)
class DeltaPullTest {
  private static final String NO_FALLBACK = "--min-fallback-size=0";

  private int clients;
  private DeltaFixture fixture;
  private @Nullable DeltaFixture other;

  @BeforeEach
  void clean() throws IOException {
    if (fixture == null) {
      fixture = new DeltaFixture(RealOstree.require());
    }
    TempTree.delete(fixture.source.resolve("deltas"));
    fixture.point(fixture.second);
  }

  @AfterAll
  void close() {
    if (fixture != null) {
      fixture.close();
    }
    if (other != null) {
      other.close();
    }
  }

  private Path client(String mode, String url, @Nullable Checksum commit) throws IOException {
    return fixture.client("client" + clients++, mode, url, commit);
  }

  private Path client(FaultServer server) throws IOException {
    return client("bare-user", server.uri().toString(), fixture.first);
  }

  private FaultServer serve() {
    return FaultServer.start(fixture.source);
  }

  private static List<String> paths(FaultServer server) {
    return server.requests().stream().map(ReceivedRequest::path).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "bare-user, --min-fallback-size=1",
    "bare-user, --inline",
    "bare-user, --swap-endianness",
    "bare-user, --disable-bsdiff",
    "bare-user-only, --min-fallback-size=1",
    "archive, --min-fallback-size=1",
    "bare, --min-fallback-size=1",
  })
  void realDeltas(String mode, String option) throws IOException {
    if (mode.equals("bare")) {
      Root.require();
    }
    for (RealOstree real : RealOstree.requireAll()) {
      DeltaFixture made = ofTool(real);
      try (FaultServer server = FaultServer.start(made.source)) {
        made.delta(made.first, made.second, option);
        for (String url : List.of(server.uri().toString(), "file://" + made.source)) {
          Path to = made.client("client" + clients++, mode, url, made.first);
          PullResult result = made.pull(to, Option.REQUIRE_STATIC_DELTAS);
          assertThat(result.deltaParts()).isEqualTo(1);
          assertThat(made.fsck(to)).isEmpty();
          assertThat(made.head(to)).isEqualTo(made.second.hex());
          assertThat(to.resolve("state")).isEmptyDirectory();
        }
        List<String> loose = paths(server).stream().filter(p -> p.startsWith("/objects")).toList();
        // The detached metadata, which may be newer than the delta, and the file beside the parts.
        assertThat(loose).hasSize(option.equals("--min-fallback-size=1") ? 2 : 1);
      }
    }
  }

  /** The fixture that a tool made, with no deltas in it. */
  private DeltaFixture ofTool(RealOstree real) throws IOException {
    if (real.version().equals(fixture.ostree.version())) {
      return fixture;
    }
    DeltaFixture made = other;
    if (made == null) {
      made = new DeltaFixture(real);
      made.point(made.second);
      other = made;
    }
    TempTree.delete(made.source.resolve("deltas"));
    return made;
  }

  @Test
  void fromScratchOnlyWhereThereIsNothing() throws IOException {
    fixture.fromScratch(fixture.second);
    try (FaultServer server = serve()) {
      String url = server.uri().toString();
      Path empty = client("bare-user", url, null);
      assertThat(fixture.pull(empty).deltaParts()).isEqualTo(1);
      assertThat(fixture.fsck(empty)).isEmpty();
      Path older = client("bare-user", url, fixture.first);
      assertThat(fixture.pull(older).deltaParts()).isZero();
      assertThat(fixture.fsck(older)).isEmpty();
    }
  }

  @Test
  void chains() throws IOException {
    DeltaName one = fixture.delta(fixture.first, fixture.second, NO_FALLBACK);
    DeltaName two = fixture.delta(fixture.second, fixture.third, NO_FALLBACK);
    fixture.point(fixture.third);
    try (FaultServer server = serve()) {
      Path to = client(server);
      PullResult result = fixture.pull(to, Option.REQUIRE_STATIC_DELTAS);
      assertThat(result.deltaParts()).isEqualTo(2);
      assertThat(result.plan().deltas()).extracting(PlannedDelta::name).containsOnly(one, two);
      assertThat(fixture.fsck(to)).isEmpty();
      assertThat(fixture.head(to)).isEqualTo(fixture.third.hex());
      try (Repo repo = Repo.open(to)) {
        assertThat(repo.objects().has(ObjectName.commit(fixture.second))).isFalse();
      }
    }
  }

  @Test
  void theNewestStartIsTaken() throws IOException {
    fixture.delta(fixture.first, fixture.third, NO_FALLBACK);
    DeltaName near = fixture.delta(fixture.second, fixture.third, NO_FALLBACK);
    fixture.point(fixture.third);
    try (FaultServer server = serve()) {
      Path to = client("bare-user", server.uri().toString(), fixture.second);
      fixture.ostree.on(to, "pull-local", fixture.source.toString(), fixture.first.hex());
      PullResult result = fixture.pull(to);
      assertThat(result.plan().deltas()).extracting(PlannedDelta::name).containsExactly(near);
      assertThat(fixture.fsck(to)).isEmpty();
    }
  }

  @Test
  void dryRunsTellAndChangeNothing() throws IOException {
    fixture.delta(fixture.first, fixture.second, "--min-fallback-size=1");
    try (FaultServer server = serve()) {
      Path to = client(server);
      PullResult result = fixture.pull(to, Option.REQUIRE_STATIC_DELTAS, Option.DRY_RUN);
      PlannedDelta planned = result.plan().deltas().getFirst();
      assertThat(planned.parts()).isEqualTo(2);
      assertThat(planned.partsHere()).isZero();
      assertThat(planned.usize()).isGreaterThan(1_300_000);
      assertThat(planned.download()).isBetween(1_300_000L, 1_500_000L);
      assertThat(fixture.head(to)).isEqualTo(fixture.first.hex());
      assertThat(paths(server)).noneMatch(path -> path.endsWith("/0"));
      try (Repo repo = Repo.open(to)) {
        assertThat(repo.objects().has(ObjectName.commit(fixture.second))).isFalse();
      }
    }
  }

  @Test
  void damagedPartsGiveWayToObjects() throws IOException {
    DeltaName name = fixture.delta(fixture.first, fixture.second, NO_FALLBACK);
    Path part = fixture.source.resolve(name.part(0));
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);
    try (FaultServer server = serve()) {
      Path strict = client(server);
      assertThatThrownBy(() -> fixture.pull(strict, Option.REQUIRE_STATIC_DELTAS))
          .isInstanceOfSatisfying(
              TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DELTA_CORRUPT))
          .hasMessageStartingWith("Static delta " + name + ", part 0: Checksum mismatch");
      assertThat(fixture.head(strict)).isEqualTo(fixture.first.hex());
      assertThat(fixture.fsck(strict)).isEmpty();
      Path to = client(server);
      assertThat(fixture.pull(to).deltaParts()).isZero();
      assertThat(fixture.refusals()).singleElement().asString().contains("Checksum mismatch");
      assertThat(fixture.fsck(to)).isEmpty();
      assertThat(fixture.head(to)).isEqualTo(fixture.second.hex());
    }
  }

  @Test
  void whatTheLineDamagesIsFetchedAgain() throws IOException {
    DeltaName name = fixture.delta(fixture.first, fixture.second, NO_FALLBACK);
    try (FaultServer server = serve()) {
      server.queue("/" + name.part(0), new Fault.WrongByte(1000), new Fault.Truncate(5000));
      Path to = client(server);
      assertThat(fixture.pull(to, Option.REQUIRE_STATIC_DELTAS).deltaParts()).isEqualTo(1);
      assertThat(fixture.fsck(to)).isEmpty();
    }
  }

  @Test
  void goesOnWhereItWas() throws IOException {
    DeltaName name =
        fixture.delta(fixture.first, fixture.second, NO_FALLBACK, "--max-chunk-size=1");
    Path last = fixture.source.resolve(name.part(1));
    byte[] bytes = Files.readAllBytes(last);
    Files.delete(last);
    try (FaultServer server = serve()) {
      Path to = client(server);
      assertThatThrownBy(() -> fixture.pull(to, Option.REQUIRE_STATIC_DELTAS))
          .isInstanceOfSatisfying(
              TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DELTA_MISSING));
      Files.write(last, bytes);
      PullResult result = fixture.pull(to, Option.REQUIRE_STATIC_DELTAS);
      PlannedDelta planned = result.plan().deltas().getFirst();
      assertThat(planned.partsHere()).isPositive();
      assertThat(result.deltaParts()).isEqualTo(planned.parts() - planned.partsHere());
      assertThat(fixture.fsck(to)).isEmpty();
    }
  }

  @Test
  void aDeltaForAnotherCommit() throws IOException {
    DeltaName wanted = fixture.delta(fixture.first, fixture.second);
    DeltaName other = fixture.delta(fixture.first, fixture.third);
    Files.write(
        fixture.source.resolve(wanted.superblock()),
        Files.readAllBytes(fixture.source.resolve(other.superblock())));
    fixture.summary();
    refused(ErrorCode.DELTA_MISMATCH, "is another one: its superblock says " + other);
  }

  @Test
  void aSuperblockThatTheSummaryDoesNotKnow() throws IOException {
    DeltaName name = fixture.delta(fixture.first, fixture.second);
    Path index = fixture.source.resolve(name.index());
    byte[] before = Files.readAllBytes(index);
    fixture.delta(fixture.first, fixture.second, "--inline");
    Files.write(index, before);
    refused(ErrorCode.DELTA_CORRUPT, "Invalid checksum for static delta " + name);
  }

  @Test
  void anUnsignedDeltaWhereSignaturesAreRequired() throws IOException {
    fixture.delta(fixture.first, fixture.second);
    try (FaultServer server = serve()) {
      Path to = client(server);
      fixture.ostree.on(to, "config", "set", "core.sign-verify-deltas", "true");
      assertThat(fixture.pull(to).deltaParts()).isZero();
      assertThat(fixture.refusals()).singleElement().asString().contains("is not signed");
      assertThat(fixture.fsck(to)).isEmpty();
    }
  }

  private void refused(ErrorCode code, String message) throws IOException {
    try (FaultServer server = serve()) {
      Path strict = client(server);
      assertThatThrownBy(() -> fixture.pull(strict, Option.REQUIRE_STATIC_DELTAS))
          .isInstanceOfSatisfying(TreeException.class, e -> assertThat(e.code()).isEqualTo(code))
          .hasMessageContaining(message);
      Path to = client(server);
      fixture.pull(to);
      assertThat(fixture.refusals()).singleElement().asString().contains(message);
      assertThat(fixture.fsck(to)).isEmpty();
      assertThat(fixture.head(to)).isEqualTo(fixture.second.hex());
    }
  }

  @Test
  void theCommitInsideIsVerifiedBeforeAnythingIsMade() throws IOException {
    fixture.delta(fixture.first, fixture.second, "--inline");
    Path to = client("bare-user", "file://" + fixture.source, fixture.first);
    long before = objects(to);
    Trust nobody =
        (commit, _, _) -> {
          throw new Failure(ErrorCode.SIGNATURE_MISSING, "not signed: " + commit);
        };
    assertThatThrownBy(() -> fixture.pullLocal(to, nobody, Option.REQUIRE_STATIC_DELTAS))
        .hasMessage("not signed: " + fixture.second);
    assertThat(objects(to)).isEqualTo(before);
  }

  private static long objects(Path repo) throws IOException {
    long count = 0;
    for (String directory : List.of("objects", "tmp")) {
      try (var files = Files.walk(repo.resolve(directory))) {
        count +=
            files.filter(Files::isRegularFile).filter(f -> !f.toString().endsWith("-lock")).count();
      }
    }
    return count;
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "COMMIT"})
  void missingDeltasWhereTheyAreRequired(String what) throws IOException {
    fixture.delta(fixture.second, fixture.third);
    try (FaultServer server = serve()) {
      Path to = client(server);
      Wanted wanted = Wanted.parse(what.equals("main") ? what : fixture.second.hex());
      assertThatThrownBy(() -> fixture.pull(to, wanted, Option.REQUIRE_STATIC_DELTAS))
          .isInstanceOfSatisfying(
              TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DELTA_MISSING))
          .hasMessageContaining("Static deltas required, but none found");
    }
  }

  @Test
  void disabledOrUpToDate() throws IOException {
    fixture.delta(fixture.first, fixture.second);
    try (FaultServer server = serve()) {
      Path to = client(server);
      assertThat(fixture.pull(to, Option.DISABLE_STATIC_DELTAS).deltaParts()).isZero();
      assertThat(paths(server)).noneMatch(path -> path.startsWith("/delta"));
      assertThat(fixture.pull(to, Option.REQUIRE_STATIC_DELTAS).deltaParts()).isZero();
      assertThat(paths(server)).noneMatch(path -> path.contains("superblock"));
      Path archive = client("archive", server.uri().toString(), fixture.first);
      assertThat(fixture.pull(archive).deltaParts()).isZero();
      assertThat(paths(server)).noneMatch(path -> path.contains("superblock"));
      assertThat(fixture.fsck(archive)).isEmpty();
    }
  }

  /** What a source that is damaged leads to must not be stored. */
  @Test
  void aDamagedFileToStartFrom() throws IOException {
    DeltaName name = fixture.delta(fixture.first, fixture.second, NO_FALLBACK);
    try (FaultServer server = serve()) {
      Path to = client(server);
      Path tool = largest(to);
      byte[] bytes = Files.readAllBytes(tool);
      bytes[5] ^= 1;
      Files.write(tool, bytes);
      assertThatThrownBy(() -> fixture.pull(to, Option.REQUIRE_STATIC_DELTAS))
          .isInstanceOfSatisfying(
              TreeException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DELTA_OBJECT_MISMATCH))
          .hasMessageContaining("a file here that it starts from is damaged");
      assertThat(fixture.pull(to).deltaParts()).isZero();
      SuperblockFile made =
          SuperblockFile.decode(Files.readAllBytes(fixture.source.resolve(name.superblock())));
      try (Repo repo = Repo.open(to)) {
        for (ObjectName object : made.superblock().parts().getFirst().objects()) {
          assertThat(repo.objects().has(object)).isTrue();
        }
        assertThat(repo.partialCommits().state(fixture.second)).isEqualTo(State.COMPLETE);
      }
    }
  }

  private static Path largest(Path repo) throws IOException {
    try (var files = Files.walk(repo.resolve("objects"))) {
      return files
          .filter(Files::isRegularFile)
          .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
          .orElseThrow();
    }
  }
}
