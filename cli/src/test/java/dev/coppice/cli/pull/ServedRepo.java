package dev.coppice.cli.pull;

import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.http.FaultServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A small archive repository, made by the real tool and served: the branch {@code os/x} with three
 * commits, {@code app} with one, both with a summary.
 */
final class ServedRepo implements AutoCloseable {
  static final int FILES = 60;

  final TempTree temp = TempTree.create();
  final RealOstree real;
  final Path repo = temp.path("served");
  final FaultServer server;

  /** Commits of {@code os/x}, the oldest first. */
  final String[] commits = new String[3];

  ServedRepo(RealOstree real) throws IOException {
    this.real = real;
    real.on(repo, "init", "--mode=archive");
    Path tree = Files.createDirectories(temp.path("tree/usr/share/deep/er")).resolve("../../../..");
    tree = tree.normalize();
    var random = new Random(1);
    for (int i = 0; i < FILES; i++) {
      byte[] content = new byte[i * 97];
      random.nextBytes(content);
      Files.write(tree.resolve(i % 2 == 0 ? "usr/f" + i : "usr/share/deep/er/f" + i), content);
    }
    byte[] large = new byte[300_000];
    random.nextBytes(large);
    Files.write(tree.resolve("usr/large"), large);
    Files.createSymbolicLink(tree.resolve("usr/link"), Path.of("f2"));
    for (int i = 0; i < commits.length; i++) {
      Files.writeString(tree.resolve("usr/version"), "version " + i);
      String time = "--timestamp=@" + (1_700_000_000 + i * 1000);
      commits[i] = commit("os/x", tree, time, "--generate-sizes");
    }
    Path app = Files.createDirectories(temp.path("app/bin"));
    Path run = Files.writeString(app.resolve("run"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxrwx"));
    commit("app", temp.path("app"), "--timestamp=@1700000000");
    real.on(repo, "summary", "-u");
    // Clients may cache by time.
    Files.setLastModifiedTime(repo.resolve("summary"), FileTime.from(Instant.EPOCH));
    server = FaultServer.start(repo);
  }

  private String commit(String branch, Path tree, String... more) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("commit", "--branch=" + branch, "--tree=dir=" + tree));
    line.addAll(List.of("--owner-uid=0", "--owner-gid=0"));
    line.addAll(List.of(more));
    return real.on(repo, line.toArray(String[]::new));
  }

  /** Where an object of the served repository is, below its root. */
  static String objectPath(String checksum, String type) {
    return "/objects/" + checksum.substring(0, 2) + "/" + checksum.substring(2) + "." + type;
  }

  @Override
  public void close() throws IOException {
    server.close();
    temp.close();
  }
}
