package dev.coppice.transfer.delta.generate;

import static dev.coppice.transfer.delta.generate.TwoVersions.MEGABYTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.SuperblockFile;
import dev.coppice.transfer.delta.generate.GenerateRequest.ExecutableFilter;
import dev.coppice.transfer.delta.generate.GenerateRequest.Form;
import dev.coppice.transfer.delta.generate.GenerateRequest.Limits;
import dev.coppice.transfer.delta.generate.GenerateRequest.Placement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.tukaani.xz.XZInputStream;

/** Deltas as real clients see them. */
@TestInstance(Lifecycle.PER_CLASS)
class GenerateTest {
  /** What clients since 2026.3 let a decoder have. */
  private static final int DECODER_KIB = 100 << 10;

  private static final Limits SMALL = new Limits(OptionalLong.of(0), 128_000_000, 1_000_000);

  private final List<RealOstree> clients = RealOstree.requireAll();
  private TwoVersions versions;

  @BeforeAll
  void commit() throws IOException {
    versions = new TwoVersions(RealOstree.require());
  }

  @AfterAll
  void remove() {
    versions.close();
  }

  private GenerateRequest standard() {
    return GenerateRequest.of(versions.between());
  }

  private static Form form(ByteOrder order, Placement placement) {
    return new Form(order, placement, ExecutableFilter.X86, Optional.empty());
  }

  @Test
  void realClientsApplyEveryKind() throws IOException {
    var kinds = new LinkedHashMap<String, GenerateRequest>();
    kinds.put("standard", standard());
    kinds.put("without patches", standard().with(new Limits(OptionalLong.empty(), 0, 32_000_000)));
    kinds.put("small parts", standard().with(SMALL));
    kinds.put(
        "fallbacks",
        standard().with(new Limits(OptionalLong.of(500_000), 128_000_000, 32_000_000)));
    kinds.put("big-endian", standard().with(form(ByteOrder.BIG_ENDIAN, Placement.FILES)));
    kinds.put("inline", standard().with(form(ByteOrder.LITTLE_ENDIAN, Placement.INLINE)));
    for (Map.Entry<String, GenerateRequest> kind : kinds.entrySet()) {
      versions.generate(kind.getValue());
      for (RealOstree client : clients) {
        checkUpgrade(client, kind.getKey(), "bare-user");
      }
    }
  }

  @Test
  void bareRepositoriesApply() throws IOException {
    Root.require();
    versions.generate(standard());
    for (RealOstree client : clients) {
      checkUpgrade(client, "standard", "bare");
    }
  }

  private void checkUpgrade(RealOstree client, String kind, String mode) {
    String label = kind + " by " + client + " into " + mode;
    try (var temp = TempTree.create()) {
      Path repo = versions.client(mode, temp);
      client.on(versions.path, "summary", "-u");
      client.on(repo, "pull-local", "--require-static-deltas", versions.path.toString(), "os");
      assertThat(client.on(repo, "rev-parse", "os")).as(label).isEqualTo(versions.young);
      assertThat(client.on(repo, "fsck")).as(label).contains("2 commits");
    }
  }

  @Test
  void realClientsApplyWhatNeedsNothing() throws IOException {
    versions.generate(GenerateRequest.of(versions.fromScratch()));
    for (RealOstree client : clients) {
      try (var temp = TempTree.create()) {
        Path repo = temp.path("client");
        client.on(versions.path, "summary", "-u");
        client.on(repo, "init", "--mode=bare-user");
        client.on(repo, "pull-local", "--require-static-deltas", versions.path.toString(), "os");
        assertThat(client.on(repo, "fsck")).as(client.toString()).contains("1 commits");
      }
    }
  }

  /** All objects must be in the delta: nothing else is there to take them from. */
  @Test
  void oneFileIsEnoughOffline() throws IOException {
    Path file = Files.createDirectories(versions.temporary("offline")).resolve("os.delta");
    var form =
        new Form(
            ByteOrder.LITTLE_ENDIAN, Placement.INLINE, ExecutableFilter.X86, Optional.of(file));
    versions.generate(standard().with(form).with(SMALL));

    assertThat(Files.list(file.getParent())).containsExactly(file);
    for (RealOstree client : clients) {
      try (var temp = TempTree.create()) {
        Path repo = versions.client("bare-user", temp);
        client.on(repo, "static-delta", "apply-offline", file.toString());
        client.on(repo, "refs", "--create=new", versions.young);
        assertThat(client.on(repo, "fsck")).as(client.toString()).contains("2 commits");
      }
    }
  }

