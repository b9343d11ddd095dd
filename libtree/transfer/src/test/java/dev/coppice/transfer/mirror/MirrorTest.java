package dev.coppice.transfer.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.http.Nginx;
import dev.coppice.transfer.mirror.MirrorReport.SummaryChange;
import dev.coppice.transfer.mirror.MirrorRequest.Option;
import dev.coppice.transfer.mirror.MirrorRequest.Signing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mirrors of repositories of a real ostree, behind a real nginx, that real clients pull from. */
class MirrorTest {
  private static final String BASE = "os/44/x86_64/base";

  private MirrorFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new MirrorFixture();
  }

  @AfterEach
  void tearDown() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void selectedRefsAreMirroredAndServed() throws IOException {
    Checksum base = fixture.commit(BASE, "1", "--add-metadata-string=version=44.1");
    fixture.commit("os/44/aarch64/base", "2");
    fixture.commit("os/44/x86_64/debug", "3");
    fixture.summary();
    try (Nginx up = Nginx.serve(fixture.upstream);
        Nginx served = Nginx.serve(fixture.mirror)) {
      fixture.remote(up.uri().toString());
      var selection = RefSelection.parse(List.of("os/**"), List.of("**/debug"), List.of("x86_64"));
      MirrorRequest request =
          MirrorFixture.request(selection, MirrorFixture.UNSIGNED, Retention.EVERYTHING);

      MirrorReport report = fixture.mirror(request);

      MirrorReport.Upstream from = report.upstreams().getFirst();
      assertThat(from.refs())
          .singleElement()
          .satisfies(
              change -> {
                assertThat(change.ref()).hasToString(BASE);
                assertThat(change.before()).isEmpty();
                assertThat(change.after()).contains(base);
                assertThat(change.version()).contains("44.1");
              });
      assertThat(from.transfer().files()).isEqualTo(3);
      assertThat(report.verified()).isPositive();
      assertThat(report.summary()).isEqualTo(SummaryChange.MADE);
      assertThat(fixture.ref(BASE)).contains(base.hex());
      assertThat(fixture.ref("os/44/aarch64/base")).isEmpty();
      for (RealOstree client : RealOstree.requireAll()) {
        fixture.pull(client, served.uri().toString(), BASE);
      }
      assertThat(fixture.mirror(request).changed()).isFalse();
    }
  }

  @Test
  void signedSummaryIsTakenOver() throws IOException {
    try (Gpg gpg = Gpg.require();
        Nginx up = Nginx.serve(fixture.upstream);
        Nginx served = Nginx.serve(fixture.mirror)) {
      String key = gpg.key("publisher@example.com");
      String home = "--gpg-homedir=" + gpg.home();
      fixture.commit(BASE, "1", "--gpg-sign=" + key, home);
      fixture.commit("other", "2", "--gpg-sign=" + key, home);
      fixture.summary("--gpg-sign=" + key, home);
      Path keys = Files.write(fixture.temp.path("keys"), gpg.export(key));
      String[] options = {
        "--set=gpg-verify=true", "--set=gpg-verify-summary=true", "--gpg-import=" + keys
      };
      fixture.ostree.on(
          fixture.mirror,
          "remote",
          "add",
          options[0],
          options[1],
          options[2],
          "up",
          up.uri().toString());
      var takeOver =
          MirrorFixture.request(RefSelection.ALL, new Signing.Upstream(), Retention.EVERYTHING);

      assertThat(fixture.mirror(takeOver).summary()).isEqualTo(SummaryChange.TAKEN_OVER);

      assertThat(fixture.mirror.resolve("summary.sig"))
          .hasSameBinaryContentAs(fixture.upstream.resolve("summary.sig"));
      for (RealOstree client : RealOstree.requireAll()) {
        fixture.pull(client, served.uri().toString(), BASE, options);
      }
      assertThat(fixture.mirror(takeOver).changed()).isFalse();

      var part =
          MirrorFixture.request(
              RefSelection.parse(List.of("other"), List.of(), List.of()),
              new Signing.Upstream(),
              Retention.EVERYTHING);
      assertThatThrownBy(() -> fixture.mirror(part))
          .isInstanceOfSatisfying(
              TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
          .hasMessageContaining("2 refs, of which 1 are selected");
    }
  }

  @Test
  void unsignedCommitLeavesTheMirrorAsItWas() throws IOException {
    try (Gpg gpg = Gpg.require()) {
      String key = gpg.key("publisher@example.com");
      Path keys = Files.write(fixture.temp.path("keys"), gpg.export(key));
      fixture.commit(BASE, "1");
      fixture.summary();
      fixture.ostree.on(
          fixture.mirror,
          "remote",
          "add",
          "--gpg-import=" + keys,
          "up",
          "file://" + fixture.upstream);

      assertThatThrownBy(() -> fixture.mirror(MirrorFixture.request()))
          .isInstanceOfSatisfying(
              TreeException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.SIGNATURE_MISSING));
      assertThat(fixture.mirror.resolve("summary")).doesNotExist();
      assertThat(fixture.ref(BASE)).isEmpty();
    }
  }

  @Test
  void staticDeltasAreMirroredAndUsed() throws IOException {
    Checksum first = fixture.commit(BASE, "1\n".repeat(1000));
    Checksum second = fixture.commit(BASE, "2\n".repeat(1000));
    fixture.ostree.on(
        fixture.upstream, "static-delta", "generate", "--from=" + first, "--to=" + second);
    fixture.ostree.on(fixture.upstream, "static-delta", "generate", "--empty", "--to=" + second);
    fixture.summary();
    try (Nginx up = Nginx.serve(fixture.upstream);
        Nginx served = Nginx.serve(fixture.mirror)) {
      fixture.remote(up.uri().toString());

      MirrorReport report = fixture.mirror(MirrorFixture.request(Option.DELTAS));

      assertThat(report.upstreams().getFirst().transfer().deltas()).isEqualTo(2);
      assertThat(fixture.ostree.on(fixture.mirror, "static-delta", "list"))
          .isEqualTo(fixture.ostree.on(fixture.upstream, "static-delta", "list"));
      for (RealOstree client : RealOstree.requireAll()) {
        Path repo = fixture.temp.path("delta-client-" + client.version());
        client.on(repo, "init", "--mode=bare-user-only");
        client.on(repo, "remote", "add", "--no-gpg-verify", "m", served.uri().toString());
        client.on(repo, "pull", "--require-static-deltas", "m", BASE);
        client.on(repo, "fsck");
      }
      assertThat(fixture.mirror(MirrorFixture.request(Option.DELTAS)).changed()).isFalse();
    }
  }

  @Test
  void whatIsDamagedHereIsNotPublishedAndFetchedTheNextTime() throws IOException {
    fixture.commit(BASE, "1");
    fixture.summary();
    fixture.remote("file://" + fixture.upstream);
    fixture.mirror(MirrorFixture.request());
    String before = fixture.ref(BASE).orElseThrow();
    Checksum tool = fixture.upstreamFile(BASE, "usr/bin/tool");
    Files.delete(fixture.object(tool, "filez"));
    Checksum second = fixture.commit(BASE, "2");
    fixture.summary();
    byte[] summary = Files.readAllBytes(fixture.mirror.resolve("summary"));
    // The new commit's own scan finds what is missing; so take it away afterwards.
    fixture.mirror(MirrorFixture.request());
    assertThat(fixture.ref(BASE)).contains(second.hex());
    assertThat(before).isNotEqualTo(second.hex());
    assertThat(Files.readAllBytes(fixture.mirror.resolve("summary"))).isNotEqualTo(summary);
    fixture.ostree.on(fixture.mirror, "fsck");
  }

  @Test
  void dryRunTellsAndChangesNothing() throws IOException {
    Checksum first = fixture.commit(BASE, "1");
    fixture.summary();
    try (Nginx up = Nginx.serve(fixture.upstream)) {
      fixture.remote(up.uri().toString());
      var before = fixture.snapshot();

      MirrorReport report = fixture.mirror(MirrorFixture.request(Option.DRY_RUN));

      assertThat(report.dryRun()).isTrue();
      assertThat(report.upstreams().getFirst().refs())
          .singleElement()
          .satisfies(change -> assertThat(change.after()).contains(first));
      long size = 0;
      for (String path : List.of("usr/bin/tool", "usr/share/content", "usr/link")) {
        size +=
            Files.size(
                fixture.upstream.resolve(
                    fixture.objectPath(fixture.upstreamFile(BASE, path), "filez")));
      }
      assertThat(report.upstreams().getFirst().transfer().bytes()).hasValue(size);
      assertThat(fixture.snapshot()).isEqualTo(before);
    }
  }

  @Test
  void oneRemoteThatFailsDoesNotHoldUpAnother() throws IOException {
    fixture.commit(BASE, "1");
    fixture.summary();
    fixture.remote("file://" + fixture.upstream);
    fixture.remoteNamed("gone", "file://" + fixture.temp.path("nowhere"));
    MirrorRequest one = MirrorFixture.request();
    var both =
        new MirrorRequest(
            List.of("gone", "up"),
            one.selection(),
            0,
            one.publication(),
            one.verification(),
            one.retention(),
            one.options(),
            one.fetch());

    MirrorReport report = fixture.mirror(both);

    assertThat(report.failed()).isTrue();
    assertThat(report.upstreams().getFirst().failure()).isPresent();
    assertThat(report.upstreams().getLast().refs()).hasSize(1);
    assertThat(fixture.ref(BASE)).isPresent();
  }

  @Test
  void refsThatAreGoneUpstreamAreDeletedWhenThatIsAskedFor() throws IOException {
    fixture.commit(BASE, "1");
    fixture.commit("old", "2");
    fixture.commit(fixture.mirror, "local", "3");
    fixture.summary();
    fixture.remote("file://" + fixture.upstream);
    fixture.mirror(MirrorFixture.request());
    fixture.ostree.on(fixture.upstream, "refs", "--delete", "old");
    fixture.summary();

    assertThat(fixture.mirror(MirrorFixture.request()).changed()).isFalse();
    assertThat(fixture.ref("old")).isPresent();
    MirrorReport report = fixture.mirror(MirrorFixture.request(Option.DELETE_REFS));

    assertThat(report.upstreams().getFirst().refs())
        .singleElement()
        .satisfies(change -> assertThat(change.after()).isEmpty());
    assertThat(fixture.ref("old")).isEmpty();
    assertThat(fixture.ref("local")).isPresent();
    assertThat(fixture.ostree.on(fixture.mirror, "summary", "-v")).doesNotContain("old");
  }
}
