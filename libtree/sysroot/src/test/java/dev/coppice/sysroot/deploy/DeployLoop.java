package dev.coppice.sysroot.deploy;

import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootLock;
import dev.coppice.sysroot.SysrootRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** A program that changes deployments until it is killed: the victim of {@link KillTest}. */
final class DeployLoop {
  private DeployLoop() {}

  /** Takes the path of the sysroot and a seed. */
  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[0]);
    var random = new Random(Long.parseLong(arguments[1]));
    System.out.println("ready");
    while (true) {
      try (Sysroot sysroot = Sysroot.open(SysrootRequest.of(path));
          SysrootLock lock = sysroot.lock(() -> {})) {
        step(sysroot, random);
      }
    }
  }

  private static void step(Sysroot sysroot, Random random) throws IOException {
    var state = sysroot.load();
    if (random.nextInt(4) == 0 && state.deployments().size() > 1) {
      var now = new DeploymentList(sysroot, state, event -> {}).makeDefault(1);
      new Cleanup(sysroot, now).run(event -> {});
    } else {
      String rev = "v" + (1 + random.nextInt(3));
      Deploy.run(sysroot, state, DeployRequest.of(rev, "os"), event -> {});
    }
  }
}
