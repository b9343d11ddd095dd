package dev.coppice.cli.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.cli.SideBySide;
import dev.coppice.testdata.Ed25519Keys;
import dev.coppice.testdata.OpenSsl;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.delta.DeltaName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code static-delta} without generate: beside the real tool, on deltas that it made. */
class StaticDeltaCommandsTest {
  private final TempTree temp = TempTree.create();
  private final Path repo = temp.path("repo");
  private final RealOstree maker = RealOstree.require();
  private String from;
  private String to;

  @BeforeEach
  void make() throws IOException {
    maker.on(repo, "init", "--mode=archive");
    byte[] noise = new byte[200_000];
    new Random(1).nextBytes(noise);
    Path tree = Files.createDirectories(temp.path("tree/usr/lib"));
    Files.write(tree.resolve("noise"), noise);
    Files.writeString(tree.resolve("text"), lines(0));
    from = commit();
    noise[noise.length - 1]++;
    Files.write(tree.resolve("noise"), noise);
    Files.writeString(tree.resolve("text"), lines(3));
    Files.writeString(tree.resolve("new"), "new\n");
    to = commit();
  }

  @AfterEach
  void remove() {
    temp.close();
  }

  private static String lines(int first) {
    var text = new StringBuilder();
    for (int i = first; i < 5000; i++) {
      text.append("line ").append(i * 7919).append('\n');
    }
    return text.toString();
  }

  private String commit() {
    String tree = temp.path("tree").toString();
    return maker.on(
        repo, "commit", "-b", "main", "--owner-uid=0", "--owner-gid=0", "--no-xattrs", tree);
  }

  private CliRunner.Result ours(String... words) {
    return CliRunner.in(temp.path("")).coppice(words);
  }

  @Test
  void saysWhatOstreeSays() throws IOException {
    String before = "static-delta list --repo=repo\nstatic-delta indexes --repo=repo\n";
    String lines =
        """
        static-delta list --repo=repo
        static-delta show --repo=repo {from}-{to}
        static-delta show --repo=repo {to}
        static-delta show --repo=repo ./repo/{path}
        ~ static-delta show --repo=repo {from}
        ~ static-delta show --repo=repo nonsense
        ~ static-delta show --repo=repo ./repo
        static-delta show --repo=repo
        static-delta delete --repo=repo
        static-delta delete --repo=repo {from}
        ~ static-delta delete --repo=repo nonsense
        static-delta verify --repo=repo
        static-delta apply-offline --repo=repo
        ~ static-delta apply-offline --repo=repo nothing
        static-delta reindex --repo=repo
        static-delta reindex --repo=repo --to={to}
        static-delta reindex --repo=repo --to=nonsense
        static-delta indexes --repo=repo
        """;
    for (RealOstree real : RealOstree.requireAll()) {
      Path root = temp.path("");
      var values = Map.of("from", from, "to", to, "path", superblock());
      var both = new SideBySide(real, root, root, values);
      SideBySide.lines(before).forEach(both::check);
      maker.on(repo, "static-delta", "generate", "--empty", "main");
      maker.on(repo, "static-delta", "generate", "main");
      SideBySide.lines(lines).forEach(both::check);
      assertThat(ours("static-delta", "delete", "--repo=repo", from + "-" + to, to).code())
          .isZero();
      assertThat(ours("static-delta", "reindex", "--repo=repo").code()).isZero();
    }
  }

  private String superblock() {
    return DeltaName.parse(from + "-" + to).superblock();
  }

  @Test
  void filesByWhatTheyCost() {
    maker.on(repo, "static-delta", "generate", "main");

    List<String> lines =
        ours("static-delta", "show", "--repo=repo", "--files", from + "-" + to).lines();

    assertThat(lines).filteredOn(line -> line.endsWith("  /usr/lib/text")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.matches(".* copied +/usr/lib/noise")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.matches(".* whole +/usr/lib/new")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.matches(".* whole +/usr/lib/")).hasSize(1);
    String json =
        ours("static-delta", "show", "--repo=repo", "--files", "--json", from + "-" + to).out();
    assertThat(json).contains("\"path\": \"/usr/lib/noise\"", "\"as\": \"copied\"");
  }

  @Test
  void partsInsideAreShown() {
    maker.on(repo, "static-delta", "generate", "--inline", "main");

    CliRunner.Result result = ours("static-delta", "show", "--repo=repo", from + "-" + to);

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("PartPayload0: nmodes=1");
  }

  @Test
  void deletesAllOrNone() {
    maker.on(repo, "static-delta", "generate", "main");
    String delta = from + "-" + to;

    CliRunner.Result refused = ours("static-delta", "delete", "--repo=repo", delta, from);

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("[delta-missing]", from);
    assertThat(ours("static-delta", "list", "--repo=repo").out()).contains(delta);
    assertThat(ours("static-delta", "delete", "--repo=repo", delta).code()).isZero();
    assertThat(ours("static-delta", "list", "--repo=repo").out().strip())
        .isEqualTo("(No static deltas)");
  }

  @Test
  void signaturesAreHeldAgainstKeys() throws IOException {
    OpenSsl openssl = OpenSsl.require(temp.path(""));
    Ed25519Keys mine = Ed25519Keys.make(openssl, "mine");
    Ed25519Keys other = Ed25519Keys.make(openssl, "other");
    String delta = from + "-" + to;
    assertThat(
            ours("static-delta", "generate", "--repo=repo", "--sign=" + mine.secret(), "main")
                .code())
        .isZero();

    assertThat(ours("static-delta", "verify", "--repo=repo", delta, mine.publicKey()).out())
        .isEqualTo("Verification OK\n");
    CliRunner.Result wrong =
        ours("static-delta", "verify", "--repo=repo", delta, other.publicKey());
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.out()).isEqualTo("Verification fails\n");

    String directory = "repo/" + DeltaName.parse(delta).directory();
    Path client = temp.path("client");
    maker.on(client, "init", "--mode=archive");
    maker.on(client, "pull-local", repo.toString(), from);
    CliRunner.Result refused =
        ours("static-delta", "apply-offline", "--repo=client", directory, other.publicKey());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(
            Files.exists(
                client
                    .resolve("objects")
                    .resolve(to.substring(0, 2))
                    .resolve(to.substring(2) + ".commit")))
        .isFalse();
    assertThat(
            ours("static-delta", "apply-offline", "--repo=client", directory, mine.publicKey())
                .code())
        .isZero();
    assertThat(maker.on(client, "ls", "-R", to)).contains("/usr/lib/new");
    maker.on(client, "fsck");
  }

  @Test
  void unsignedDeltasAreRefusedWhereKeysAreNamed() throws IOException {
    Ed25519Keys mine = Ed25519Keys.make(OpenSsl.require(temp.path("")), "mine");
    maker.on(repo, "static-delta", "generate", "main");
    String directory = "repo/" + DeltaName.parse(from + "-" + to).directory();

    CliRunner.Result named =
        ours("static-delta", "apply-offline", "--repo=repo", directory, mine.publicKey());
    maker.on(repo, "config", "set", "core.sign-verify-deltas", "true");
    CliRunner.Result configured = ours("static-delta", "apply-offline", "--repo=repo", directory);

    assertThat(List.of(named, configured))
        .allSatisfy(
            result -> {
              assertThat(result.code()).isEqualTo(1);
              assertThat(result.err()).contains("[signature-missing]");
            });
  }
}
