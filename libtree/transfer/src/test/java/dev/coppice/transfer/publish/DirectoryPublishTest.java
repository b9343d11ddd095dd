package dev.coppice.transfer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.testdata.http.Nginx;
import dev.coppice.transfer.publish.DirectoryTarget.Linking;
import dev.coppice.transfer.publish.PublishFile.Kind;
import dev.coppice.transfer.publish.PublishReport.Amount;
import dev.coppice.transfer.publish.PublishRequest.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishing to a directory, which a real nginx serves to real clients. */
class DirectoryPublishTest {
  private static final Duration GRACE = Duration.ofHours(1);

  private PublishFixture fixture;
  private Path site;

  @BeforeEach
  void setUp() {
    fixture = new PublishFixture();
    site = fixture.temp.path("site");
  }

  @AfterEach
  void tearDown() {
    if (fixture != null) {
      fixture.close();
    }
  }

  private PublishReport publish(Linking linking, PublishRequest request) throws IOException {
    return fixture.publish(repo -> DirectoryTarget.open(repo, site, linking), request);
  }

  @ParameterizedTest
  @EnumSource(Linking.class)
  void realClientsPullFromTheDirectory(Linking linking) throws IOException {
    Checksum first = fixture.commit("main", "1\n".repeat(5000));
    Checksum second = fixture.commit("main", "2\n".repeat(5000));
    fixture.delta(first, second);
    fixture.ostree.on(fixture.repo, "refs", "--alias", "--create=stable", "main");
    fixture.summary();

    PublishReport report = publish(linking, PublishFixture.request(GRACE));

    Map<String, Long> there = PublishFixture.files(site);
    assertThat(there.remove("config")).isPositive();
    assertThat(there).isEqualTo(fixture.expected());
    assertThat(report.total())
        .isEqualTo(
            new Amount(
                there.size() + 1,
                there.values().stream().mapToLong(size -> size).sum()
                    + Files.size(site.resolve("config"))));
    assertThat(report.copied()).containsKeys(Kind.DELTA, Kind.COMMIT, Kind.REF, Kind.SUMMARY);
    assertThat(Files.readString(site.resolve("config")))
        .contains("mode=archive-z2")
        .doesNotContain("password", "secret");
    assertThat(site.resolve("refs/heads/stable")).isRegularFile();
    try (Nginx nginx = Nginx.serve(site)) {
      fixture.pull(nginx.uri().toString(), "main");
    }
    PublishReport again = publish(linking, PublishFixture.request(GRACE));
    assertThat(again.total()).isEqualTo(Amount.NOTHING);
    assertThat(again.unchanged()).isEqualTo(there.size() + 1);
  }

  @Test
  void dryRunIsExact() throws IOException {
    fixture.commit("main", "1");
    fixture.summary();
    PublishReport foreseen =
        publish(Linking.ALLOWED, PublishFixture.request(GRACE, Option.DRY_RUN));
    assertThat(PublishFixture.files(site)).isEmpty();

    PublishReport done = publish(Linking.ALLOWED, PublishFixture.request(GRACE));

    assertThat(foreseen.copied()).isEqualTo(done.copied());
    assertThat(foreseen.total().files()).isPositive();
  }

  @Test
  void whatIsGoneIsDeletedAfterTheGraceTimeHeadsFirst() throws IOException {
    Checksum first = fixture.commit("main", "1\n".repeat(5000));
    Checksum second = fixture.commit("main", "2\n".repeat(5000));
    fixture.delta(first, second);
    fixture.commit("other", "3");
    fixture.summary();
    PublishRequest delete = PublishFixture.request(GRACE, Option.DELETE);
    publish(Linking.ALLOWED, delete);
    fixture.ostree.on(fixture.repo, "refs", "--delete", "main");
    fixture.ostree.on(fixture.repo, "prune", "--refs-only");
    fixture.summary();
    String commit = "objects/" + first.hex().substring(0, 2) + "/" + first.hex().substring(2);

    PublishReport noted = publish(Linking.ALLOWED, delete);
    assertThat(noted.deleted().files()).isEqualTo(1);
    assertThat(site.resolve("refs/heads/main")).doesNotExist();
    assertThat(site.resolve(commit + ".commit")).exists();

    fixture.now = fixture.now.plus(GRACE);
    PublishReport foreseen =
        publish(Linking.ALLOWED, PublishFixture.request(GRACE, Option.DELETE, Option.DRY_RUN));
    PublishReport heads = publish(Linking.ALLOWED, delete);
    assertThat(heads.deleted()).isEqualTo(foreseen.deleted());
    assertThat(site.resolve(commit + ".commit")).doesNotExist();
    assertThat(heads.waiting()).isPositive();
    assertThat(PublishFixture.files(site.resolve("deltas"))).isNotEmpty();

    fixture.now = fixture.now.plus(GRACE);
    publish(Linking.ALLOWED, delete);
    Map<String, Long> there = PublishFixture.files(site);
    there.remove("config");
    assertThat(there).isEqualTo(fixture.expected());
    try (Nginx nginx = Nginx.serve(site)) {
      fixture.pull(nginx.uri().toString(), "other");
    }
  }

