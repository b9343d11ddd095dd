package dev.coppice.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.DirSnapshot;
import dev.coppice.testdata.OsTree;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The same commands with the real tool and with ours, each in a root of its own: what they print,
 * their exit codes and every file afterwards are the same.
 */
class AdminRealTest {
  /** Before this release stateroots and deployments looked a little different. */
  private static final int NEW_LAYOUT = 2024;

  private final TempTree temp = TempTree.create();

  @AfterEach
  void end() {
    temp.close();
  }

  /** One root, and what works on it. */
  private interface Side {
    Path root();

    Output run(String... arguments);
  }

  /** What a command left, without what may differ. */
  private record Output(int exit, List<String> lines) {}

  private Side real(RealOstree tool) {
    Path root = temp.path("real-" + tool.version());
    return new Side() {
      @Override
      public Path root() {
        return root;
      }

      @Override
      public Output run(String... arguments) {
        Programs.Result result = tool.run(admin(root, arguments));
        return output(result.exit(), result.out() + result.err(), root);
      }
    };
  }

  private Side ours(RealOstree tool) {
    Path root = temp.path("ours-" + tool.version());
    String naming = isNew(tool) ? "" : "bootloader-naming-1";
    CliRunner runner =
        CliRunner.in(temp.root()).with(Map.of("OSTREE_SYSROOT_OPTS", "skip-sync," + naming));
    return new Side() {
      @Override
      public Path root() {
        return root;
      }

      @Override
      public Output run(String... arguments) {
        CliRunner.Result result = runner.ostree(admin(root, arguments));
        return output(result.code(), result.out() + result.err(), root);
      }
    };
  }

  private static boolean isNew(RealOstree tool) {
    return tool.atLeast(NEW_LAYOUT, 5);
  }

  private static String[] admin(Path root, String... arguments) {
    return Stream.concat(Stream.of("admin", "--sysroot=" + root), Arrays.stream(arguments))
        .toArray(String[]::new);
  }

  /** Our next steps and remarks of old releases are left out. */
  private static Output output(int exit, String text, Path root) {
    return new Output(
        exit,
        text.lines()
            .filter(line -> !line.startsWith("  [") && !line.startsWith("note: "))
            .map(line -> line.replace(root.toString(), "ROOT"))
            .map(line -> line.replace("OSTree stateroot", "OSTree root"))
            .toList());
  }

  private void prepare(Side side, Path commits) throws IOException {
    Files.createDirectories(side.root());
    RealOstree tool = RealOstree.require();
    // init-fs takes its root as an argument
    assertThat(side.run("init-fs", side.root().toString()).exit()).isZero();
    tool.on(side.root().resolve("ostree/repo"), "pull-local", commits.toString());
  }

  private Path commits() throws IOException {
    Path repo = temp.path("commits");
    RealOstree tool = RealOstree.require();
    tool.on(repo, "init", "--mode=bare");
    for (OsTree tree : OsTree.values()) {
      Path root = tree.write(temp.path("tree-" + tree)).root();
      Path modules = root.resolve("usr/lib/modules/" + tree.kernel());
      TreeBuilder.in(modules).file("dtb/a.dtb", "a").file("dtb/sub/b.dtb", "b");
      TreeBuilder.in(modules).file(".vmlinuz.hmac", "hmac");
      tool.on(
          repo,
          "commit",
          "--branch=v" + (tree.ordinal() + 1),
          "--subject=x",
          "--timestamp=2024-01-01 00:00:00 +0000",
          // The last two say the same version, so that only links change between them.
          "--add-metadata-string=version=" + (tree == OsTree.V1 ? "1" : "2"),
          "--add-metadata-string=ostree.source-title=source of " + tree,
          "--tree=dir=" + root);
    }
    return repo;
  }

  private static void editEtc(Path root, String commit) throws IOException {
    Path etc = root.resolve("ostree/deploy/os/deploy/" + commit + ".0/etc");
    TreeBuilder tree = TreeBuilder.in(etc);
    tree.file("unchanged.conf", "changed\n").mode(0640).owner(3, 4).mtime(1_000_000_000);
    tree.file("service.conf", "mine\n").mtime(1_000_000_001).xattr("user.note", "kept");
    Files.delete(etc.resolve("passwd"));
    tree.file("new.d/a", "a\n").mode(04755).symlink("new.d/b", "a").dir("new.d").mode(0750);
    tree.file("conf.d/local.conf", "x\n").dir("conf.d").mode(0701).xattr("user.dir", "1");
    tree.file("shadow", "root:*:::::::\n").mode(0600).xattr("user.only", "attribute");
    Files.delete(etc.resolve("os-release"));
    tree.file("os-release", "a file now\n").file(".updated", "").fifo("pipe");
  }

