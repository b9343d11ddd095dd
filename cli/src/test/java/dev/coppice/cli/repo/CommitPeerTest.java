package dev.coppice.cli.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coppice.cli.CliRunner;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import dev.coppice.testdata.TreeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same input and options give the same checksum and the same output as the real tool, in every
 * mode, and the real tool finds nothing wrong with what was written.
 */
class CommitPeerTest {
  private static final List<String> MODES =
      List.of("bare", "bare-user", "bare-user-only", "archive");

  /** Options after {@code commit -b test --timestamp=@1000}; W stands for the working directory. */
  private static final String[] OPTIONS = {
    "W/tree --table-output",
    "W/tree -s Subject -m Body --no-bindings",
    "W/tree --owner-uid=7 --owner-gid=8",
    "W/tree --canonical-permissions",
    "W/tree --canonical-permissions --owner-uid=0",
    "W/tree --mode-ro-executables",
    "W/tree --no-xattrs",
    "W/tree --statoverride=W/overrides --table-output",
    "W/tree --skip-list=W/skipped",
    "W/tree --skip-list=W/unmatched",
    "W/tree --statoverride=W/malformed",
    "W/tree --generate-sizes --table-output",
    "W/tree --bootable --add-metadata-string=version=1 --add-metadata=n=uint32:7 --bind-ref=other",
    "W/tree --add-metadata=a=@a{sv}:{} --add-metadata-string=a=twice --bind-ref=z --bind-ref=a",
    "W/tree --add-metadata-string=novalue",
    "W/tree --add-detached-metadata-string=k=v --orphan",
    "W/tree --parent=none",
    "W/tree --parent=short",
    "W/tree --keep-metadata=absent",
    "W/plain --selinux-policy=W/policy",
    "W/tree --selinux-policy=W/policy",
    "W/tree --selinux-policy=W/policy --selinux-labeling-epoch=1",
    "W/tree --selinux-policy=W/tree",
    "W/tree --selinux-labeling-epoch=2",
    "--tree=dir=W/policy -P",
    "--tree=dir=W/tree --tree=dir=W/overlay --table-output",
    "--tree=dir=W/tree --tree=dir=W/tree --skip-list=W/skipped",
    "--tree=dir=W/tree --tree=dir=W/conflict",
    "--tree=tar=W/tree.tar",
    "--tree=tar=W/tree.tar --generate-sizes --canonical-permissions",
    "--tree=tar=W/tree.tar.gz --no-xattrs",
    "--tree=tar=W/tree.tar.bz2",
    "--tree=tar=W/tree.tar.xz",
    "--tree=tar=W/tree.tar.lzma",
    "--tree=tar=W/tree.tar.zst",
    "--tree=tar=W/tree.tar.lz4",
    "--tree=tar=W/tree.tar.xz.gz",
    "--tree=tar=W/parts.tar",
    "--tree=tar=W/parts.tar --tar-autocreate-parents --owner-uid=5",
    "--tree=tar=W/tree.tar --tar-pathname-filter=^(usr)/bin,\\1/BIN --tar-autocreate-parents",
    "--tree=tar=W/tree.tar --tar-pathname-filter=nocomma",
    "--tree=tar=W/plain.tar --selinux-policy=W/policy",
    "--tree=tar=W/tree.tar --selinux-policy=W/policy",
    "--tree=tar=/dev/null",
    "--tree=tar=/dev/null --tar-autocreate-parents",
    "--tree=dir=W/tree --tree=tar=W/tree.tar --generate-sizes",
    "--tree=nonsense --tree=dir=W/tree",
    "--tree=bad=W/tree",
    "W/special",
    "W/absent",
  };

  private static TempTree temporary = TempTree.create();