  @Test
  void copyThatBrokeOffGoesOnAndLeadsNobodyAstray() throws IOException {
    fixture.commit("main", "1");
    fixture.summary();
    publish(Linking.NEVER, PublishFixture.request(GRACE));
    byte[] summary = Files.readAllBytes(site.resolve("summary"));
    fixture.commit("main", "2");
    fixture.summary();

    assertThatThrownBy(
            () ->
                fixture.publish(
                    repo -> new Failing(DirectoryTarget.open(repo, site, Linking.NEVER)),
                    PublishFixture.request(GRACE)))
        .hasMessage("the disk is full");
    assertThat(site.resolve("summary")).hasBinaryContent(summary);
    try (Nginx nginx = Nginx.serve(site)) {
      fixture.pull(nginx.uri().toString(), "main");
    }
    Files.writeString(site.resolve("refs/heads/.publish-1-1"), "left by a kill");

    publish(Linking.NEVER, PublishFixture.request(GRACE));

    Map<String, Long> there = PublishFixture.files(site);
    there.remove("config");
    assertThat(there).isEqualTo(fixture.expected());
  }

  /** A target that fails at the first commit. */
  private record Failing(PublishTarget inner) implements PublishTarget {
    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public Map<String, Long> list(String directory) throws IOException {
      return inner.list(directory);
    }

    @Override
    public java.util.Optional<byte[]> read(String path) throws IOException {
      return inner.read(path);
    }

    @Override
    public List<PublishFile> differing(List<PublishFile> files) throws IOException {
      return inner.differing(files);
    }

    @Override
    public void put(List<PublishFile> files, Consumer<PublishFile> done) throws IOException {
      if (files.getFirst().kind() == Kind.COMMIT) {
        throw new IOException("the disk is full");
      }
      inner.put(files, done);
    }

    @Override
    public void delete(List<String> paths) throws IOException {
      inner.delete(paths);
    }

    @Override
    public void flush() throws IOException {
      inner.flush();
    }

    @Override
    public void close() throws IOException {
      inner.close();
    }
  }

  @Test
  void deltaThatWasMadeAnewIsCopiedAsAWhole() throws IOException {
    Checksum first = fixture.commit("main", "1\n".repeat(5000));
    Checksum second = fixture.commit("main", "2\n".repeat(5000));
    fixture.delta(first, second);
    fixture.summary();
    publish(Linking.NEVER, PublishFixture.request(GRACE));
    long parts = publish(Linking.NEVER, PublishFixture.request(GRACE)).copied().size();
    assertThat(parts).isZero();
    // The time in it makes the superblock another.
    Path superblock;
    try (var all = Files.walk(fixture.repo.resolve("deltas"))) {
      superblock = all.filter(path -> path.endsWith("superblock")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(superblock);
    fixture.ostree.on(
        fixture.repo,
        "static-delta",
        "generate",
        "--from=" + first,
        "--to=" + second,
        "--disable-bsdiff");
    org.junit.jupiter.api.Assumptions.assumeFalse(
        java.util.Arrays.equals(bytes, Files.readAllBytes(superblock)));

    PublishReport report = publish(Linking.NEVER, PublishFixture.request(GRACE));

    assertThat(report.copied()).containsKeys(Kind.DELTA_PART, Kind.DELTA);
  }

  @Test
  void placesThatHoldSomethingElseAreRefused() throws IOException {
    fixture.commit("main", "1");
    Path config = Files.createDirectories(site).resolve("config");
    Files.writeString(config, "[user]\nname=somebody\n");

    for (Path place : List.of(site, fixture.repo, fixture.repo.resolve("tmp"))) {
      assertThatThrownBy(
              () ->
                  fixture.publish(
                      repo -> DirectoryTarget.open(repo, place, Linking.ALLOWED),
                      PublishFixture.request(GRACE)))
          .isInstanceOfSatisfying(
              TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPO_UNSUITABLE));
    }
  }

  @Test
  void repositoriesThatCannotBeServedAreRefused() throws IOException {
    Path bare = fixture.temp.path("bare");
    fixture.ostree.on(bare, "init", "--mode=bare-user");
    try (Repo repo = Repo.open(bare);
        PublishTarget target = DirectoryTarget.open(repo, site, Linking.ALLOWED)) {
      assertThatThrownBy(
              () -> new Publish(repo, target).run(PublishFixture.request(GRACE), event -> {}))
          .hasMessageContaining("bare-user, which cannot be served");
    }
  }

  @Test
  void commitsThatAreOnlyPartlyThereAreNotPublished() throws IOException {
    Checksum commit = fixture.commit("main", "1");
    Files.createFile(fixture.repo.resolve("state/" + commit + ".commitpartial"));

    publish(Linking.ALLOWED, PublishFixture.request(GRACE));

    assertThat(PublishFixture.files(site))
        .noneSatisfy((path, _) -> assertThat(path).endsWith(".commit"));
  }
}
