package dev.coppice.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.cli.SideBySide;
import dev.coppice.testdata.Gpg;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that read summaries, and local pulls, where signatures are demanded. */
class SignedRemoteTest {
  private RealOstree real;
  private Gpg gpg;
  private TempTree temp;

  @BeforeEach
  void setUp() throws IOException {
    real = RealOstree.findNew().orElseGet(RealOstree::require);
    gpg = Gpg.require();
    temp = TempTree.create();
    String alice = gpg.key("Alice <alice@example.org>");
    String bob = gpg.key("Bob <bob@example.org>");
    Files.write(temp.path("alice.gpg"), gpg.export(alice));
    Files.write(temp.path("bob.gpg"), gpg.export(bob));
    String[] sign = {"--gpg-sign=" + alice, "--gpg-homedir=" + gpg.home()};
    Path source = temp.path("source");
    real.on(source, "init", "--mode=archive");
    String tree = temp.tree("tree").file("file", "content\n").root().toString();
    real.on(source, "commit", "-b", "main", sign[0], sign[1], tree);
    real.on(source, "commit", "-b", "bare", "-s", "unsigned", tree);
    real.on(source, "summary", "-u", sign[0], sign[1]);
    for (String client : new String[] {"theirs/client", "ours/client"}) {
      Files.createDirectories(temp.path(client).getParent());
      real.on(temp.path(client), "init", "--mode=archive");
      remote(client, "alice", "--gpg-import=" + temp.path("alice.gpg"));
      remote(client, "bob", "--gpg-import=" + temp.path("bob.gpg"));
      remote(client, "nobody", "--set=gpg-verify=true");
    }
  }

  private void remote(String client, String name, String option) {
    String url = "file://" + temp.path("source");
    real.on(temp.path(client), "remote", "add", name, url, option, "--set=gpg-verify-summary=true");
  }

  @AfterEach
  void tearDown() {
    if (temp != null) {
      gpg.close();
      temp.close();
    }
  }

  @Test
  void demandsAreMetAsByTheRealTool() {
    var beside =
        new SideBySide(
            real,
            temp.path("theirs"),
            temp.path("ours"),
            Map.of("source", temp.path("source").toString()));
    // Where words may differ, ours names the summary that was refused.
    SideBySide.lines(
            """
            remote refs --repo=client alice
            ~ remote refs --repo=client bob
            ~ remote refs --repo=client nobody
            ~ remote summary --repo=client bob
            pull-local --repo=client {source} main --gpg-verify
            pull-local --repo=client {source} main --remote=nothing --gpg-verify
            pull-local --repo=client {source} main --remote=bob --gpg-verify
            pull-local --repo=client {source} main --remote=nobody --gpg-verify
            pull-local --repo=client {source} bare --remote=alice --gpg-verify
            ~ pull-local --repo=client {source} main --remote=bob --gpg-verify-summary
            refs --repo=client
            count pull-local --repo=client {source} main --remote=alice --gpg-verify
            count pull --repo=client alice main
            ~ pull --repo=client bob main
            pull --repo=client alice bare
            refs --repo=client
            """)
        .forEach(beside::check);
  }

  @Test
  void theErrorTellsWhyAndWhatToDo() {
    CliRunner.Result result =
        CliRunner.in(temp.path("ours")).ostree("remote", "refs", "--repo=client", "bob");
    assertThat(result.err())
        .startsWith("error: Summary of remote bob: Signature made ")
        .contains("Can't check signature: public key not found")
        .contains("[signature-key-unknown]: Unknown key");
    assertThat(result.out()).isEmpty();
  }
}
