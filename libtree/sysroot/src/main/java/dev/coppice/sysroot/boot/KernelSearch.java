package dev.coppice.sysroot.boot;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the kernel of a tree: in {@code usr/lib/modules/KVER}, or where trees of older systems have
 * it. Source: {@code get_kernel_from_tree}.
 */
public final class KernelSearch {
  private static final List<String> INITRAMFS = List.of("initramfs.img", "initramfs");
  private static final List<String> LEGACY = List.of("usr/lib/ostree-boot", "boot");
  private static final int STEP = 256 * 1024;

  private final Fd deployment;
  private final boolean deviceTrees;

  /**
   * A search.
   *
   * @param deployment the root of the tree
   * @param deviceTrees whether device trees are looked for
   */
  public KernelSearch(Fd deployment, boolean deviceTrees) {
    this.deployment = deployment;
    this.deviceTrees = deviceTrees;
  }

  /**
   * The kernel. Modules win over the older places, unless only those have an initramfs.
   *
   * @throws Failure with {@link ErrorCode#KERNEL_MISSING}
   */
  public KernelLayout run() throws IOException {
    KernelLayout modules = modules();
    KernelLayout legacy;
    try {
      legacy = legacy();
    } catch (IOException | RuntimeException e) {
      close(modules);
      throw e;
    }
    boolean preferLegacy =
        modules == null
            || modules.initramfs().isEmpty() && legacy != null && legacy.initramfs().isPresent();
    KernelLayout found = preferLegacy ? legacy : modules;
    close(preferLegacy ? modules : legacy);
    if (found == null) {
      throw new Failure(
          ErrorCode.KERNEL_MISSING,
          "Failed to find kernel in /usr/lib/modules, /usr/lib/ostree-boot or /boot",
          "A tree that is to boot has its kernel as usr/lib/modules/VERSION/vmlinuz.");
    }
    return found;
  }

  private static void close(@Nullable KernelLayout layout) throws IOException {
    if (layout != null) {
      layout.close();
    }
  }

  // ---- usr/lib/modules

