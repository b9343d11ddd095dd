package dev.coppice.sysroot.deploy;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.config.Tristate;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.util.List;

/**
 * What a tree says about how its root is mounted at boot, in {@code ostree/prepare-root.conf}.
 * Source: {@code otcore_load_rootfs_config}.
 *
 * @param composefs whether from its image
 * @param verity whether only if the kernel checks the image and all files
 */
record RootSettings(Tristate composefs, boolean verity) {
  /** The last one that exists counts, as a whole. */
  private static final List<String> FILES =
      List.of("usr/lib/ostree/prepare-root.conf", "etc/ostree/prepare-root.conf");

  private static final long LARGEST = 1 << 20;

  /**
   * Reads the settings of a tree that was checked out.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} when they cannot be read
   */
  static RootSettings read(Fd root) throws IOException {
    KeyFile file = KeyFile.empty(FILES.getFirst());
    for (String path : FILES) {
      try (Fd opened = Fs.openIfExists(root, path, OpenFlags.O_RDONLY)) {
        if (opened != null) {
          file = KeyFile.parse(PosixNames.decode(Io.readAll(opened, LARGEST)), path);
        }
      }
    }
    KeyFile found = file;
    return Step.named("Reading rootfs config: Parsing rootfs config", () -> of(found));
  }

  private static RootSettings of(KeyFile file) {
    boolean writable = file.bool("root", "transient", false);
    if (file.bool("root", "transient-ro", false) && writable) {
      throw new Failure(
          ErrorCode.CONFIG_INVALID,
          "Cannot set both root.transient and root.transient-ro",
          "Remove one of them from " + file.source() + " of the tree.");
    }
    String enabled = file.raw("composefs", "enabled").orElse("no");
    if (enabled.equals("signed") || enabled.equals("verity")) {
      return new RootSettings(Tristate.YES, true);
    }
    return new RootSettings(file.tristate("composefs", "enabled").orElse(Tristate.NO), false);
  }
}
