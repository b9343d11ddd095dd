package dev.coppice.sysroot.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.checkout.Labels;
import dev.coppice.core.failure.TreeException;
import dev.coppice.posix.Fd;
import dev.coppice.posix.PosixException;
import dev.coppice.posix.Xattrs;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.SysrootFixture;
import dev.coppice.sysroot.SysrootFlag;
import dev.coppice.testdata.OsTree;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deployments of trees with an SELinux policy. */
class LabelTest {
  private static final String CONTEXTS =
      """
      /.*                        system_u:object_r:default_t:s0
      /                      -d  system_u:object_r:root_t:s0
      /boot(/.*)?                system_u:object_r:boot_t:s0
      /etc(/.*)?                 system_u:object_r:etc_t:s0
      /etc/.*\\.link         -l  system_u:object_r:link_t:s0
      /etc/shadow            --  system_u:object_r:shadow_t:s0
      /etc/ostree/remotes\\.d(/.*)?  system_u:object_r:remote_t:s0
      /var(/.*)?                 system_u:object_r:var_t:s0
      /var/log(/.*)?             system_u:object_r:log_t:s0
      /var/none                  <<none>>
      """;

  private SysrootFixture fixture;
  private Path tree;

  @BeforeEach
  void start() throws IOException {
    fixture = new SysrootFixture();
    fixture.flags().add(SysrootFlag.MUTABLE_DEPLOYMENTS);
    tree = OsTree.V1.write(fixture.temp("tree")).root();
    requireLabels(tree);
    write("usr/etc/selinux/config", "SELINUX=enforcing\nSELINUXTYPE=test\n");
    write("usr/etc/selinux/test/policy/policy.33", "binary");
    write("usr/etc/selinux/test/contexts/files/file_contexts", CONTEXTS);
    write("usr/etc/shadow", "root:*\n");
    write("usr/etc/dir/file", "x");
    Files.createSymbolicLink(tree.resolve("usr/etc/dir/a.link"), Path.of("file"));
    write("var/log/messages", "x");
    Files.createSymbolicLink(tree.resolve("var/log/link"), Path.of("messages"));
    write("var/none", "x");
    fixture.commit("labelled", "1", tree);
  }

  @AfterEach
  void end() {
    if (fixture != null) {
      Programs.run("umount", fixture.path().resolve("boot").toString());
      fixture.close();
    }
  }

  /** A kernel with another policy than that of the tests takes only labels that it knows. */
  private static void requireLabels(Path file) throws IOException {
    try {
      byte[] label = "system_u:object_r:test_t:s0".getBytes(StandardCharsets.UTF_8);
      Xattrs.set(Fd.CWD, file.toString(), Labels.ATTRIBUTE, label);
      Xattrs.remove(Fd.CWD, file.toString(), Labels.ATTRIBUTE);
    } catch (PosixException e) {
      Requirement.check(false, "needs a file system and a kernel that take any label: " + e);
    }
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(tree.resolve(path).getParent());
    Files.writeString(tree.resolve(path), text);
  }