  private @Nullable KernelLayout modules() throws IOException {
    try (Fd modules = Fs.openIfExists(deployment, "usr/lib/modules", OpenFlags.O_DIRECTORY)) {
      if (modules == null) {
        return null;
      }
      for (DirEntry entry : DirStream.list(modules)) {
        if (isDirectory(modules, entry) && hasKernel(modules, entry.name())) {
          Fd directory = Fs.openDir(modules, entry.name());
          try {
            return layout(directory, entry.name());
          } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
          }
        }
      }
      return null;
    }
  }

  private static boolean isDirectory(Fd parent, DirEntry entry) throws IOException {
    return entry.type() == DirEntry.DT_UNKNOWN
        ? Fs.stat(parent, entry.name()).isDirectory()
        : entry.isDirectory();
  }

  private static boolean hasKernel(Fd modules, String version) throws IOException {
    String kernel = version + "/vmlinuz";
    return Fs.access(modules, kernel, Fs.F_OK) && Fs.statFollow(modules, kernel).isRegular();
  }

  private KernelLayout layout(Fd directory, String version) throws IOException {
    MessageDigest digest = Checksum.newDigest();
    addFile(digest, directory, "vmlinuz");
    Optional<KernelFile> initramfs = Optional.empty();
    for (String name : INITRAMFS) {
      if (initramfs.isEmpty() && addFile(digest, directory, name)) {
        initramfs = Optional.of(new KernelFile(name, "initramfs-" + version + ".img"));
      }
    }
    Optional<KernelFile> deviceTree = Optional.empty();
    Optional<String> trees = Optional.empty();
    if (deviceTrees && addFile(digest, directory, "devicetree")) {
      deviceTree = Optional.of(new KernelFile("devicetree", "devicetree-" + version));
    } else if (deviceTrees && addDirectory(digest, directory, "dtb")) {
      trees = Optional.of("dtb");
    }
    return new KernelLayout(
        directory,
        HexFormat.of().formatHex(digest.digest()),
        new KernelFile("vmlinuz", "vmlinuz-" + version),
        initramfs,
        deviceTree,
        trees,
        extras(directory, version));
  }

  private static KernelLayout.Extras extras(Fd directory, String version) throws IOException {
    Optional<KernelFile> hmac =
        Fs.access(directory, ".vmlinuz.hmac", Fs.F_OK)
            // dracut looks for it by this name.
            ? Optional.of(new KernelFile(".vmlinuz.hmac", ".vmlinuz-" + version + ".hmac"))
            : Optional.empty();
    Optional<KernelFile> aboot =
        Fs.access(directory, "aboot.img", Fs.F_OK)
            ? Optional.of(new KernelFile("aboot.img", "aboot-" + version + ".img"))
            : Optional.empty();
    return new KernelLayout.Extras(hmac, aboot);
  }

  /** Adds the bytes of a file; false when there is none. */
  private static boolean addFile(MessageDigest digest, Fd directory, String name)
      throws IOException {
    try (Fd file = Fs.openIfExists(directory, name, OpenFlags.O_RDONLY)) {
      if (file == null) {
        return false;
      }
      var buffer = new byte[STEP];
      for (int count = Io.read(file, buffer, 0, STEP);
          count > 0;
          count = Io.read(file, buffer, 0, STEP)) {
        digest.update(buffer, 0, count);
      }
      return true;
    }
  }

  /** Adds the bytes of all files below a directory, by name; false when there is none. */
  private static boolean addDirectory(MessageDigest digest, Fd parent, String name)
      throws IOException {
    if (!Fs.access(parent, name, Fs.F_OK) || !Fs.statFollow(parent, name).isDirectory()) {
      return false;
    }
    try (Fd directory = Fs.open(parent, name, OpenFlags.O_DIRECTORY, 0)) {
      for (String child : sortedNames(directory)) {
        FileStat stat = Fs.stat(directory, child);
        if (stat.isDirectory()) {
          addDirectory(digest, directory, child);
        } else {
          addFile(digest, directory, child);
        }
      }
    }
    return true;
  }

  private static List<String> sortedNames(Fd directory) throws IOException {
    return DirStream.list(directory).stream()
        .map(DirEntry::name)
        .sorted(PosixNames.BYTE_ORDER)
        .toList();
  }

  // ---- older places: the checksum is part of the names

  private @Nullable KernelLayout legacy() throws IOException {
    for (String path : LEGACY) {
      Fd directory = Fs.openIfExists(deployment, path, OpenFlags.O_DIRECTORY);
      if (directory != null) {
        KernelLayout layout = null;
        try {
          layout = legacy(directory);
        } finally {
          if (layout == null) {
            directory.close();
          }
        }
        return layout;
      }
    }
    return null;
  }

  private static @Nullable KernelLayout legacy(Fd directory) throws IOException {
    List<DirEntry> entries = DirStream.list(directory);
    Optional<KernelFile> kernel = named(entries, "vmlinuz-");
    if (kernel.isEmpty()) {
      return null;
    }
    Optional<KernelFile> initramfs = named(entries, "initramfs-");
    Optional<KernelFile> deviceTree = named(entries, "devicetree-");
    String checksum = checksum(kernel.get());
    if (initramfs.filter(file -> !checksum(file).equals(checksum)).isPresent()) {
      throw mismatch("Mismatched kernel checksum vs initrd");
    }
    if (deviceTree.filter(file -> !checksum(file).equals(checksum)).isPresent()) {
      throw mismatch("Mismatched kernel checksum vs device tree in tree");
    }
    return new KernelLayout(
        directory,
        checksum,
        kernel.get(),
        initramfs,
        deviceTree,
        Optional.empty(),
        KernelLayout.Extras.NONE);
  }

  private static Failure mismatch(String message) {
    return new Failure(
        ErrorCode.KERNEL_MISSING,
        message,
        "Whoever built the tree must name all boot files by the same checksum.");
  }

  /** The first file with this prefix whose name ends with a checksum. */
  private static Optional<KernelFile> named(List<DirEntry> entries, String prefix) {
    for (DirEntry entry : entries) {
      String name = entry.name();
      int dash = name.lastIndexOf('-');
      if (name.startsWith(prefix) && Checksum.isHex(name.substring(dash + 1))) {
        return Optional.of(new KernelFile(name, name.substring(0, dash)));
      }
    }
    return Optional.empty();
  }

  private static String checksum(KernelFile file) {
    return file.source().substring(file.source().lastIndexOf('-') + 1);
  }
}
