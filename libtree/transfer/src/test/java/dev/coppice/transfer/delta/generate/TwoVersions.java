package dev.coppice.transfer.delta.generate;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import dev.coppice.transfer.delta.DeltaName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A repository with two versions of a tree that has what is unpleasant for deltas. */
final class TwoVersions implements AutoCloseable {
  static final int MEGABYTE = 1 << 20;

  private final TempTree temp = TempTree.create();
  private final RealOstree maker;
  final Path path = temp.path("repo");
  final String old;
  final String young;

  TwoVersions(RealOstree maker) throws IOException {
    this.maker = maker;
    init(path, "archive");
    old = commit(1);
    young = commit(2);
  }

  private void init(Path repo, String mode) {
    maker.on(repo, "init", "--mode=" + mode);
    maker.on(repo, "config", "set", "core.fsync", "false");
  }

  /** A repository of a client that has the old version; a copy of one that is made once. */
  Path client(String mode, TempTree place) {
    Path ready = temp.path("client-" + mode);
    if (!Files.exists(ready)) {
      init(ready, mode);
      maker.on(ready, "pull-local", path.toString(), old);
      maker.on(ready, "refs", "--create=os", old);
    }
    Path copy = place.path("client");
    Programs.run("cp", "-a", ready.toString(), copy.toString()).ok();
    return copy;
  }

  private String commit(int version) throws IOException {
    TreeBuilder tree = temp.tree("v" + version);
    boolean first = version == 1;
    tree.file("empty-" + version, "");
    tree.file("one", first ? "1" : "2");
    tree.file("unchanged", "unchanged");
    tree.file("zeros", new byte[first ? 1000 : 4 * MEGABYTE]);
    tree.file("same-content-other-mode", "x".repeat(100_000)).mode(first ? 0644 : 0755);
    tree.file("secret", lines(version)).mode(0600);
    tree.file("text", lines(version));
    tree.symlink("link", "target-" + version);
    tree.symlink("link-in-both", "target");
    tree.randomFile("noise", MEGABYTE, version);
    tree.file("moved/lib-" + version + ".0/data", shifted(version));
    tree.file("usr/lib/modules/6.1." + version + "/program.ko", program(version));
    for (int i = 0; i < 300; i++) {
      tree.file("many/" + i, "file " + i + (i % 3 == 0 ? " of " + version : ""));
    }
    if (!first) {
      tree.file("new", "new\n");
      // Large enough to fall back, or to be stored in a part where nothing may.
      tree.randomFile("packed", 4 * MEGABYTE, version);
      tree.file("program", Files.readAllBytes(Path.of("/bin/bash"))).mode(0755);
    }
    return maker.on(
        path, "commit", "-b", "os", "--owner-uid=0", "--owner-gid=0", tree.root().toString());
  }

  private static String lines(int version) {
    var text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append(i % 500 == 7 ? "version " + version : "line " + i * 7919).append('\n');
    }
    return text.toString();
  }

  /** Noise with a few bytes in front that differ, which the real tool's matching cannot take. */
  private static byte[] shifted(int version) throws IOException {
    byte[] noise = new byte[2 * MEGABYTE];
    new Random(3).nextBytes(noise);
    var bytes = new ByteArrayOutputStream();
    bytes.write(("version " + version + "\n").repeat(version).getBytes());
    bytes.write(noise);
    return bytes.toByteArray();
  }

  /** What looks like an executable, with an address in every 16 bytes that changes. */
  private static byte[] program(int version) {
    byte[] program = new byte[MEGABYTE];
    new Random(4).nextBytes(program);
    for (int i = 32; i < program.length; i += 16) {
      program[i] += (byte) version;
    }
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, program, 0, 7);
    program[18] = 62;
    return program;
  }

  DeltaName between() {
    return DeltaName.between(Checksum.ofHex(old), Checksum.ofHex(young));
  }

  DeltaName fromScratch() {
    return DeltaName.fromScratch(Checksum.ofHex(young));
  }

  Path temporary(String name) {
    return temp.path(name);
  }

  GenerateResult generate(GenerateRequest request) throws IOException {
    try (Repo repo = Repo.open(path)) {
      return new Generate(repo, event -> {}).run(request);
    }
  }

  GenerateResult generateOn(int threads, GenerateRequest request) throws IOException {
    try (Repo repo = Repo.open(path)) {
      return new Generate(repo, event -> {}, threads).run(request);
    }
  }

  @Override
  public void close() {
    temp.close();
  }
}
