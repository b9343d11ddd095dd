package dev.coppice.cli.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;

/** A very small operating system in two versions: a kernel, a program, configuration. */
final class TourTree {
  private static final String RELEASE =
      """
      NAME="Tour OS"
      ID=tour
      VERSION_ID=%1$d
      PRETTY_NAME="Tour OS %1$d"
      """;

  private static final int LIBRARY = 200_000;
  private static final int CHANGES = 20;

  private TourTree() {}

  /** Writes version 1 or 2 below a directory. */
  static void write(Path root, int version) throws IOException {
    String kernel = "usr/lib/modules/6." + version + ".0-tour/";
    file(root, kernel + "vmlinuz", "kernel of version " + version + "\n", false);
    file(root, kernel + "initramfs.img", "initramfs of version " + version + "\n", false);
    file(root, "usr/lib/os-release", RELEASE.formatted(version), false);
    file(root, "usr/bin/hello", "#!/bin/sh\necho hello from version " + version + "\n", true);
    library(root.resolve("usr/lib/libtour.so"), version);
    file(root, "usr/share/doc/hello/README", "The same in both versions.\n", false);
    file(root, "usr/etc/motd", "Welcome to Tour OS " + version + "\n", false);
    file(root, "usr/etc/hosts", "127.0.0.1 localhost\n", false);
    if (version > 1) {
      file(root, "usr/bin/goodbye", "#!/bin/sh\necho goodbye\n", true);
      file(root, "usr/etc/goodbye.conf", "loud=no\n", false);
    }
    for (String directory : new String[] {"boot", "dev", "proc", "sys", "run", "sysroot", "var"}) {
      Files.createDirectories(root.resolve(directory));
    }
    link(root, "bin", "usr/bin");
    link(root, "lib", "usr/lib");
    link(root, "ostree", "sysroot/ostree");
    link(root, "tmp", "sysroot/tmp");
  }

  /** Bytes that do not compress, and of which few are different in another version. */
  private static void library(Path file, int version) throws IOException {
    byte[] bytes = new byte[LIBRARY];
    new Random(1).nextBytes(bytes);
    for (int i = 0; i < bytes.length; i += LIBRARY / CHANGES) {
      bytes[i] = (byte) version;
    }
    Files.write(file, bytes);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void file(Path root, String name, String content, boolean executable)
      throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static void link(Path root, String name, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), Path.of(target));
  }
}