  /** All labels below a directory, without the zero that ends most of them. */
  private static Map<String, String> labels(Path root) throws IOException {
    var labels = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        byte[] label = Xattrs.get(Fd.CWD, file.toString(), Labels.ATTRIBUTE);
        if (label != null) {
          String text = new String(label, StandardCharsets.UTF_8);
          labels.put(root.relativize(file).toString(), text.replace("\0", ""));
        }
      }
    }
    return labels;
  }

  private static String label(String type) {
    return "system_u:object_r:" + type + ":s0";
  }

  @Test
  void whatTheRealToolLabelsHasTheSameLabel() throws IOException {
    Path copy = fixture.temp("copy");
    Programs.run("cp", "-a", fixture.path().toString(), copy.toString()).ok();
    RealOstree real = RealOstree.requireAll().getLast();
    real.run(
            Map.of("OSTREE_SYSROOT_DEBUG", "mutable-deployments"),
            "admin",
            "deploy",
            "--sysroot=" + copy,
            "--os=os",
            "labelled")
        .ok();
    fixture.deploy("labelled");
    Map<String, String> ours = labels(fixture.path());
    Map<String, String> theirs = labels(copy);
    assertThat(theirs).hasSizeGreaterThan(5);
    assertThat(ours).containsAllEntriesOf(theirs);
  }

  @Test
  void everythingThatIsMadeHasItsLabel() throws IOException {
    String boot = fixture.path().resolve("boot").toString();
    Programs.Result mounted = Programs.run("mount", "-t", "tmpfs", "boot", boot);
    Requirement.check(mounted.exit() == 0, "needs the right to mount: " + mounted.err());
    Deployment made = fixture.deploy("labelled").deployments().getFirst();
    Map<String, String> labels = labels(fixture.path());
    String etc = made.name().path() + "/etc";
    assertThat(labels)
        .containsEntry(etc, label("etc_t"))
        .containsEntry(etc + "/shadow", label("shadow_t"))
        .containsEntry(etc + "/dir", label("etc_t"))
        .containsEntry(etc + "/dir/file", label("etc_t"))
        .containsEntry(etc + "/dir/a.link", label("link_t"))
        .containsEntry(made.name().originPath(), label("remote_t"))
        .containsEntry("ostree/deploy/os/var", label("var_t"))
        .containsEntry("ostree/deploy/os/var/log/messages", label("log_t"))
        .containsEntry("ostree/deploy/os/var/log/link", label("log_t"))
        .containsEntry("ostree/deploy/os/var/.ostree-selabeled", label("var_t"))
        .doesNotContainKey("ostree/deploy/os/var/none")
        .containsEntry(made.name().backingPath() + "/root-transient/upper", label("root_t"));
    assertThat(labels.entrySet().stream().filter(e -> e.getKey().startsWith("boot/ostree/os-")))
        .isNotEmpty()
        .allMatch(e -> e.getValue().equals(label("boot_t")));
    // What the commit records is not changed: it is shared with the repository.
    assertThat(labels).doesNotContainKey(made.name().path() + "/usr/etc/shadow");
  }

  @Test
  void labelledVarIsLeftAlone() throws IOException {
    fixture.deploy("labelled");
    Path log = fixture.path().resolve("ostree/deploy/os/var/log/messages");
    byte[] own = "own".getBytes(StandardCharsets.UTF_8);
    Xattrs.set(Fd.CWD, log.toString(), Labels.ATTRIBUTE, own);
    fixture.deploy("labelled");
    assertThat(Xattrs.get(Fd.CWD, log.toString(), Labels.ATTRIBUTE)).isEqualTo(own);
  }

  @Test
  void aPolicyThatIsNotThereIsNamed() throws IOException {
    Files.delete(tree.resolve("usr/etc/selinux/test/policy/policy.33"));
    fixture.commit("broken", "1", tree);
    assertThatThrownBy(() -> fixture.deploy("broken"))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("Preparing /etc: With policy root")
        .hasMessageContaining("Could not find binary policy file");
  }

  @Test
  void withoutAttributesNothingIsLabelled() throws IOException {
    fixture.flags().add(SysrootFlag.NO_XATTRS);
    fixture.deploy("labelled");
    assertThat(labels(fixture.path())).isEmpty();
  }

  @Test
  void localModulesAreBuiltInASandbox() throws IOException {
    Requirement.program("bwrap", "bubblewrap");
    write(
        "usr/sbin/semodule",
        """
        #!/usr/bin/sh
        if [ "$1" = --help ]; then echo "-r --refresh"; exit 0; fi
        if [ -e /etc/broken ]; then echo "broken module" >&2; exit 3; fi
        if echo x > /usr/written; then exit 4; fi
        echo "$@" > /etc/refreshed
        """);
    Files.setPosixFilePermissions(
        tree.resolve("usr/sbin/semodule"), PosixFilePermissions.fromString("rwxr-xr-x"));
    addShell();
    fixture.commit("modules", "1", tree);
    Deployment first = fixture.deploy("modules").deployments().getFirst();
    assertThat(fixture.directory(first).resolve("etc/refreshed")).doesNotExist();
    Files.writeString(fixture.directory(first).resolve("etc/local"), "x");
    Deployment second = fixture.deploy("modules").deployments().getFirst();
    assertThat(fixture.directory(second).resolve("etc/refreshed")).hasContent("-N --refresh");
    Files.writeString(fixture.directory(second).resolve("etc/broken"), "x");
    assertThatThrownBy(() -> fixture.deploy("modules"))
        .hasMessage(
            "Deploying tree: Finalizing deployment: Finalizing SELinux policy:"
                + " failed to run semodule: exit code 3: broken module");
  }

  /** The shell of this machine and the libraries that it needs. */
  private void addShell() throws IOException {
    Files.createDirectories(tree.resolve("usr/bin"));
    replace(Path.of("/bin/sh"), tree.resolve("usr/bin/sh"));
    for (String word : Programs.run("ldd", "/bin/sh").ok().out().split("\\s+")) {
      if (word.startsWith("/")) {
        Path library = tree.resolve("usr/" + word.replaceFirst("^(/usr)?/", ""));
        Files.createDirectories(library.getParent());
        replace(Path.of(word), library);
      }
    }
  }

  private static void replace(Path from, Path to) throws IOException {
    Files.copy(from.toRealPath(), to, StandardCopyOption.REPLACE_EXISTING);
  }
}
