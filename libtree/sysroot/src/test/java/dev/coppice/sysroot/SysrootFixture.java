package dev.coppice.sysroot;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.sysroot.deploy.Deploy;
import dev.coppice.sysroot.deploy.DeployRequest;
import dev.coppice.sysroot.deploy.SysrootInit;
import dev.coppice.testdata.OsTree;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.Root;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A sysroot with the stateroot "os" and the refs v1, v2 and v3 of {@link OsTree}. */
public final class SysrootFixture implements AutoCloseable {
  private final TempTree temp = TempTree.create();
  private final RealOstree real;
  private final List<SysrootEvent> events = new ArrayList<>();
  private final Set<SysrootFlag> flags = EnumSet.of(SysrootFlag.SKIP_SYNC);
  private Host host;

  /** Makes it; needs root and a real ostree, which makes the commits. */
  public SysrootFixture() throws IOException {
    Root.require();
    real = RealOstree.require();
    host = new Host(Path.of("/"), Files.createDirectories(temp.path("run")));
    Files.createDirectories(path());
    SysrootInit.initFs(path(), 1);
    try (Sysroot sysroot = open()) {
      SysrootInit.initStateroot(sysroot, "os");
    }
    for (OsTree tree : OsTree.values()) {
      commit("v" + (tree.ordinal() + 1), tree.version(), tree.write(temp.path(tree.name())).root());
    }
  }

  /** Commits a directory with a version. */
  public String commit(String ref, String version, Path tree) {
    return real.on(
        path().resolve("ostree/repo"),
        "commit",
        "--branch=" + ref,
        "--subject=x",
        "--timestamp=2024-01-01 00:00:00 +0000",
        "--add-metadata-string=version=" + version,
        "--tree=dir=" + tree);
  }

  /** A place for other files. */
  public Path temp(String name) {
    return temp.path(name);
  }

  /** The root. */
  public Path path() {
    return temp.path("sysroot");
  }

  /** The real tool. */
  public RealOstree real() {
    return real;
  }

  /** Switches from now on. */
  public Set<SysrootFlag> flags() {
    return flags;
  }

  /** What happened so far. */
  public List<SysrootEvent> events() {
    return events;
  }

  /** Opens it. */
  public Sysroot open() throws IOException {
    return Sysroot.open(new SysrootRequest(path(), flags, host));
  }

  /** What is in force. */
  public SysrootState load() throws IOException {
    try (Sysroot sysroot = open()) {
      return sysroot.load();
    }
  }

  /** Deploys a ref as usual. */
  public SysrootState deploy(String ref) throws IOException {
    return deploy(DeployRequest.of(ref, "os"));
  }

  /** Deploys. */
  public SysrootState deploy(DeployRequest request) throws IOException {
    try (Sysroot sysroot = open();
        SysrootLock lock = sysroot.lock(() -> {})) {
      return Deploy.run(sysroot, sysroot.load(), request, events::add).state();
    }
  }

  /** From now on the system runs from this deployment, as far as anybody here can tell. */
  public void boot(Deployment deployment) throws IOException {
    FileStat stat = Fs.statFollow(Fd.CWD, path().resolve(deployment.name().path()).toString());
    Variant state =
        VariantDict.builder()
            .put(
                "backing-root-device-inode",
                Variant.tuple(Variant.ofUint64(stat.dev()), Variant.ofUint64(stat.ino())))
            .build();
    Files.write(host.run().resolve("ostree-booted"), state.serialized());
    host = new Host(path(), host.run());
    Files.createDirectories(path().resolve("var"));
  }

  /** The directory of a deployment. */
  public Path directory(Deployment deployment) {
    return path().resolve(deployment.name().path());
  }

  @Override
  public void close() {
    temp.close();
  }
}
