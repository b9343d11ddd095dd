package dev.coppice.transfer.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.RepoLock;
import dev.coppice.transfer.mirror.MirrorRequest.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a mirror gives up, and when. The clock is the test's. */
class RetentionTest {
  private static final Duration GRACE = Duration.ofHours(1);
  private static final Duration MORE = Duration.ofMinutes(61);

  private MirrorFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new MirrorFixture().remote("file://" + "UPSTREAM");
    fixture.ostree.on(
        fixture.mirror,
        "config",
        "--group=remote \"up\"",
        "set",
        "url",
        "file://" + fixture.upstream);
  }

  @AfterEach
  void tearDown() {
    if (fixture != null) {
      fixture.close();
    }
  }

  private MirrorReport run(Retention retention, Option... options) throws IOException {
    return fixture.mirror(
        MirrorFixture.request(RefSelection.ALL, MirrorFixture.UNSIGNED, retention, options));
  }

  private Checksum publish(String content) {
    Checksum commit = fixture.commit("main", content);
    fixture.summary();
    return commit;
  }

  @Test
  void commitGoesAfterTheGraceTimeAndItsTreeAfterAnother() throws IOException {
    Checksum first = publish("1");
    Checksum content = fixture.upstreamFile("main", "usr/share/content");
    run(MirrorFixture.keep(1, GRACE));
    Checksum second = publish("2");

    MirrorReport switched = run(MirrorFixture.keep(1, GRACE));
    assertThat(switched.cleaning().retired()).isEmpty();
    assertThat(fixture.hasCommit(first)).isTrue();

    fixture.now = fixture.now.plus(MORE);
    MirrorReport retired = run(MirrorFixture.keep(1, GRACE));
    assertThat(retired.cleaning().retired()).containsExactly(first);
    assertThat(retired.cleaning().waiting()).isEqualTo(1);
    assertThat(fixture.hasCommit(first)).isFalse();
    assertThat(fixture.object(content, "filez")).exists();

    fixture.now = fixture.now.plus(GRACE.dividedBy(2));
    assertThat(run(MirrorFixture.keep(1, GRACE)).cleaning().objects()).isZero();
    assertThat(fixture.object(content, "filez")).exists();

    fixture.now = fixture.now.plus(GRACE);
    MirrorReport swept = run(MirrorFixture.keep(1, GRACE));
    // The content, its directory and those above it: share, usr and the root.
    assertThat(swept.cleaning().objects()).isEqualTo(4);
    assertThat(swept.cleaning().bytes()).isPositive();
    assertThat(swept.cleaning().waiting()).isZero();
    assertThat(fixture.object(content, "filez")).doesNotExist();
    assertThat(fixture.ref("main")).contains(second.hex());
    fixture.ostree.on(fixture.mirror, "fsck");
  }

  @Test
  void newestCommitsOfEachRefStayEvenWithoutAHistory() throws IOException {
    var all = new java.util.ArrayList<Checksum>();
    for (int i = 0; i < 5; i++) {
      // Each has a parent that the mirror, which pulls no ancestors, skips.
      fixture.commit("main", "skipped " + i);
      all.add(publish("taken " + i));
      run(MirrorFixture.keep(3, Duration.ZERO));
      fixture.now = fixture.now.plusSeconds(60);
    }

    assertThat(fixture.hasCommit(all.get(1))).isFalse();
    for (Checksum kept : all.subList(2, 5)) {
      assertThat(fixture.hasCommit(kept)).isTrue();
    }
    fixture.ostree.on(fixture.mirror, "fsck", "--all");
  }

  @Test
  void ancestorsThatCameAlongCount() throws IOException {
    for (int i = 0; i < 5; i++) {
      publish("" + i);
    }
    MirrorRequest one = MirrorFixture.request();
    var deep =
        new MirrorRequest(
            one.remotes(),
            one.selection(),
            -1,
            one.publication(),
            one.verification(),
            MirrorFixture.keep(2, Duration.ZERO),
            one.options(),
            one.fetch());

    MirrorReport report = fixture.mirror(deep);

    assertThat(report.cleaning().retired()).hasSize(3);
    assertThat(fixture.ostree.on(fixture.mirror, "log", "main").lines())
        .filteredOn(line -> line.startsWith("commit "))
        .hasSize(2);
  }

  @Test
  void youngCommitsStay() throws IOException {
    fixture.now = Instant.parse("2020-01-10T00:00:00Z");
    fixture.commit("main", "old", "--timestamp=2020-01-01 00:00:00 +0000");
    fixture.summary();
    Checksum old = Checksum.ofHex(fixture.ostree.on(fixture.upstream, "rev-parse", "main"));
    var days = new Retention(OptionalInt.empty(), Optional.of(Duration.ofDays(5)), Duration.ZERO);
    run(days);
    fixture.commit("main", "young", "--timestamp=2020-01-08 00:00:00 +0000");
    fixture.summary();
    Checksum young = Checksum.ofHex(fixture.ostree.on(fixture.upstream, "rev-parse", "main"));
    run(days);
    fixture.commit("main", "newest", "--timestamp=2020-01-09 00:00:00 +0000");
    fixture.summary();

    run(days);

    assertThat(fixture.hasCommit(old)).isFalse();
    assertThat(fixture.hasCommit(young)).isTrue();
  }

  @Test
  void whatOtherRefsReachStays() throws IOException {
    Checksum first = publish("1");
    run(MirrorFixture.keep(1, Duration.ZERO));
    fixture.ostree.on(fixture.mirror, "refs", "--create=pinned", first.hex());
    Checksum orphan = fixture.commit(fixture.mirror, "local", "mine");
    publish("2");
    run(MirrorFixture.keep(1, Duration.ZERO));
    fixture.now = fixture.now.plusSeconds(60);

    MirrorReport report = run(MirrorFixture.keep(1, Duration.ZERO));

    assertThat(report.cleaning().retired()).isEmpty();
    assertThat(fixture.hasCommit(first)).isTrue();
    assertThat(fixture.hasCommit(orphan)).isTrue();
  }

  @Test
  void refThatWasDeletedKeepsItsCommitsForTheGraceTime() throws IOException {
    Checksum commit = publish("1");
    fixture.commit("other", "2");
    fixture.summary();
    run(Retention.EVERYTHING);
    fixture.ostree.on(fixture.upstream, "refs", "--delete", "main");
    fixture.summary();
    var everything = new Retention(OptionalInt.empty(), Optional.empty(), GRACE);

    run(everything, Option.DELETE_REFS);
    assertThat(fixture.hasCommit(commit)).isTrue();
    fixture.now = fixture.now.plus(MORE);
    run(everything, Option.DELETE_REFS);
    assertThat(fixture.hasCommit(commit)).isFalse();
  }

  @Test
  void commitThatComesBackIsWhole() throws IOException {
    Checksum first = publish("1");
    run(MirrorFixture.keep(1, GRACE));
    publish("2");
    run(MirrorFixture.keep(1, GRACE));
    fixture.now = fixture.now.plus(MORE);
    run(MirrorFixture.keep(1, GRACE));
    assertThat(fixture.hasCommit(first)).isFalse();
    fixture.ostree.on(fixture.upstream, "reset", "main", first.hex());
    fixture.summary();

    run(MirrorFixture.keep(1, GRACE));
    fixture.now = fixture.now.plus(MORE).plus(MORE);
    run(MirrorFixture.keep(1, GRACE));
    fixture.now = fixture.now.plus(MORE).plus(MORE);
    run(MirrorFixture.keep(1, GRACE));

    assertThat(fixture.ref("main")).contains(first.hex());
    assertThat(fixture.hasCommit(first)).isTrue();
    fixture.ostree.on(fixture.mirror, "fsck");
  }

  @Test
  void repositoryInUseIsCleanedTheNextTime() throws IOException {
    Files.writeString(
        fixture.mirror.resolve("config"),
        Files.readString(fixture.mirror.resolve("config"))
            .replace("[core]\n", "[core]\nlock-timeout-secs=0\n"));
    Checksum first = publish("1");
    run(MirrorFixture.keep(1, Duration.ZERO));
    publish("2");
    try (Repo other = Repo.open(fixture.mirror);
        RepoLock held = other.lock(RepoLock.Kind.SHARED)) {
      assertThat(held).isNotNull();
      assertThat(run(MirrorFixture.keep(1, Duration.ZERO)).cleaning().postponed()).isTrue();
      assertThat(fixture.hasCommit(first)).isTrue();
    }

    assertThat(run(MirrorFixture.keep(1, Duration.ZERO)).cleaning().retired())
        .isEqualTo(List.of(first));
  }

  @Test
  void dryRunTellsWhatWouldBeRetired() throws IOException {
    Checksum first = publish("1");
    run(MirrorFixture.keep(1, Duration.ZERO));
    publish("2");

    MirrorReport report = run(MirrorFixture.keep(1, Duration.ZERO), Option.DRY_RUN);

    assertThat(report.cleaning().retired()).containsExactly(first);
    assertThat(fixture.hasCommit(first)).isTrue();
  }
}
