package dev.coppice.cli.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.cli.SideBySide;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.delta.DeltaName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code static-delta generate} beside the real tool. */
class StaticDeltaGenerateTest {
  private final TempTree temp = TempTree.create();
  private final RealOstree maker = RealOstree.require();
  private String old;
  private String young;

  @BeforeEach
  void make() throws IOException {
    Path theirs = temp.path("theirs/repo");
    Files.createDirectories(theirs);
    maker.on(theirs, "init", "--mode=archive");
    maker.on(theirs, "config", "set", "core.fsync", "false");
    old = commit(theirs, "first");
    young = commit(theirs, "second");
    Files.createDirectory(temp.path("ours"));
    Programs.run("cp", "-a", theirs.toString(), temp.path("ours/repo").toString()).ok();
  }

  private String commit(Path repo, String text) throws IOException {
    Path tree = Files.createDirectories(temp.path("tree"));
    Files.writeString(tree.resolve("file"), text);
    Files.write(tree.resolve("large"), new byte[5_000_000 + text.length()]);
    return maker.on(repo, "commit", "-b", "os", "--owner-uid=0", "--owner-gid=0", tree.toString());
  }

  @AfterEach
  void remove() {
    temp.close();
  }

  @Test
  void saysWhatOstreeSays() {
    var both =
        new SideBySide(
            maker, temp.path("theirs"), temp.path("ours"), Map.of("old", old, "young", young));
    SideBySide.lines(
            """
            static-delta generate --repo=repo
            static-delta generate --repo=repo --empty --from={old} os
            ~ static-delta generate --repo=repo nothing
            ~ static-delta generate --repo=repo --from=nothing os
            ~ static-delta generate --repo=repo {old}
            static-delta generate --repo=repo --set-endianness=x os
            static-delta generate --repo=repo os
            static-delta generate --repo=repo -n os
            static-delta generate --repo=repo --if-not-exists --to={young}
            static-delta generate --repo=repo -n --empty os
            static-delta generate --repo=repo -n --empty os
            static-delta generate --repo=repo --from={young} --to={old}
            static-delta generate --repo=repo --swap-endianness --inline os
            static-delta generate --repo=repo --set-endianness=B --swap-endianness os
            static-delta generate --repo=repo --disable-bsdiff --max-chunk-size=1 os
            static-delta generate --repo=repo --min-fallback-size=0 --max-bsdiff-size=1 os
            ~ static-delta generate --repo=repo --keys-file=nothing os
            ~ static-delta generate --repo=repo --filename=elsewhere/delta os
            static-delta list --repo=repo
            """)
        .forEach(both::check);
  }

  /** Where it is said, every large file that is like no other falls back, as with the real tool. */
  @Test
  void fallbacksOnDemand() {
    var here = CliRunner.in(temp.path("ours"));
    String all = here.coppice("static-delta", "generate", "--repo=repo", "--empty", "os").err();
    String some =
        here.coppice(
                "static-delta", "generate", "--repo=repo", "--empty", "--min-fallback-size=4", "os")
            .err();

    assertThat(all).doesNotContain("fallback for");
    assertThat(some).containsPattern("fallback for [0-9a-f]{64} \\(5.0.MB\\)");
  }

  @Test
  void sizesAreNumbers() {
    CliRunner.Result result =
        CliRunner.in(temp.path("ours"))
            .coppice("static-delta", "generate", "--repo=repo", "--max-chunk-size=1e3", "os");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("Invalid number of megabytes '1e3' for --max-chunk-size");
    assertThat(
            Files.exists(
                temp.path("ours/repo").resolve(DeltaName.parse(old + "-" + young).superblock())))
        .isFalse();
  }
}
