package dev.coppice.sysroot;

import java.nio.file.Path;

/**
 * The running system, as far as a sysroot is concerned: whether it was booted from it.
 *
 * @param root the root of the running system
 * @param run what lasts until the next boot
 */
public record Host(Path root, Path run) {
  /** The system that this process runs on. */
  public static final Host RUNNING = new Host(Path.of("/"), Path.of("/run"));

  /** Written by the initramfs when it has switched into a deployment. */
  Path bootedFile() {
    return run.resolve("ostree-booted");
  }

  /** What is known of a deployment until the next boot. */
  Path deploymentState(DeploymentName name) {
    return run.resolve("ostree/deployment-state").resolve(name.directory());
  }

  /** The deployment that is finished when the system shuts down. */
  Path stagedDeployment() {
    return run.resolve("ostree/staged-deployment");
  }

  /** Ram disks on their way to {@code /boot}. */
  public Path stagedInitrds() {
    return run.resolve("ostree/staged-initrds");
  }
}