  private static DirSnapshot snapshot(Side side, RealOstree tool) throws IOException {
    if (!tool.atLeast(2025, 3)) {
      dropAndroidKeys(side.root());
    }
    boolean newLayout = isNew(tool);
    List<String> lines =
        DirSnapshot.of(side.root()).lines().stream()
            .filter(line -> !line.startsWith("/ostree/repo/tmp"))
            .filter(line -> !line.startsWith("/ostree/repo/.lock"))
            // The image of composefs, which is not written by old releases nor by every build.
            .filter(line -> (newLayout && tool.has("composefs")) || !line.contains("/.ostree.cfs "))
            .filter(line -> newLayout || !line.matches("/ostree/deploy/[^/]*/(backing|var).*"))
            .toList();
    return new DirSnapshot(lines);
  }

  /** Since 2023.1 entries named files of Android's boot loader that trees lack, until 2025.3. */
  private static void dropAndroidKeys(Path root) throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve("boot/loader/entries"))) {
      for (Path entry : entries.toList()) {
        List<String> lines = Files.readAllLines(entry);
        Files.write(entry, lines.stream().filter(line -> !line.startsWith("aboot")).toList());
      }
    }
  }

  /** Runs commands on both sides and compares what they print. */
  private final class Duel {
    private final Side real;
    private final Side ours;
    private final RealOstree tool;

    Duel(RealOstree tool) {
      real = real(tool);
      ours = ours(tool);
      this.tool = tool;
    }

    void run(String line) {
      String[] arguments = line.split(" ");
      assertThat(ours.run(arguments)).as(line).isEqualTo(real.run(arguments));
    }

    void compareFiles() throws IOException {
      assertThat(snapshot(ours, tool).lines())
          .containsExactlyElementsOf(snapshot(real, tool).lines());
    }
  }

  @Test
  void everyFileAndEveryLineIsTheSame() throws IOException {
    Root.require();
    Path commits = commits();
    String first = RealOstree.require().on(commits, "rev-parse", "v1");
    for (RealOstree tool : RealOstree.requireAll()) {
      var duel = new Duel(tool);
      prepare(duel.real, commits);
      prepare(duel.ours, commits);
      for (String line :
          List.of(
              "status",
              "os-init os",
              "os-init other",
              "os-init os",
              "deploy v1",
              "deploy --os=os nothing/here",
              "deploy --os=os --karg=root=LABEL=x --karg-append=console=tty0"
                  + " --karg-append=console=ttyS0 --karg=quiet v1",
              "status")) {
        duel.run(line);
      }
      if (isNew(tool)) {
        // Older ones find out late, and leave directories behind.
        duel.run("deploy --os=none v1");
      }
      duel.compareFiles();
      editEtc(duel.real.root(), first);
      editEtc(duel.ours.root(), first);
      for (String line :
          List.of(
              "config-diff --os=other",
              "deploy --os=os --karg-delete=console=tty0"
                  + (isNew(tool) ? " --karg-delete=absent v2" : " v2"),
              "status")) {
        duel.run(line);
      }
      duel.compareFiles();
      for (String line :
          List.of(
              "deploy --os=os --retain v3",
              "deploy --os=os --retain v3",
              "deploy --os=other --karg=a=b v1",
              "pin 0",
              "pin 0 1 9",
              "pin x",
              "status")) {
        duel.run(line);
      }
      duel.compareFiles();
      for (String line :
          List.of(
              "deploy --os=os --not-as-default --retain-rollback --karg-none --karg=z v1",
              "undeploy 9",
              "undeploy 1",
              "pin -u 0 1",
              "deploy --os=os --no-merge --no-prune v2",
              "status",
              "cleanup")) {
        duel.run(line);
      }
      duel.compareFiles();
      if (isNew(tool)) {
        duel.run("pin booted");
        duel.run("undeploy x");
        duel.run("set-default 2");
        duel.run("set-default 0");
        duel.run("set-default 7");
        if (tool.atLeast(2025, 3)) {
          duel.run("status --json");
        }
        duel.run("status -D");
        duel.compareFiles();
      }
    }
  }

  @Test
  void eachWorksOnTheRootOfTheOther() throws IOException {
    Root.require();
    Path commits = commits();
    for (RealOstree tool : RealOstree.requireAll()) {
      var sides = new ArrayList<Side>(List.of(real(tool), ours(tool)));
      for (Side maker : List.copyOf(sides)) {
        prepare(maker, commits);
        maker.run("os-init", "os");
        assertThat(maker.run("deploy", "--os=os", "--karg=a", "v1").exit()).isZero();
        assertThat(maker.run("deploy", "--os=os", "v2").exit()).isZero();
      }
      Collected ours = visit(tool, sides.get(0).root(), false);
      Collected real = visit(tool, sides.get(1).root(), true);
      assertThat(ours.outputs).isEqualTo(real.outputs);
      assertThat(ours.files.lines()).containsExactlyElementsOf(real.files.lines());
    }
  }

  private record Collected(List<Output> outputs, DirSnapshot files) {}

  /** Goes on with a root that the other tool made. */
  private Collected visit(RealOstree tool, Path root, boolean withReal) throws IOException {
    Side made = withReal ? real(tool) : ours(tool);
    Side side =
        new Side() {
          @Override
          public Path root() {
            return root;
          }

          @Override
          public Output run(String... arguments) {
            if (withReal) {
              Programs.Result result = tool.run(admin(root, arguments));
              return output(result.exit(), result.out() + result.err(), root);
            }
            CliRunner.Result result =
                CliRunner.in(temp.root())
                    .with(
                        Map.of(
                            "OSTREE_SYSROOT_OPTS",
                            isNew(tool) ? "skip-sync" : "skip-sync,bootloader-naming-1"))
                    .ostree(admin(root, arguments));
            return output(result.code(), result.out() + result.err(), root);
          }
        };
    assertThat(made.root()).isNotEqualTo(root);
    List<Output> outputs =
        List.of(
            side.run("status"),
            side.run("deploy", "--os=os", "v3"),
            side.run("undeploy", "1"),
            side.run("deploy", "--os=os", "--karg-append=b", "v1"),
            side.run("cleanup"),
            side.run("status"));
    tool.on(root.resolve("ostree/repo"), "fsck");
    return new Collected(outputs, withoutBacking(snapshot(side, tool)));
  }

  /** What only newer releases and we make stays behind when an older one removes a deployment. */
  private static DirSnapshot withoutBacking(DirSnapshot files) {
    return new DirSnapshot(
        files.lines().stream().filter(line -> !line.contains("/backing")).toList());
  }

  @Test
  void currentDirectoryIsPrinted() throws IOException {
    Root.require();
    Path commits = commits();
    RealOstree tool = RealOstree.require();
    Side ours = ours(tool);
    prepare(ours, commits);
    assertThat(ours.run("--print-current-dir"))
        .isEqualTo(new Output(1, List.of("error: Unable to find a deployment in sysroot")));
    ours.run("os-init", "os");
    ours.run("deploy", "--os=os", "v1");
    Programs.Result expected = tool.run(admin(ours.root(), "--print-current-dir"));
    assertThat(ours.run("--print-current-dir"))
        .isEqualTo(output(expected.exit(), expected.out(), ours.root()));
  }

  @Test
  void rollbackIsOurAddition() throws IOException {
    Root.require();
    Path commits = commits();
    Side ours = ours(RealOstree.require());
    prepare(ours, commits);
    ours.run("os-init", "os");
    assertThat(ours.run("rollback"))
        .isEqualTo(new Output(1, List.of("error: No deployment to roll back to")));
    ours.run("deploy", "--os=os", "v1");
    ours.run("deploy", "--os=os", "v2");
    String v1 = RealOstree.require().on(commits, "rev-parse", "v1");
    assertThat(ours.run("rollback").lines()).contains("Default deployment is now " + v1 + ".0");
    assertThat(ours.run("status").lines().getFirst()).isEqualTo("  os " + v1 + ".0");
    assertThat(ours.run("config-diff", "--os=os", "--json").exit()).isZero();
  }
}
