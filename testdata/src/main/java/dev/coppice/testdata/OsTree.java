package dev.coppice.testdata;

import java.nio.file.Path;

/**
 * A small operating-system tree with what deployments look for: kernel, initramfs, os-release,
 * {@code /usr/etc}, the usual links at the root. The same bytes every time.
 */
public enum OsTree {
  /** Version 1.0 with kernel 6.1.0-1. */
  V1("1.0", "6.1.0-1"),
  /**
   * Version 2.0 with kernel 6.1.0-2: a program and a configuration file changed, one of each added,
   * one of each removed.
   */
  V2("2.0", "6.1.0-2"),
  /** Version 2.1 with the kernel of V2: only a program changed, so the boot files are shared. */
  V3("2.1", "6.1.0-2");

  private static final long PROGRAM_BYTES = 20_000;

  private final String version;
  private final String kernel;

  OsTree(String version, String kernel) {
    this.version = version;
    this.kernel = kernel;
  }

  /** {@code VERSION_ID} of os-release. */
  public String version() {
    return version;
  }

  /** The kernel's release, the name below {@code usr/lib/modules}. */
  public String kernel() {
    return kernel;
  }

  /** Writes the tree into a directory; its parts are owned by whoever runs the test. */
  public TreeBuilder write(Path directory) {
    TreeBuilder tree = TreeBuilder.in(directory);
    skeleton(tree);
    programs(tree);
    boot(tree);
    configuration(tree);
    return tree;
  }

  private static void skeleton(TreeBuilder tree) {
    for (String dir : new String[] {"boot", "dev", "proc", "run", "sys", "sysroot", "var"}) {
      tree.dir(dir);
    }
    tree.dir("tmp").mode(01777);
    tree.symlink("bin", "usr/bin").symlink("sbin", "usr/sbin").symlink("lib", "usr/lib");
    tree.symlink("ostree", "sysroot/ostree").symlink("home", "var/home");
    tree.symlink("root", "var/roothome").symlink("opt", "var/opt").symlink("srv", "var/srv");
    tree.symlink("mnt", "var/mnt");
  }

  private void programs(TreeBuilder tree) {
    long seed = ordinal() * 100L;
    tree.randomFile("usr/bin/bash", PROGRAM_BYTES, 1).mode(0755);
    tree.symlink("usr/bin/sh", "bash");
    tree.randomFile("usr/bin/su", PROGRAM_BYTES, 2).mode(04755);
    tree.randomFile("usr/bin/wall", PROGRAM_BYTES, 3).mode(02755);
    tree.file("usr/bin/hello", "#!/bin/sh\necho hello from " + version + "\n").mode(0755);
    tree.randomFile("usr/sbin/init", PROGRAM_BYTES, 4 + seed).mode(0755);
    tree.file("usr/share/empty", "");
    tree.file("usr/share/doc/naïve — 日本.txt", "names are bytes\n");
    if (this == V1) {
      tree.file("usr/bin/only-in-1", "gone later\n").mode(0755);
    } else {
      tree.file("usr/bin/new-in-2", "new\n").mode(0755);
    }
  }

  private void boot(TreeBuilder tree) {
    String modules = "usr/lib/modules/" + kernel;
    long seed = kernel.hashCode();
    tree.randomFile(modules + "/vmlinuz", PROGRAM_BYTES, seed).mode(0755);
    tree.randomFile(modules + "/initramfs.img", PROGRAM_BYTES, seed + 1).mode(0600);
    tree.file(modules + "/modules.dep", "");
    tree.file(
        "usr/lib/os-release",
        """
        NAME="Test OS"
        ID=testos
        VERSION_ID=%s
        PRETTY_NAME="Test OS %s"
        """
            .formatted(version, version));
  }

  private void configuration(TreeBuilder tree) {
    tree.symlink("usr/etc/os-release", "../lib/os-release");
    tree.file("usr/etc/passwd", "root:x:0:0:root:/root:/bin/bash\n");
    tree.file("usr/etc/shadow", "root:*:::::::\n").mode(0600);
    tree.file("usr/etc/unchanged.conf", "always=the same\n");
    tree.file("usr/etc/service.conf", "version=" + version + "\n");
    tree.dir("usr/etc/conf.d").mode(0750);
    if (this == V1) {
      tree.file("usr/etc/conf.d/removed-in-2.conf", "old\n");
    } else {
      tree.file("usr/etc/conf.d/new-in-2.conf", "new\n");
    }
  }
}
