package dev.coppice.sysroot;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the deployment that the running system was booted from: by the directory that the initramfs
 * has recorded, or by the directory that is the root.
 */
final class BootedDetection {
  private static final VariantType PAIR = VariantType.of("(tt)");

  private final long device;
  private final long inode;
  private @Nullable DeploymentName found;

  private BootedDetection(long device, long inode) {
    this.device = device;
    this.inode = inode;
  }

  /** What to look for; null when the sysroot is not the one of the running system. */
  static @Nullable BootedDetection of(Sysroot sysroot) throws IOException {
    Host host = sysroot.host();
    Optional<Variant> recorded = RunState.read(host.bootedFile());
    if (recorded.isEmpty()) {
      return null;
    }
    FileStat root = Fs.statFollow(Fd.CWD, host.root().toString());
    if (!root.isSameFile(Fs.fstat(sysroot.root()))) {
      return null;
    }
    Optional<Variant> backing = recorded.get().lookup("backing-root-device-inode", PAIR);
    return backing.isPresent()
        ? new BootedDetection(backing.get().child(0).asUint64(), backing.get().child(1).asUint64())
        : new BootedDetection(root.dev(), root.ino());
  }

  void look(Fd directory, DeploymentName name) throws IOException {
    if (found == null) {
      FileStat stat = Fs.fstat(directory);
      if (stat.dev() == device && stat.ino() == inode) {
        found = name;
      }
    }
  }

  Optional<DeploymentName> found() {
    return Optional.ofNullable(found);
  }
}
