package dev.coppice.transfer.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.core.object.Xattrs;
import dev.coppice.core.repo.Init;
import dev.coppice.core.repo.InitRequest;
import dev.coppice.core.repo.PartialCommits.State;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.RepoMode;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.delta.apply.DeltaApply;
import dev.coppice.transfer.delta.apply.DeltaRequest;
import dev.coppice.transfer.delta.apply.DeltaRequest.DeltaTrust;
import dev.coppice.transfer.delta.apply.DeltaResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.XZInputStream;

/** Deltas that ostree 2022.7 made; see the README beside them. */
class DeltaGoldenTest {
  private static final Pattern OPERATIONS =
      Pattern.compile(
          "openspliceclose=(\\d+) open=(\\d+) write=(\\d+) setread=(\\d+) unsetread=(\\d+)"
              + " close=(\\d+) bspatch=(\\d+)");
  private static final String CODES = "SowrRcB";

  private static byte[] file(String name) {
    try (InputStream in = DeltaGoldenTest.class.getResourceAsStream("golden/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Superblock superblock(String name) {
    return SuperblockFile.decode(file(name + "-superblock")).superblock();
  }

  private static byte[] payload(String name) throws IOException {
    byte[] part = superblock(name).inlinePart(0).orElseGet(() -> file(name + "-0"));
    assertThat(Compression.ofNumber(part[0])).isEqualTo(Compression.XZ);
    try (var in = new XZInputStream(new ByteArrayInputStream(part, 1, part.length - 1))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scratch", "plain", "inline", "swapped"})
  void superblocksAreWrittenAsTheyWere(String name) {
    Superblock superblock = superblock(name);
    superblock.requireName(superblock.name());
    assertThat(superblock.encode()).isEqualTo(file(name + "-superblock"));
    assertThat(superblock.name().from().isEmpty()).isEqualTo(name.equals("scratch"));
    assertThat(superblock.hasInlinePart(0)).isEqualTo(name.equals("inline"));
    assertThat(superblock.order())
        .isEqualTo(name.equals("swapped") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    String show = new String(file(name + "-show.txt"), StandardCharsets.UTF_8);
    PartHeader part = superblock.parts().getFirst();
    assertThat(show)
        .contains("Timestamp: " + superblock.timestamp() + "\n")
        .contains("Delta: " + superblock.name() + "\n")
        .contains(
            "PartMeta0: nobjects="
                + part.objects().size()
                + " size="
                + part.size()
                + " usize="
                + part.usize());
  }

  @ParameterizedTest
  @ValueSource(strings = {"scratch", "plain", "inline", "swapped"})
  void payloadsAreWrittenAsTheyWere(String name) throws IOException {
    byte[] bytes = payload(name);
    PartPayload payload = PartPayload.open(ByteRegion.of(bytes));
    var reader =
        new OperationReader(payload.operations(), superblock(name).parts().getFirst().objects());
    var writer = new OperationWriter();
    Map<Integer, Integer> counts = new HashMap<>();
    for (Operation next = reader.next(); next != null; next = reader.next()) {
      writer.add(next);
      counts.merge(next.code(), 1, Integer::sum);
    }
    reader.requireEnd();
    var modes = new ArrayList<FileMetadata>();
    for (long i = 0; i < payload.modeCount(); i++) {
      modes.add(payload.mode(i));
    }
    var xattrs = new ArrayList<Xattrs>();
    for (long i = 0; i < payload.xattrs().size(); i++) {
      xattrs.add(payload.xattrs().get(i));
    }
    byte[] data = payload.data().read(0, (int) payload.data().size());
    assertThat(PartPayload.encode(modes, xattrs, data, writer.toByteArray())).isEqualTo(bytes);
    // The real tool does not look for parts inside of superblocks when it shows them.
    var shown = OPERATIONS.matcher(new String(file(name + "-show.txt"), StandardCharsets.UTF_8));
    if (shown.find()) {
      for (int i = 0; i < CODES.length(); i++) {
        assertThat(counts.getOrDefault((int) CODES.charAt(i), 0))
            .isEqualTo(Integer.parseInt(shown.group(i + 1)));
      }
    } else {
      assertThat(name).isEqualTo("inline");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RepoMode.class,
      names = {"ARCHIVE", "BARE_USER_ONLY"})
  void applies(RepoMode mode) throws IOException {
    try (var temp = TempTree.create();
        Repo repo = Init.run(new InitRequest(temp.path("repo"), mode, Optional.empty()))) {
      assertThat(apply(repo, temp, "scratch").stats().files()).isEqualTo(4);
      for (String name : new String[] {"plain", "inline", "swapped"}) {
        DeltaResult result = apply(repo, temp, name);
        // After the first of them everything is there.
        assertThat(result.stats().files()).isEqualTo(name.equals("plain") ? 5 : 0);
        assertThat(repo.partialCommits().state(result.name().to())).isEqualTo(State.COMPLETE);
      }
    }
  }

  private static DeltaResult apply(Repo repo, TempTree temp, String name) throws IOException {
    Path directory = Files.createDirectories(temp.path(name));
    Files.write(directory.resolve("superblock"), file(name + "-superblock"));
    if (!name.equals("inline")) {
      Files.write(directory.resolve("0"), file(name + "-0"));
    }
    return new DeltaApply(repo)
        .apply(new DeltaRequest(directory, DeltaTrust.ANYBODY, FsyncPolicy.NONE), _ -> {});
  }

  @Test
  void namesOfFiles() {
    DeltaName name = superblock("plain").name();
    assertThat(DeltaName.ofKey(name.key())).contains(name);
    String[] parts = name.directory().split("/", -1);
    assertThat(DeltaName.ofDirectory(parts[1] + parts[2])).contains(name);
    assertThat(name.part(3)).isEqualTo(name.directory() + "/3");
    assertThat(name.superblock()).isEqualTo(name.directory() + "/superblock");
    assertThat(DeltaName.fromScratch(name.to()).key()).isEqualTo(name.to().hex());
    assertThat(DeltaName.ofKey("0-" + name.to())).isEmpty();
    assertThat(DeltaName.ofDirectory("short")).isEmpty();
  }
}
