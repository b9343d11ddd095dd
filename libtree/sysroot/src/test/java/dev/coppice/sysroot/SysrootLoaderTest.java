package dev.coppice.sysroot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SysrootLoaderTest {
  private SysrootFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new SysrootFixture();
  }

  @AfterEach
  void end() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void damagedBootFilesAreNamed() throws IOException {
    fixture.deploy("v1");
    Path loader = fixture.path().resolve("boot/loader");
    Path entry = loader.resolve("entries/ostree-1.conf");
    String text = Files.readString(entry);
    Files.writeString(entry, text.replace("ostree=", "no="));
    assertThatThrownBy(fixture::load)
        .hasMessage("loading sysroot: No ostree= kernel argument found");
    Files.writeString(entry, text.replace("boot.1/os", "boot.7/os"));
    assertThatThrownBy(fixture::load).hasMessageContaining("Invalid ostree= argument");
    Files.writeString(entry, text.replaceAll("/0\n", "/5\n"));
    assertThatThrownBy(fixture::load).hasMessageContaining("No such file or directory");
    Files.writeString(entry, text);
    Files.delete(loader);
    Files.createSymbolicLink(loader, Path.of("loader.9"));
    assertThatThrownBy(fixture::load)
        .hasMessage("loading sysroot: Invalid target 'loader.9' in boot/loader");
    Files.delete(loader);
    Files.createDirectory(loader);
    assertThatThrownBy(fixture::load)
        .hasMessage("loading sysroot: Not a symbolic link: boot/loader");
  }

  @Test
  void bootedWithoutEntryIsAnError() throws IOException {
    SysrootState state = fixture.deploy("v1");
    fixture.boot(state.deployments().getFirst());
    Files.delete(fixture.path().resolve("boot/loader/entries/ostree-1.conf"));
    assertThatThrownBy(fixture::load).hasMessageContaining("bootloader entry not found");
  }

  @Test
  void unlockedStateComesFromRunAndOrigin() throws IOException {
    Deployment deployment = fixture.deploy("v1").deployments().getFirst();
    assertThat(deployment.unlocked()).isEqualTo(Unlocked.NONE);
    Path origin = fixture.path().resolve(deployment.name().originPath());
    Files.writeString(origin, Files.readString(origin) + "unlocked=hotfix\n");
    assertThat(fixture.load().deployments().getFirst().unlocked()).isEqualTo(Unlocked.HOTFIX);
    Path run = fixture.temp("run/ostree/deployment-state/" + deployment.name().directory());
    Files.createDirectories(run);
    Files.createFile(run.resolve("unlocked-development"));
    assertThat(fixture.load().deployments().getFirst().unlocked()).isEqualTo(Unlocked.DEVELOPMENT);
  }

  @Test
  void lockExcludesAndIsTakenOver() throws Exception {
    var waited = new AtomicInteger();
    try (Sysroot first = fixture.open();
        Sysroot second = fixture.open()) {
      SysrootLock held = first.lock(waited::incrementAndGet);
      assertThat(waited).hasValue(0);
      Thread other =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (SysrootLock lock = second.lock(waited::incrementAndGet)) {
                      assertThat(lock).isNotNull();
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      while (waited.get() == 0) {
        Thread.sleep(5);
      }
      held.close();
      other.join();
    }
    assertThat(fixture.path().resolve("ostree/lock")).doesNotExist();
  }

  @Test
  void flagsComeFromTheEnvironment() {
    assertThat(
            SysrootFlag.of(
                Map.of(
                    "OSTREE_SYSROOT_OPTS", "skip-sync,bootloader-naming-1;unknown",
                    "OSTREE_SYSROOT_DEBUG", "mutable-deployments")))
        .containsExactlyInAnyOrder(
            SysrootFlag.SKIP_SYNC,
            SysrootFlag.BOOTLOADER_NAMING_1,
            SysrootFlag.MUTABLE_DEPLOYMENTS);
    assertThat(SysrootFlag.of(Map.of("OSTREE_SYSROOT_DEBUG", "skip-sync"))).isEmpty();
  }

  @Test
  void directoriesOfDeploymentsAreRecognised() {
    String hex = "0123456789abcdef".repeat(4);
    assertThat(DeploymentName.ofDirectory("os", hex + ".12"))
        .contains(new DeploymentName("os", Checksum.ofHex(hex), 12));
    for (String wrong : new String[] {hex, hex + ".", hex + ".x", "x.1", hex + ".99999999999"}) {
      assertThat(DeploymentName.ofDirectory("os", wrong)).isEmpty();
    }
  }
}
