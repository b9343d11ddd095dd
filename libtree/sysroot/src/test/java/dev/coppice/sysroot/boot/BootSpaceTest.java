package dev.coppice.sysroot.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.TreeException;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.SysrootEvent;
import dev.coppice.sysroot.SysrootFixture;
import dev.coppice.sysroot.SysrootFlag;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.testdata.DirSnapshot;
import dev.coppice.testdata.Programs;
import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.TreeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With /boot as a small file system of its own. */
class BootSpaceTest {
  private static final long KERNEL_BYTES = 2_500_000;

  private SysrootFixture fixture;
  private Path boot;

  @BeforeEach
  void start() throws IOException {
    fixture = new SysrootFixture();
    boot = fixture.path().resolve("boot");
    // 8 MiB: two kernels fit beside the margin of 1 MiB, three do not.
    Programs.Result mounted =
        Programs.run("mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", boot.toString());
    Requirement.check(mounted.exit() == 0, "needs the right to mount: " + mounted.err());
    for (int version = 1; version <= 3; version++) {
      Path tree = fixture.temp("kernel-" + version);
      TreeBuilder.in(tree)
          .randomFile("usr/lib/modules/6." + version + "/vmlinuz", KERNEL_BYTES, version)
          .file("usr/lib/os-release", "ID=test\n")
          .file("usr/etc/x", "x\n")
          .dir("var");
      fixture.commit("k" + version, "" + version, tree);
    }
  }

  @AfterEach
  void end() {
    if (fixture != null) {
      Programs.run("umount", boot.toString());
      fixture.close();
    }
  }

  @Test
  void aFullBootIsNoticedBeforeAnythingIsWritten() throws IOException {
    fixture.deploy("k1");
    fixture.deploy("k2");
    var before = DirSnapshot.of(boot, Set.of());
    assertThatThrownBy(() -> fixture.deploy("k3"))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SPACE_LOW))
        .hasMessageStartingWith("/boot has no room for the new kernel");
    assertThat(DirSnapshot.of(boot, Set.of())).isEqualTo(before);
    assertThat(fixture.load().deployments()).hasSize(2);
  }

  @Test
  void kernelsAreCopiesWithOwnerAndMode() throws IOException {
    Deployment deployment = fixture.deploy("k1").deployments().getFirst();
    Path kernel = boot.resolve("ostree").resolve(deployment.files().directory("os"));
    assertThat(kernel.resolve("vmlinuz-6.1")).hasSize(KERNEL_BYTES);
    assertThat(deployment.entry().get("initrd")).isEmpty();
    assertThat(deployment.kernelArgs().words())
        .containsExactly(
            "init=/ostree/boot.1/os/"
                + deployment.files().checksum()
                + "/0/usr/lib/ostree/ostree-prepare-root",
            "ostree=/ostree/boot.1/os/" + deployment.files().checksum() + "/0");
  }

  @Test
  void onTheRunningSystemOldKernelsMakeRoomForTheNew() throws IOException {
    fixture.deploy("k1");
    SysrootState state = fixture.deploy("k2");
    Deployment running = state.deployments().getFirst();
    fixture.boot(running);
    state = fixture.deploy("k3");
    assertThat(fixture.events()).contains(new SysrootEvent.PruningBoot(1));
    assertThat(state.deployments()).hasSize(2);
    assertThat(state.booted()).map(Deployment::name).contains(running.name());
    try (var kernels = Files.list(boot.resolve("ostree"))) {
      assertThat(kernels).hasSize(2);
    }
  }

  @Test
  void thatCanBeForbidden() throws IOException {
    fixture.deploy("k1");
    fixture.boot(fixture.deploy("k2").deployments().getFirst());
    fixture.flags().add(SysrootFlag.NO_EARLY_PRUNE);
    assertThatThrownBy(() -> fixture.deploy("k3"))
        .hasMessageStartingWith("/boot has no room for the new kernel");
  }
}
