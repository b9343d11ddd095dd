package dev.coppice.transfer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.testdata.http.Nginx;
import dev.coppice.transfer.publish.PublishFile.Kind;
import dev.coppice.transfer.publish.PublishReport.Amount;
import dev.coppice.transfer.publish.PublishRequest.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishing through a real rsync. */
class RsyncPublishTest {
  private PublishFixture fixture;
  private Path site;

  @BeforeEach
  void setUp() throws Exception {
    fixture = new PublishFixture();
    site = Files.createDirectories(fixture.temp.path("srv"));
  }

  @AfterEach
  void tearDown() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void repositoryIsCopiedAndKeptUpToDate() throws Exception {
    Checksum first = fixture.commit("main", "1\n".repeat(5000));
    Checksum second = fixture.commit("main", "2\n".repeat(5000));
    fixture.delta(first, second);
    fixture.summary();
    try (RsyncDaemon daemon = RsyncDaemon.serve(site)) {
      PublishFixture.Opener opener =
          repo -> RsyncTarget.open(repo, daemon.address("a/b")).orElseThrow();
      Path copy = site.resolve("a/b");

      PublishReport foreseen =
          fixture.publish(opener, PublishFixture.request(Duration.ZERO, Option.DRY_RUN));
      assertThat(copy).doesNotExist();
      PublishReport report = fixture.publish(opener, PublishFixture.request(Duration.ZERO));

      assertThat(report.copied()).isEqualTo(foreseen.copied()).containsKey(Kind.DELTA);
      Map<String, Long> there = PublishFixture.files(copy);
      assertThat(there.remove("config")).isPositive();
      assertThat(there).isEqualTo(fixture.expected());
      assertThat(Files.readString(copy.resolve("config"))).doesNotContain("password");
      try (Nginx nginx = Nginx.serve(copy)) {
        fixture.pull(nginx.uri().toString(), "main");
      }
      assertThat(fixture.publish(opener, PublishFixture.request(Duration.ZERO)).total())
          .isEqualTo(Amount.NOTHING);

      fixture.commit("other", "3");
      fixture.ostree.on(fixture.repo, "refs", "--delete", "main");
      fixture.ostree.on(fixture.repo, "prune", "--refs-only");
      fixture.summary();
      PublishReport update =
          fixture.publish(opener, PublishFixture.request(Duration.ZERO, Option.DELETE));

      assertThat(update.deleted().files()).isPositive();
      there = PublishFixture.files(copy);
      there.remove("config");
      assertThat(there).isEqualTo(fixture.expected());
      try (Nginx nginx = Nginx.serve(copy)) {
        fixture.pull(nginx.uri().toString(), "other");
      }
    }
  }

  @Test
  void changedFilesOfTheSameSizeAreFound() throws Exception {
    fixture.commit("main", "1");
    fixture.summary();
    try (RsyncDaemon daemon = RsyncDaemon.serve(site)) {
      PublishFixture.Opener opener =
          repo -> RsyncTarget.open(repo, daemon.address("x")).orElseThrow();
      fixture.publish(opener, PublishFixture.request(Duration.ZERO));
      fixture.commit("main", "2");
      fixture.summary();

      PublishReport report = fixture.publish(opener, PublishFixture.request(Duration.ZERO));

      assertThat(report.copied()).containsKeys(Kind.REF, Kind.SUMMARY);
      assertThat(site.resolve("x/refs/heads/main"))
          .hasSameBinaryContentAs(fixture.repo.resolve("refs/heads/main"));
    }
  }

  @Test
  void serverThatIsNotThereIsToldOf() {
    assertThatThrownBy(
            () ->
                fixture.publish(
                    repo -> RsyncTarget.open(repo, "rsync://127.0.0.1:1/m/x").orElseThrow(),
                    PublishFixture.request(Duration.ZERO)))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NETWORK_UNREACHABLE))
        .hasMessageContaining("rsync to rsync://127.0.0.1:1/m/x failed with status");
  }

  @Test
  void addressesAreUnderstood() {
    assertThat(RsyncAddress.parse("ssh://u@h:2222/srv/r/"))
        .contains(new RsyncAddress("u@h:/srv/r", List.of("--rsh=ssh -p 2222")));
    assertThat(RsyncAddress.parse("u@h:srv/r")).contains(new RsyncAddress("u@h:srv/r", List.of()));
    assertThat(RsyncAddress.parse("rsync://h/m/p"))
        .contains(new RsyncAddress("rsync://h/m/p", List.of()));
    assertThat(RsyncAddress.parse("/srv/a:b")).isEmpty();
    assertThat(RsyncAddress.parse("srv")).isEmpty();
    assertThat(RsyncAddress.parse("s3://b/p")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssh://-oProxyCommand=x/p", "-e:p", "u@-x:p", "rsync://h", "ssh://h"})
  void addressesThatAreOptionsOrNotWholeAreRefused(String address) {
    assertThatThrownBy(() -> RsyncAddress.parse(address))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.URL_INVALID));
  }
}
