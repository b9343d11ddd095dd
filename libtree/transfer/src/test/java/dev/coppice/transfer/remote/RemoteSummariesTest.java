package dev.coppice.transfer.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.failure.TreeException;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantWriter;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.repo.Remotes;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.RepoMode;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.summary.Summary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Summaries over HTTP, with a signature that is the summary itself behind a word. */
class RemoteSummariesTest {
  private static final String SIGNED = "signed ";

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private TempTree temp;
  private HttpServer server;
  private Repo repo;

  @BeforeEach
  void setUp() throws IOException {
    temp = TempTree.create();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    Path path = temp.path("repo");
    Init.run(new InitRequest(path, RepoMode.ARCHIVE, Optional.empty())).close();
    Files.writeString(
        path.resolve("config"),
        "[remote \"up\"]\nurl=http://127.0.0.1:" + server.getAddress().getPort() + "/\n",
        StandardOpenOption.APPEND);
    repo = Repo.open(path);
  }

  @AfterEach
  void tearDown() throws IOException {
    repo.close();
    server.stop(0);
    temp.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(1);
    requests.add(name);
    byte[] file = files.get(name);
    String tag = file == null ? "" : "\"" + Arrays.hashCode(file) + "\"";
    if (file == null) {
      exchange.sendResponseHeaders(404, -1);
    } else if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      exchange.getResponseHeaders().set("ETag", tag);
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file);
    }
    exchange.close();
  }

  private static byte[] summary(long time) {
    Variant refs = new VariantWriter(Summary.TYPE.member(0)).beginArray().end().toVariant();
    Variant metadata =
        VariantDict.builder()
            .put("ostree.summary.last-modified", Variant.ofUint64(Long.reverseBytes(time)))
            .build();
    return Variant.tuple(refs, metadata).serialized();
  }

  private static byte[] signature(byte[] summary) {
    return (SIGNED + Arrays.hashCode(summary)).getBytes(StandardCharsets.US_ASCII);
  }

  private void publish(byte[] summary, byte[] signature) {
    files.put("summary", summary);
    files.put("summary.sig", signature);
  }

  private Optional<VerifiedSummary> fetch(SummaryTrust trust) throws IOException {
    try (RemoteAccess access =
        RemoteAccess.open(repo, Remotes.of(repo), "up", RemoteAccess.Overrides.NONE, trust)) {
      return access.summary();
    }
  }

  /** Demands the signature of this test; runs something when it was wrong. */
  private record Strict(Runnable whenWrong) implements SummaryTrust {
    @Override
    public boolean demanded() {
      return true;
    }

    @Override
    public void verify(Optional<byte[]> summary, Optional<byte[]> signatures) {
      if (summary.isEmpty()) {
        throw new Failure(ErrorCode.SIGNATURE_MISSING, "no summary", "");
      }
      byte[] expected = signature(summary.get());
      if (signatures.filter(given -> Arrays.equals(given, expected)).isEmpty()) {
        whenWrong.run();
        throw new Failure(ErrorCode.SIGNATURE_INVALID, "wrong data", "");
      }
    }
  }

  private static SummaryTrust strict() {
    return new Strict(() -> {});
  }

  @Test
  void aSignedPairIsKeptAndAskedForOnce() throws IOException {
    byte[] summary = summary(1);
    publish(summary, signature(summary));
    assertThat(fetch(strict()).orElseThrow().summary().lastModified()).hasValue(1);
    requests.clear();
    assertThat(fetch(strict()).orElseThrow().summary().lastModified()).hasValue(1);
    assertThat(requests).containsExactly("summary.sig");
    byte[] next = summary(2);
    publish(next, signature(next));
    assertThat(fetch(strict()).orElseThrow().summary().lastModified()).hasValue(2);
  }

  @Test
  void aPairFromDifferentMomentsIsFetchedAgain() throws IOException {
    byte[] next = summary(2);
    publish(next, signature(summary(1)));
    Runnable secondRename = () -> files.put("summary.sig", signature(next));
    assertThat(fetch(new Strict(secondRename)).orElseThrow().summary().lastModified()).hasValue(2);
  }

  @Test
  void aPairThatNeverFitsIsRefusedAndTheNextGoodOneIsTaken() throws IOException {
    byte[] good = summary(1);
    publish(good, signature(good));
    fetch(strict());
    publish(summary(2), signature(summary(3)));
    assertThatThrownBy(() -> fetch(strict()))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SIGNATURE_INVALID))
        .hasMessageContaining("up")
        .hasMessageContaining("wrong data");
    byte[] next = summary(4);
    publish(next, signature(next));
    assertThat(fetch(strict()).orElseThrow().summary().lastModified()).hasValue(4);
  }

  @Test
  void aDamagedCacheIsFetchedAnew() throws IOException {
    byte[] summary = summary(1);
    publish(summary, signature(summary));
    fetch(strict());
    Files.write(repo.path().resolve("tmp/cache/summaries/up"), summary(7));
    assertThat(fetch(strict()).orElseThrow().summary().lastModified()).hasValue(1);
  }

  @Test
  void unsignedIsRefusedWhereSignaturesAreDemanded() throws IOException {
    files.put("summary", summary(1));
    assertThatThrownBy(() -> fetch(strict()))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SIGNATURE_INVALID));
    assertThat(fetch(SummaryTrust.ANYBODY)).isPresent();
    assertThat(repo.path().resolve("tmp/cache/summaries/up")).doesNotExist();
  }

  @Test
  void noSummaryIsNoneOrAnErrorWhereSignaturesAreDemanded() throws IOException {
    assertThat(fetch(SummaryTrust.ANYBODY)).isEmpty();
    assertThatThrownBy(() -> fetch(strict())).hasMessageContaining("no summary");
  }

  @Test
  void anythingElseThanASummaryIsRefused() {
    files.put("summary", "<html>not here</html>".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> fetch(SummaryTrust.ANYBODY))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_CORRUPT));
  }

  @Test
  void onlyTheSummaryThatAMetalinkDescribesCounts() throws IOException {
    byte[] described = summary(1);
    String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    files.put(
        "meta",
        """
        <metalink><files><file name="summary"><size>%d</size>
        <verification><hash type="sha256">%s</hash></verification>
        <resources><url>%ssummary</url></resources></file></files></metalink>
        """
            .formatted(described.length, Checksum.sha256(described).hex(), base)
            .getBytes(StandardCharsets.US_ASCII));
    publish(described, signature(described));
    Files.writeString(
        repo.path().resolve("config"),
        "[remote \"linked\"]\nmetalink=" + base + "meta\n",
        StandardOpenOption.APPEND);
    try (Repo reopened = Repo.open(repo.path());
        RemoteAccess access =
            RemoteAccess.open(
                reopened, Remotes.of(reopened), "linked", RemoteAccess.Overrides.NONE, strict())) {
      // The mirror has shown the right one; now it shows another, which is signed as well.
      byte[] other = summary(2);
      files.put("summary", other);
      assertThat(access.summary().orElseThrow().summary().lastModified()).hasValue(1);
      files.put("summary.sig", signature(other));
      assertThatThrownBy(access::summary).hasMessageContaining("wrong data");
    }
  }

  @Test
  void anOlderSummaryIsRefusedWhenAMetalinkDescribesIt() throws IOException {
    String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    Files.writeString(
        repo.path().resolve("config"),
        "[remote \"linked\"]\nmetalink=" + base + "meta\n",
        StandardOpenOption.APPEND);
    assertThat(linked(base, 2)).hasValue(2);
    assertThatThrownBy(() -> linked(base, 1))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SUMMARY_OLDER));
    assertThat(linked(base, 3)).hasValue(3);
  }

  /** The time of the summary that the metalink describes and the mirror has. */
  private OptionalLong linked(String base, long time) throws IOException {
    byte[] described = summary(time);
    files.put(
        "meta",
        """
        <metalink><files><file name="summary"><size>%d</size>
        <verification><hash type="sha256">%s</hash></verification>
        <resources><url>%ssummary</url></resources></file></files></metalink>
        """
            .formatted(described.length, Checksum.sha256(described).hex(), base)
            .getBytes(StandardCharsets.US_ASCII));
    publish(described, signature(described));
    try (Repo reopened = Repo.open(repo.path());
        RemoteAccess access =
            RemoteAccess.open(
                reopened, Remotes.of(reopened), "linked", RemoteAccess.Overrides.NONE, strict())) {
      return access.summary().orElseThrow().summary().lastModified();
    }
  }
}
