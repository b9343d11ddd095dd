package dev.coppice.sysroot.boot;

import dev.coppice.posix.Fd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel of a deployment and what belongs to it.
 *
 * @param directory the directory in the tree; owned by this
 * @param checksum the boot checksum: SHA-256 over the bytes of kernel, initramfs and device tree
 * @param kernel the kernel
 * @param initramfs the initial ram disk
 * @param deviceTree a device tree
 * @param deviceTrees the name of a directory of device trees, {@code dtb}, where there is no single
 *     one
 * @param extras files that are in no checksum: the kernel's HMAC for FIPS mode, an Android boot
 *     image
 */
public record KernelLayout(
    Fd directory,
    String checksum,
    KernelFile kernel,
    Optional<KernelFile> initramfs,
    Optional<KernelFile> deviceTree,
    Optional<String> deviceTrees,
    Extras extras)
    implements AutoCloseable {

  /**
   * Files that are installed with a kernel.
   *
   * @param hmac the kernel's HMAC
   * @param aboot an Android boot image
   */
  public record Extras(Optional<KernelFile> hmac, Optional<KernelFile> aboot) {
    /** None. */
    public static final Extras NONE = new Extras(Optional.empty(), Optional.empty());
  }

  /** Every single file in the order of installation; a directory of device trees is not one. */
  List<KernelFile> files() {
    var files = new ArrayList<KernelFile>();
    files.add(kernel);
    initramfs.ifPresent(files::add);
    deviceTree.ifPresent(files::add);
    extras.hmac().ifPresent(files::add);
    extras.aboot().ifPresent(files::add);
    return files;
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