  @BeforeAll
  static void inputs() throws IOException {
    Root.require();
    Requirement.program("xz", "xz-utils");
    Requirement.program("zstd", "zstd");
    Requirement.program("lz4", "lz4");
    TreeBuilder tree = temporary.tree("tree");
    tree.file("usr/bin/su", "setuid\n").mode(04755).file("usr/bin/tool", "#!/bin/sh\n").mode(0777);
    tree.hardlink("usr/bin/other", "usr/bin/su").symlink("usr/bin/link", "tool").owner(3, 4);
    tree.file("usr/etc/conf", "a=b\n").owner(1, 2).xattr("user.note", "hello");
    tree.file("usr/lib/modules/6.1/vmlinuz", "kernel").randomFile("usr/lib/large", 3 << 20, 1);
    tree.file("usr/lib/empty", "").dir("var").mode(01777).xattr("user.dir", "yes");
    tree.file("usr/share/\u00fc\u00df", "name").dir("usr/share/none");
    temporary.tree("overlay").file("usr/bin/tool", "new\n").file("usr/added/file", "x");
    temporary.tree("conflict").file("usr/bin", "a file where a directory is");
    temporary.tree("special").file("a", "a").fifo("pipe");
    TreeBuilder policy = temporary.tree("policy");
    policy.file("etc/selinux/config", "SELINUX=enforcing\nSELINUXTYPE=test\n");
    policy.file("etc/selinux/test/policy/policy.33", "binary");
    policy.file(
        "etc/selinux/test/contexts/files/file_contexts",
        """
        # comment
        /.*  system_u:object_r:default_t:s0
        /usr(/.*)?  system_u:object_r:usr_t:s0
        /usr/bin/.*  --  system_u:object_r:bin_t:s0
        /usr/bin/su  --  system_u:object_r:su_exec_t:s0
        /usr/bin/l.*  -l  system_u:object_r:link_t:s0
        /usr/lib/(large|small)  --  system_u:object_r:lib_t:s0
        /usr/lib/modules(/.*)?  system_u:object_r:modules_t:s0
        /usr/share/none  -d  <<none>>
        /etc(/.*)?  system_u:object_r:etc_t:s0
        """);
    policy.file(
        "etc/selinux/test/contexts/files/file_contexts.local",
        "/usr/bin/too?  --  system_u:object_r:local_t:s0\n");
    policy.file(
        "etc/selinux/test/contexts/files/file_contexts.subs_dist", "/usr/share /usr/lib/modules\n");
    temporary
        .tree(".")
        .file("overrides", "=384 /usr/bin/tool\n0x800 /usr/lib/large\n2048 /var\n=0x1c0 /usr/etc\n")
        .file("skipped", "/usr/lib/modules\n/usr/bin/link\n")
        .file("unmatched", "/nowhere\n/also/nowhere\n")
        .file("malformed", "nospace\n");
    String top = temporary.root().toString();
    Programs.run("cp", "-a", "--no-preserve=xattr", top + "/tree", top + "/plain").ok();
    Programs.run(("tar -C " + top + "/plain -cf " + top + "/plain.tar .").split(" ")).ok();
    String tar = "tar --xattrs --xattrs-include=* -C " + top + "/tree -cf " + top;
    Programs.run((tar + "/tree.tar .").split(" ")).ok();
    Programs.run((tar + "/parts.tar usr/bin/tool usr/etc/conf").split(" ")).ok();
    Programs.run("gzip", "-k", top + "/tree.tar").ok();
    Programs.run("bzip2", "-k", top + "/tree.tar").ok();
    Programs.run("xz", "-k", top + "/tree.tar").ok();
    Programs.run("xz", "-k", "--format=lzma", top + "/tree.tar").ok();
    Programs.run("zstd", "-q", top + "/tree.tar").ok();
    Programs.run("lz4", "-q", top + "/tree.tar", top + "/tree.tar.lz4").ok();
    Programs.run("gzip", "-k", top + "/tree.tar.xz").ok();
  }

  @AfterAll
  static void cleanUp() {
    temporary.close();
  }

  static Stream<Arguments> cases() {
    return MODES.stream()
        .flatMap(mode -> Stream.of(OPTIONS).map(options -> Arguments.of(mode, options)))
        .filter(each -> !(each.get()[0].equals("bare-user-only") && labels(each.get()[1])));
  }

  private static boolean labels(Object options) {
    return options.toString().contains("=W/policy ") || options.toString().endsWith("=W/policy");
  }

  static Stream<String> labelings() {
    return Stream.of(OPTIONS).filter(CommitPeerTest::labels);
  }

  /** The real tool stores objects that its own fsck refuses. */
  @ParameterizedTest
  @MethodSource("labelings")
  void labelsAreRefusedWhereTheyCannotBeStored(String options) throws IOException {
    RealOstree real = RealOstree.require();
    try (TempTree repos = TempTree.create()) {
      real.run("init", "--repo=" + repos.path("ours"), "--mode=bare-user-only").ok();
      CliRunner.Result actual =
          CliRunner.in(temporary.root()).ostree(arguments(repos.path("ours"), options));
      assertThat(actual.code()).isEqualTo(1);
      assertThat(actual.err()).contains("bare-user-only");
      assertThat(repos.path("ours/refs/heads/test")).doesNotExist();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void sameAsTheRealTool(String mode, String options) throws IOException {
    List<RealOstree> peers = RealOstree.requireAll();
    RealOstree newest = peers.getLast();
    if (options.contains("epoch")) {
      assumeTrue(newest.atLeast(2024, 1), "needs an ostree that knows labeling epochs");
    }
    if (options.matches(".*W/tree.*=W/policy.*")) {
      // Issues 3346 and 3385 of ostree.
      assumeTrue(newest.atLeast(2025, 2), "older ones store labels out of order");
    }
    try (TempTree repos = TempTree.create()) {
      Path theirs = repos.path("theirs");
      Path ours = repos.path("ours");
      newest.run("init", "--repo=" + theirs, "--mode=" + mode).ok();
      newest.run("init", "--repo=" + ours, "--mode=" + mode).ok();
      Programs.Result expected = newest.run(arguments(theirs, options));
      CliRunner.Result actual = CliRunner.in(temporary.root()).ostree(arguments(ours, options));
      assertThat(actual.code()).as(actual.err()).isEqualTo(expected.exit());
      assertThat(actual.out()).isEqualTo(expected.out());
      if (expected.exit() != 0) {
        assertThat(error(actual.err())).isEqualTo(error(expected.err()));
      }
      for (RealOstree peer : peers) {
        peer.run("fsck", "--repo=" + ours, "--quiet").ok();
      }
      try (Stream<Path> left = Files.list(ours.resolve("tmp"))) {
        assertThat(left.map(file -> String.valueOf(file.getFileName())))
            .allMatch(name -> expected.exit() != 0 || !name.startsWith("staging"));
      }
    }
  }

  /** The line of the error, without the name of the program in front. */
  private static String error(String text) {
    return text.lines()
        .filter(line -> line.startsWith("error: "))
        .map(line -> line.replaceFirst("^error: (open[^:]*|[^:]*absent): .*", "error: absent"))
        .findFirst()
        .orElse("");
  }

  private static String[] arguments(Path repo, String options) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--repo=" + repo, "commit", "-b", "test", "--timestamp=@1000"));
    for (String word : options.split(" ")) {
      String text = word.replace("W/", temporary.root() + "/");
      words.add(text.startsWith("--add-metadata=") ? text.replace(':', ' ') : text);
    }
    return words.toArray(String[]::new);
  }
}