  @Test
  void sameBytesOnAnyNumberOfThreads() throws IOException {
    GenerateRequest request = standard().with(SMALL);
    versions.generateOn(1, request);
    Map<String, byte[]> one = files(request.name());
    versions.generateOn(5, request);
    Map<String, byte[]> five = files(request.name());

    assertThat(one).hasSizeGreaterThan(5);
    assertThat(five.keySet()).isEqualTo(one.keySet());
    one.forEach((name, bytes) -> assertThat(five.get(name)).as(name).isEqualTo(bytes));
  }

  private Map<String, byte[]> files(DeltaName name) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (var listed = Files.newDirectoryStream(versions.path.resolve(name.directory()))) {
      for (Path file : listed) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Test
  void staysInsideTheLimitsOfClients() throws IOException {
    GenerateResult result = versions.generate(standard().with(SMALL));
    Superblock superblock = superblock(standard().name());

    assertThat(result.parts()).hasSameSizeAs(superblock.parts()).hasSizeGreaterThan(5);
    for (int i = 0; i < superblock.parts().size(); i++) {
      PartHeader header = superblock.parts().get(i);
      long payload = payload(standard().name(), i);
      assertThat(payload).isEqualTo(result.parts().get(i).payload());
      // What 2026.3 allows; see the format's notes.
      long most =
          header.usize() + 4096 + header.objects().size() * (256L + 65536) + header.usize() / 32;
      assertThat(payload).isLessThanOrEqualTo(Math.min(512L << 20, most));
      assertThat(header.usize() <= 1_000_000 || header.objects().size() == 1).isTrue();
    }
  }

  private Superblock superblock(DeltaName name) throws IOException {
    byte[] bytes = Files.readAllBytes(versions.path.resolve(name.superblock()));
    return SuperblockFile.decode(bytes).superblock();
  }

  private long payload(DeltaName name, int number) throws IOException {
    try (InputStream in = Files.newInputStream(versions.path.resolve(name.part(number)))) {
      assertThat(in.read()).isEqualTo('x');
      try (var xz = new XZInputStream(in, DECODER_KIB)) {
        return xz.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  @Test
  void choosesTheCheapestWay() throws IOException {
    GenerateResult result = versions.generate(standard());

    // The module; the text, what moved, what has another mode only.
    assertThat(result.counts().patched()).isPositive();
    assertThat(result.counts().copied()).isGreaterThanOrEqualTo(3);
    assertThat(result.counts().copiedBytes()).isGreaterThan(2 * MEGABYTE);
    // Noise and bash; of the module an eighth of its bytes changed.
    assertThat(result.partsSize()).isLessThan(2 * MEGABYTE);
    // What nothing makes smaller.
    assertThat(result.fallbacks())
        .singleElement()
        .satisfies(file -> assertThat(file.usize()).isEqualTo(4 * MEGABYTE));
  }

  @Test
  void onlyFilesThatAllMayReadAreSources() throws IOException {
    versions.generate(standard());
    String secret = checksum("/secret");
    String text = checksum("/text");
    var sources = new StringBuilder();
    for (int i = 0; i < superblock(standard().name()).parts().size(); i++) {
      sources.append(HexFormat.of().formatHex(rawPart(i)));
    }
    assertThat(sources.indexOf(text)).isNotNegative();
    assertThat(sources.indexOf(secret)).isNegative();
  }

  private String checksum(String path) {
    return clients.getFirst().on(versions.path, "ls", "-C", versions.old, path).split("\\s+")[4];
  }

  private byte[] rawPart(int number) throws IOException {
    Path part = versions.path.resolve(standard().name().part(number));
    try (InputStream in = Files.newInputStream(part)) {
      assertThat(in.read()).isEqualTo('x');
      return new XZInputStream(in).readAllBytes();
    }
  }

  @Test
  void replacesAnotherDelta() throws IOException {
    versions.generate(standard().with(SMALL));
    assertThat(files(standard().name()).keySet()).contains("superblock", "0", "1", "2", "3");

    GenerateResult result = versions.generate(standard());

    assertThat(files(standard().name())).hasSize(result.parts().size() + 1).hasSizeLessThan(5);
  }
}
