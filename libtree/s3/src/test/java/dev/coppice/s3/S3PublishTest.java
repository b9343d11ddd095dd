package dev.coppice.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.repo.Repo;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.publish.Publish;
import dev.coppice.transfer.publish.PublishFile.Kind;
import dev.coppice.transfer.publish.PublishReport;
import dev.coppice.transfer.publish.PublishReport.Amount;
import dev.coppice.transfer.publish.PublishRequest;
import dev.coppice.transfer.publish.PublishRequest.Option;
import dev.coppice.transfer.publish.PublishTarget;
import dev.coppice.transfer.publish.PublishTargets.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3PublishTest {
  private RealOstree ostree;
  private TempTree temp;
  private Path repo;
  private Path root;

  @BeforeEach
  void setUp() throws IOException {
    ostree = RealOstree.require();
    temp = TempTree.create();
    repo = temp.path("repo");
    root = Files.createDirectories(temp.path("store"));
    Files.createDirectories(root.resolve("releases"));
    ostree.on(repo, "init", "--mode=archive");
    temp.tree("tree").file("usr/bin/tool", "tool\n").symlink("usr/link", "bin/tool");
    ostree.on(repo, "remote", "add", "secret", "https://user:password@example.com/");
  }

  @AfterEach
  void tearDown() {
    if (temp != null) {
      temp.close();
    }
  }

  private String commit(String ref, String content) {
    temp.tree("tree").file("usr/share/content", content);
    return ostree.on(
        repo,
        "commit",
        "-b",
        ref,
        "--owner-uid=0",
        "--owner-gid=0",
        "--no-xattrs",
        temp.path("tree").toString());
  }

  private PublishReport publish(S3Server server, Map<String, String> keys, Option... options)
      throws IOException {
    return publish(server.uri(), keys, options);
  }

  private PublishReport publish(URI server, Map<String, String> keys, Option... options)
      throws IOException {
    Provider provider = ServiceLoader.load(Provider.class).findFirst().orElseThrow();
    Map<String, String> settings = new HashMap<>(keys);
    settings.put("endpoint", server.toString());
    try (Repo opened = Repo.open(repo);
        PublishTarget target = provider.open("s3://releases/os/repo", settings)) {
      return new Publish(opened, target)
          .run(new PublishRequest(Set.of(options), Duration.ZERO, Duration.ZERO), event -> {});
    }
  }

  @Test
  void repositoryIsPublishedAndRealClientsPullIt() throws Exception {
    String first = commit("main", "1\n".repeat(5000));
    String second = commit("main", "2\n".repeat(5000));
    ostree.on(repo, "static-delta", "generate", "--from=" + first, "--to=" + second);
    ostree.on(repo, "summary", "-u");
    try (S3Server server = S3Server.start(root, temp.root(), S3Server.Access.KEYS);
        S3Server open = S3Server.start(root, temp.root(), S3Server.Access.ANYBODY)) {
      PublishReport foreseen = publish(server, S3Server.KEYS, Option.DRY_RUN);
      PublishReport report = publish(server, S3Server.KEYS);

      assertThat(report.copied()).isEqualTo(foreseen.copied()).containsKey(Kind.DELTA);
      assertThat(publish(server, S3Server.KEYS).total()).isEqualTo(Amount.NOTHING);
      assertThat(Files.readString(root.resolve("releases/os/repo/config")))
          .doesNotContain("password");
      pull(open, "main");

      commit("main", "3\n".repeat(5000));
      ostree.on(repo, "prune", "--refs-only", "--depth=0");
      ostree.on(repo, "summary", "-u");
      PublishReport update = publish(server, S3Server.KEYS, Option.DELETE);
      assertThat(update.copied()).containsKeys(Kind.CONTENT, Kind.COMMIT, Kind.REF, Kind.SUMMARY);
      assertThat(update.deleted().files()).isPositive();
      String old = "objects/" + first.substring(0, 2) + "/" + first.substring(2) + ".commit";
      assertThat(root.resolve("releases/os/repo").resolve(old)).doesNotExist();
      pull(open, "main");
    }
  }

  private void pull(S3Server server, String ref) {
    for (RealOstree client : RealOstree.requireAll()) {
      Path copy = temp.path("client-" + System.nanoTime());
      client.on(copy, "init", "--mode=bare-user-only");
      client.on(copy, "remote", "add", "--no-gpg-verify", "m", server.uri() + "releases/os/repo");
      client.on(copy, "pull", "m", ref);
      client.on(copy, "fsck");
    }
  }

  @Test
  void wrongKeysAreToldOf() throws Exception {
    commit("main", "1");
    try (S3Server server = S3Server.start(root, temp.root(), S3Server.Access.KEYS)) {
      Map<String, String> wrong =
          Map.of("AWS_ACCESS_KEY_ID", "access", "AWS_SECRET_ACCESS_KEY", "other");
      assertThatThrownBy(() -> publish(server, wrong))
          .isInstanceOfSatisfying(
              TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HTTP_STATUS))
          .hasMessageContaining("s3://releases/os/repo");
      assertThatThrownBy(() -> publish(server, Map.of("AWS_ACCESS_KEY_ID", "access")))
          .hasMessageContaining("Only one of AWS_ACCESS_KEY_ID");
    }
  }

  @Test
  void storeThatDoesNotAnswerIsToldOf() throws Exception {
    commit("main", "1");
    URI nobody;
    try (var socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }
    assertThatThrownBy(() -> publish(nobody, S3Server.KEYS))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HTTP_STATUS))
        .hasMessageContaining("s3://releases/os/repo")
        .hasMessageContaining("refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://", "s3://B/p", "s3://a", "s3:/b/p", "s3://b_c/p"})
  void addressesThatAreNoneAreRefused(String address) {
    assertThatThrownBy(() -> S3Address.parse(address))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.URL_INVALID));
  }

  @Test
  void keysHaveThePrefix() {
    assertThat(S3Address.parse("s3://bucket//a/b/").key("refs/x")).isEqualTo("a/b/refs/x");
    assertThat(S3Address.parse("s3://bucket").key("refs/x")).isEqualTo("refs/x");
    assertThat(S3Address.parse("s3://bucket/a").path("a/refs/x")).isEqualTo("refs/x");
  }
}
