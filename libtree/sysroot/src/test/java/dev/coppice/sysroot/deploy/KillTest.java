package dev.coppice.sysroot.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.SysrootFixture;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.testdata.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Kills a process that changes deployments at random moments. What is in force can always be
 * booted, and the next deployment works and leaves nothing behind.
 */
@Tag("kill")
class KillTest {
  /** Kills of one run; the property raises it for a long run. */
  private static final int ROUNDS = Integer.getInteger("coppice.kill.rounds", 8);

  private static final int LONGEST_MILLIS = 1500;

  @Test
  void killedAtAnyMomentTheSystemStillBoots() throws Exception {
    try (var fixture = new SysrootFixture()) {
      fixture.deploy("v1");
      fixture.deploy("v2");
      long seed = Long.getLong("coppice.kill.seed", System.nanoTime());
      var random = new Random(seed);
      for (int round = 0; round < ROUNDS; round++) {
        String place = "seed " + seed + ", round " + round;
        kill(fixture.path(), random);
        checkBootable(fixture, place);
        if (round % 3 == 2) {
          SysrootState state = fixture.deploy("v" + (1 + random.nextInt(3)));
          checkNothingLeft(fixture, state, place);
        }
      }
      fixture.deploy("v3");
      fixture.real().on(fixture.path().resolve("ostree/repo"), "fsck");
      assertThat(fixture.real().run("admin", "--sysroot=" + fixture.path(), "status").exit())
          .isZero();
    }
  }

  private static void kill(Path path, Random random) throws Exception {
    Process process =
        new ProcessBuilder(
                Jvm.command(
                    List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                    DeployLoop.class,
                    path.toString(),
                    Long.toString(random.nextLong())))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.getInputStream().read()).isEqualTo('r');
    Thread.sleep(random.nextInt(LONGEST_MILLIS));
    assertThat(process.isAlive()).as("it must not have failed by itself").isTrue();
    process.destroyForcibly().waitFor();
  }

  /** Every entry has its kernel, initramfs, deployment, configuration and origin. */
  private static void checkBootable(SysrootFixture fixture, String place) throws IOException {
    SysrootState state = fixture.load();
    assertThat(state.deployments()).as(place).isNotEmpty();
    for (Deployment deployment : state.deployments()) {
      for (String key : List.of("linux", "initrd")) {
        String file = deployment.entry().get(key).orElseThrow();
        assertThat(fixture.path().resolve("boot" + file)).as(place).isNotEmptyFile();
      }
      Path root = fixture.directory(deployment);
      assertThat(root.resolve("usr/bin/bash")).as(place).isNotEmptyFile();
      assertThat(root.resolve("etc/unchanged.conf")).as(place).isNotEmptyFile();
      assertThat(deployment.origin()).as(place).isPresent();
      assertThat(deployment.kernelArgs().lastValue("ostree")).as(place).isPresent();
    }
  }

  private static void checkNothingLeft(SysrootFixture fixture, SysrootState state, String place)
      throws IOException {
    Set<String> names =
        state.deployments().stream()
            .flatMap(
                each ->
                    java.util.stream.Stream.of(
                        each.name().directory(), each.name().directory() + ".origin"))
            .collect(Collectors.toSet());
    assertThat(names(fixture.path().resolve("ostree/deploy/os/deploy"))).as(place).isEqualTo(names);
    assertThat(names(fixture.path().resolve("ostree")))
        .as(place)
        .isEqualTo(Set.of("deploy", "repo", state.version().link(), state.version().directory()));
    assertThat(names(fixture.path().resolve("boot")))
        .as(place)
        .isEqualTo(Set.of("boot", "loader", "loader." + state.version().version(), "ostree"));
    assertThat(names(fixture.path().resolve("boot/ostree")))
        .as(place)
        .isEqualTo(
            state.deployments().stream()
                .map(each -> each.files().directory("os"))
                .collect(Collectors.toSet()));
  }

  private static Set<String> names(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
