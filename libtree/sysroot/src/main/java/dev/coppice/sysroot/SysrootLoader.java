package dev.coppice.sysroot;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import dev.coppice.posix.PosixNames;
import dev.coppice.sysroot.bls.BootEntry;
import dev.coppice.sysroot.bls.VersionOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the deployments of a sysroot, from the boot entries on: they are the truth about what there
 * is. Source: {@code sysroot_load_from_bootloader_configs}.
 */
final class SysrootLoader {
  /** More than any boot entry or origin has; a larger file is a mistake. */
  private static final long SMALL_FILE = 1 << 20;

  private static final int CHECKSUM_DIGITS = 64;

  private final Sysroot sysroot;
  private final Fd root;

  SysrootLoader(Sysroot sysroot) {
    this.sysroot = sysroot;
    this.root = sysroot.root();
  }

  SysrootState load() throws IOException {
    sysroot.repo();
    Fs.statFollow(root, "ostree/deploy");
    int version = version();
    var bootVersion = new BootVersion(version, subVersion(version));
    var booted = BootedDetection.of(sysroot);
    var deployments = new ArrayList<Deployment>();
    for (BootEntry entry : entries(version)) {
      deployments.add(deployment(entry, booted));
    }
    if (booted != null && booted.found().isEmpty()) {
      throw bootedEntryMissing();
    }
    return new StagedState(sysroot)
        .add(
            new SysrootState(
                bootVersion, deployments, found(booted, deployments), Optional.empty()));
  }

  private static Optional<Deployment> found(
      @Nullable BootedDetection booted, List<Deployment> deployments) {
    return deployments.stream()
        .filter(each -> booted != null && booted.found().filter(each.name()::equals).isPresent())
        .findFirst();
  }

  private Failure bootedEntryMissing() throws IOException {
    String message =
        Fs.statIfExists(root, "boot/loader") == null
            ? "Unexpected state: /run/ostree-booted found, but no /boot/loader directory"
            : "Unexpected state: /run/ostree-booted found and in / sysroot, but bootloader entry not"
                + " found";
    return invalid(message, "Make sure that the /boot the system was booted from is mounted.");
  }

  private static Failure invalid(String message, String nextStep) {
    return new Failure(ErrorCode.SYSROOT_INVALID, "loading sysroot: " + message, nextStep);
  }

  // ---- versions

  private int version() throws IOException {
    FileStat stat = Fs.statIfExists(root, "boot/loader");
    if (stat == null) {
      return 0;
    }
    if (!stat.isSymlink()) {
      throw invalid(
          "Not a symbolic link: boot/loader",
          "Move it away if it is not needed; OSTree switches" + " boot entries by this link.");
    }
    String target = Fs.readlink(root, "boot/loader");
    return switch (target) {
      case "loader.0" -> 0;
      case "loader.1" -> 1;
      default -> throw invalid("Invalid target '" + target + "' in boot/loader", "");
    };
  }

  /** Which set of links is active below a boot version; 0 when there is none. */
  private int subVersion(int version) throws IOException {
    String link = "ostree/boot." + version;
    if (Fs.statIfExists(root, link) == null) {
      return 0;
    }
    String target = Fs.readlink(root, link);
    if (target.endsWith(".0")) {
      return 0;
    }
    if (target.endsWith(".1")) {
      return 1;
    }
    throw invalid("Reading current subbootversion: Invalid target '" + target + "' in " + link, "");
  }

  // ---- entries

  private List<BootEntry> entries(int version) throws IOException {
    var entries = new ArrayList<BootEntry>();
    if (!sysroot.hasBoot()) {
      return entries;
    }
    try (Fd directory =
        Fs.openIfExists(sysroot.boot(), "loader." + version + "/entries", OpenFlags.O_DIRECTORY)) {
      if (directory == null) {
        return entries;
      }
      for (DirEntry each : DirStream.list(directory)) {
        if (each.name().startsWith("ostree-")
            && each.name().endsWith(".conf")
            && Fs.statFollow(directory, each.name()).isRegular()) {
          try (Fd file = Fs.open(directory, each.name(), OpenFlags.O_RDONLY, 0)) {
            entries.add(BootEntry.parse(text(file), each.name()));
          }
        }
      }
    }
    entries.sort(VersionOrder.ENTRIES);
    return entries;
  }

  private static String text(Fd file) throws IOException {
    return PosixNames.decode(Io.readAll(file, SMALL_FILE));
  }

  // ---- deployments

  private Deployment deployment(BootEntry entry, @Nullable BootedDetection booted)
      throws IOException {
    BootLink link = BootLink.ofEntry(entry);
    DeploymentName name;
    try {
      name = target(link);
      try (Fd directory = Fs.open(root, link.path(), OpenFlags.O_DIRECTORY, 0)) {
        if (booted != null) {
          booted.look(directory, name);
        }
      }
    } catch (PosixException e) {
      throw new Failure(
          ErrorCode.SYSROOT_INVALID,
          "loading sysroot: Parsing deployment /"
              + link.path()
              + " in stateroot '"
              + link.stateroot()
              + "': "
              + e.errno().text(),
          "A boot entry leads to a deployment that is not there.",
          e);
    }
    Optional<Origin> origin = origin(name);
    return new Deployment(
        name,
        new BootFiles(link.checksum(), overlays(entry)),
        entry,
        origin,
        unlocked(name, origin));
  }

  private DeploymentName target(BootLink link) throws IOException {
    String target = Fs.readlink(root, link.path());
    String directory = target.substring(target.lastIndexOf('/') + 1);
    return DeploymentName.ofDirectory(link.stateroot(), directory)
        .orElseThrow(
            () ->
                invalid(
                    "Parsing deployment /"
                        + link.path()
                        + " in stateroot '"
                        + link.stateroot()
                        + "': Invalid deploy name '"
                        + directory
                        + "', expected CHECKSUM.TREESERIAL",
                    ""));
  }

  private static List<String> overlays(BootEntry entry) {
    var checksums = new ArrayList<String>();
    for (String path : entry.overlays()) {
      String file = path.substring(path.lastIndexOf('/') + 1);
      if (file.length() != CHECKSUM_DIGITS + ".img".length()) {
        throw invalid("Malformed overlay initrd filename: " + file, "");
      }
      checksums.add(file.substring(0, CHECKSUM_DIGITS));
    }
    return checksums;
  }

  Optional<Origin> origin(DeploymentName name) throws IOException {
    try (Fd file = Fs.openIfExists(root, name.originPath(), OpenFlags.O_RDONLY)) {
      return file == null
          ? Optional.empty()
          : Optional.of(new Origin(KeyFile.parse(text(file), name.originPath())));
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOTDIR) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Unlocked unlocked(DeploymentName name, Optional<Origin> origin) {
    Path state = sysroot.host().deploymentState(name);
    if (Files.exists(state.resolve("unlocked-development"), LinkOption.NOFOLLOW_LINKS)) {
      return Unlocked.DEVELOPMENT;
    }
    if (Files.exists(state.resolve("unlocked-transient"), LinkOption.NOFOLLOW_LINKS)) {
      return Unlocked.TRANSIENT;
    }
    return origin.filter(Origin::isHotfix).isPresent() ? Unlocked.HOTFIX : Unlocked.NONE;
  }
}
