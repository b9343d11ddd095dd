package dev.coppice.sysroot;

import java.util.List;

/**
 * The files of {@code /boot/ostree} that a deployment boots from.
 *
 * @param checksum the boot checksum: of kernel, initramfs and device tree together
 * @param overlays checksums of the ram disks that are laid over the initramfs
 */
public record BootFiles(String checksum, List<String> overlays) {
  /** Copies the list. */
  public BootFiles {
    overlays = List.copyOf(overlays);
  }

  /** The name of the directory below {@code /boot/ostree}. */
  public String directory(String stateroot) {
    return stateroot + "-" + checksum;
  }
}
