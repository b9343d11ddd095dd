package dev.coppice.sysroot;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.sysroot.bls.BootEntry;
import dev.coppice.sysroot.kargs.KernelArgs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the staged deployment of the running system. Source: {@code _ostree_sysroot_reload_staged}.
 */
final class StagedState {
  private static final VariantType STRINGS = VariantType.of("as");
  private static final VariantType STRING_MAP = VariantType.of("a{ss}");

  private final Sysroot sysroot;

  StagedState(Sysroot sysroot) {
    this.sysroot = sysroot;
  }

  /** The state with the staged deployment in front, if the system was booted and has one. */
  SysrootState add(SysrootState state) throws IOException {
    Optional<Variant> file =
        state.booted().isPresent()
            ? RunState.read(sysroot.host().stagedDeployment())
            : Optional.empty();
    Optional<Variant> target = file.flatMap(each -> each.lookup("target", VariantType.DICTIONARY));
    if (file.isEmpty() || target.isEmpty()) {
      return state;
    }
    Deployment deployment = deployment(file.get(), target.get());
    boolean locked =
        file.get().lookup("locked", VariantType.BOOLEAN).filter(Variant::asBoolean).isPresent();
    var all = new ArrayList<Deployment>();
    all.add(deployment);
    all.addAll(state.deployments());
    return new SysrootState(
        state.version(),
        all,
        state.booted(),
        Optional.of(new StagedDeployment(deployment.name(), locked)));
  }

  private Deployment deployment(Variant file, Variant target) throws IOException {
    String directory = string(target, "name");
    String checksum = string(target, "bootcsum");
    String stateroot = string(target, "osname");
    DeploymentName name =
        DeploymentName.ofDirectory(stateroot, directory)
            .orElseThrow(
                () ->
                    invalid(
                        "Invalid deploy name '" + directory + "', expected CHECKSUM.TREESERIAL"));
    Optional<Origin> origin = new SysrootLoader(sysroot).origin(name);
    List<String> overlays =
        file.lookup("overlay-initrds", STRINGS).map(Variant::asStrings).orElse(List.of());
    return new Deployment(
        name, new BootFiles(checksum, overlays), entry(file), origin, Unlocked.NONE);
  }

  private static BootEntry entry(Variant file) {
    BootEntry entry = BootEntry.EMPTY;
    Optional<Variant> kernelArgs = file.lookup("kargs", STRINGS);
    if (kernelArgs.isPresent()) {
      KernelArgs args = KernelArgs.NONE.appendAll(kernelArgs.get().asStrings());
      entry = entry.with(BootEntry.OPTIONS, args.toString());
    }
    Optional<Variant> extra = file.lookup("bootconfig-extra", STRING_MAP);
    if (extra.isPresent()) {
      for (Variant pair : extra.get().children()) {
        entry = entry.with(pair.child(0).asString(), pair.child(1).asString());
      }
    }
    return entry;
  }

  private static String string(Variant dictionary, String key) {
    return dictionary
        .lookup(key, VariantType.STRING)
        .map(Variant::asString)
        .orElseThrow(() -> invalid("Missing key: " + key));
  }

  private static Failure invalid(String message) {
    return new Failure(
        ErrorCode.SYSROOT_INVALID,
        "loading sysroot: Loading staged deployment: " + message,
        "Remove /run/ostree/staged-deployment and stage again.");
  }
}
