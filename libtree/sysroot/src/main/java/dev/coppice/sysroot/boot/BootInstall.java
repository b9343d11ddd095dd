package dev.coppice.sysroot.boot;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixNames;
import dev.coppice.sysroot.AtomicFile;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootFlag;
import dev.coppice.sysroot.bls.BootEntry;
import dev.coppice.sysroot.bls.OsRelease;
import dev.coppice.sysroot.etcmerge.FileCopy;
import dev.coppice.sysroot.kargs.KernelArgs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the kernel of a deployment into {@code /boot/ostree} and writes its boot entry, both where
 * nothing looks yet. Source: {@code install_deployment_kernel}.
 */
final class BootInstall {
  private static final long LARGEST_OS_RELEASE = 1 << 20;
  private static final String OVERLAYS = "ostree/initramfs-overlays";

  private final Sysroot sysroot;
  private final BootSettings settings;
  private final int bootVersion;
  private final EntryText text;

  BootInstall(Sysroot sysroot, int bootVersion, EntryText text) throws IOException {
    this.sysroot = sysroot;
    this.settings = BootSettings.of(sysroot);
    this.bootVersion = bootVersion;
    this.text = text;
  }

  void install(Placement placement) throws IOException {
    Deployment deployment = placement.deployment();
    try (Fd root = Fs.openDir(sysroot.root(), deployment.name().path());
        KernelLayout layout =
            new KernelSearch(root, !sysroot.flags().contains(SysrootFlag.NO_DTB)).run()) {
      var files = new BootFileInstall(sysroot, root);
      installFiles(deployment, layout, files);
      List<String> overlays = installOverlays(deployment, files);
      BootEntry entry = entry(placement, layout, osRelease(root));
      if (!overlays.isEmpty() && layout.initramfs().isPresent()) {
        entry = entry.withOverlays(overlays);
      }
      writeEntry(placement, entry);
    }
  }

  // ---- files

  private void installFiles(Deployment deployment, KernelLayout layout, BootFileInstall files)
      throws IOException {
    String directory = "ostree/" + deployment.files().directory(deployment.name().stateroot());
    Fs.mkdirs(sysroot.boot(), directory, 0775);
    try (Fd target = Fs.openDir(sysroot.boot(), directory)) {
      for (KernelFile file : layout.files()) {
        files.install(layout.directory(), file.source(), target, file.name());
      }
      if (layout.deviceTrees().isPresent()) {
        // Without attributes: the labels of modules are wrong in /boot.
        new FileCopy(false, skipped -> {})
            .copy(layout.directory(), layout.deviceTrees().get(), target);
      }
    }
  }

  private List<String> installOverlays(Deployment deployment, BootFileInstall files)
      throws IOException {
    var paths = new ArrayList<String>();
    for (String checksum : deployment.files().overlays()) {
      String path = OVERLAYS + "/" + checksum + ".img";
      Fs.mkdirs(sysroot.boot(), OVERLAYS, 0755);
      String staged = sysroot.host().stagedInitrds().resolve(checksum).toString();
      files.install(Fd.CWD, staged, sysroot.boot(), path);
      paths.add(settings.prefix() + path);
    }
    return paths;
  }

  // ---- entry

  private static OsRelease osRelease(Fd root) throws IOException {
    String path =
        Fs.access(root, "usr/lib/os-release", Fs.F_OK) ? "usr/lib/os-release" : "etc/os-release";
    try (Fd file = Fs.openIfExists(root, path, OpenFlags.O_RDONLY)) {
      if (file == null) {
        throw new Failure(
            ErrorCode.SYSROOT_INVALID,
            "Installing kernel: Reading /etc/os-release: openat(etc/os-release): No such file or"
                + " directory",
            "A tree that is to boot has usr/lib/os-release, for the title of its entry.");
      }
      return OsRelease.parse(PosixNames.decode(Io.readAll(file, LARGEST_OS_RELEASE)));
    }
  }

  private BootEntry entry(Placement placement, KernelLayout layout, OsRelease release)
      throws IOException {
    Deployment deployment = placement.deployment();
    String stateroot = deployment.name().stateroot();
    String directory = "ostree/" + deployment.files().directory(stateroot) + "/";
    String prefix = settings.prefix() + directory;
    BootEntry entry =
        deployment
            .entry()
            .with("title", text.title(placement, release))
            .with(BootEntry.VERSION, Integer.toString(text.number(placement)))
            .with("linux", prefix + layout.kernel().name());
    KernelArgs args = deployment.kernelArgs();
    String link = Links.of(bootVersion, placement).path();
    if (layout.initramfs().isPresent()) {
      entry = entry.with(BootEntry.INITRD, prefix + layout.initramfs().get().name());
    } else {
      args = args.replace("init=/" + link + "/usr/lib/ostree/ostree-prepare-root");
    }
    if (layout.extras().aboot().isPresent()) {
      entry =
          entry
              .with("aboot", "/" + directory + layout.extras().aboot().get().name())
              .with("abootcfg", "/" + deployment.name().path() + "/usr/lib/ostree-boot/aboot.cfg");
    }
    if (layout.deviceTree().isPresent()) {
      entry = entry.with("devicetree", prefix + layout.deviceTree().get().name());
    } else if (layout.deviceTrees().isPresent()) {
      entry = entry.with("fdtdir", prefix + layout.deviceTrees().get());
    }
    args = args.replace(Links.of(bootVersion, placement).argument());
    entry = entry.with(BootEntry.OPTIONS, args.toString());
    return placement.index() == 0 ? entry : entry.withAll(settings.appended());
  }

  private void writeEntry(Placement placement, BootEntry entry) throws IOException {
    Deployment deployment = placement.deployment();
    String name =
        settings
            .naming(sysroot)
            .fileName(text.number(placement), deployment.name().stateroot(), deployment.entry());
    try (Fd entries = Fs.openDir(sysroot.boot(), "loader." + bootVersion + "/entries")) {
      AtomicFile.replace(entries, name, PosixNames.encode(entry.text()), Durability.UNSYNCED);
    }
  }
}
