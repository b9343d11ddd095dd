package dev.coppice.sysroot.deploy;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.Origin;
import dev.coppice.sysroot.Sysroot;
import dev.coppice.sysroot.SysrootEvent;
import dev.coppice.sysroot.SysrootState;
import dev.coppice.sysroot.boot.BootUpdate;
import dev.coppice.sysroot.label.TreeLabels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Changes of the list of deployments that need no new tree. */
public final class DeploymentList {
  private final Sysroot sysroot;
  private final SysrootState state;
  private final Consumer<SysrootEvent> events;

  /**
   * The list of a sysroot.
   *
   * @param sysroot locked by the caller
   * @param state what is in force, as it was loaded under the lock
   */
  public DeploymentList(Sysroot sysroot, SysrootState state, Consumer<SysrootEvent> events) {
    this.sysroot = sysroot;
    this.state = state;
    this.events = events;
  }

  /**
   * The deployment at an index.
   *
   * @throws Failure with {@link ErrorCode#DEPLOYMENT_INVALID} when there is none
   */
  public Deployment get(int index) {
    if (index < 0) {
      throw invalid("Invalid index " + index);
    }
    if (index >= state.deployments().size()) {
      throw invalid(
          "Out of range deployment index " + index + ", expected < " + state.deployments().size());
    }
    return state.deployments().get(index);
  }

  private static Failure invalid(String message) {
    return new Failure(
        ErrorCode.DEPLOYMENT_INVALID, message, "'admin status' lists deployments from index 0.");
  }

  /**
   * Removes a deployment; its directory goes with the next {@link Cleanup}.
   *
   * @throws Failure with {@link ErrorCode#DEPLOYMENT_INVALID} for the booted one
   */
  public SysrootState remove(int index) throws IOException {
    Deployment removed = get(index);
    if (state.isBooted(removed)) {
      throw new Failure(
          ErrorCode.DEPLOYMENT_INVALID,
          "Cannot undeploy currently booted deployment " + index,
          "Boot another deployment first.");
    }
    List<Deployment> list = new ArrayList<>(state.deployments());
    list.remove(index);
    return write(list);
  }

  /** Makes a deployment the one that boots by default; the others keep their order. */
  public SysrootState makeDefault(int index) throws IOException {
    Deployment chosen = get(index);
    List<Deployment> list = new ArrayList<>(state.deployments());
    list.remove(index);
    list.addFirst(chosen);
    return write(list);
  }

  /**
   * The index of the deployment to go back to: the one after the booted one, or else the second.
   *
   * @throws Failure with {@link ErrorCode#DEPLOYMENT_INVALID} when there is none
   */
  public int rollbackIndex() {
    Optional<Deployment> target =
        state.booted().isPresent() ? state.rollback() : secondOfFirstStateroot();
    return target
        .map(state.deployments()::indexOf)
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.DEPLOYMENT_INVALID,
                    "No deployment to roll back to",
                    "'admin status' lists the deployments there are."));
  }

  private Optional<Deployment> secondOfFirstStateroot() {
    return state.deployments().stream()
        .filter(
            each ->
                each.name().stateroot().equals(state.deployments().getFirst().name().stateroot()))
        .skip(1)
        .findFirst();
  }

  private SysrootState write(List<Deployment> list) throws IOException {
    return new BootUpdate(sysroot, events).run(state, list);
  }

  /**
   * Pins a deployment, so that it stays until it is removed by its index, or unpins it.
   *
   * @return false when it was so already
   */
  public boolean pin(int index, boolean pinned) throws IOException {
    Deployment deployment = get(index);
    if (deployment.isPinned() == pinned) {
      return false;
    }
    if (state.isStaged(deployment)) {
      throw new Failure(
          ErrorCode.DEPLOYMENT_INVALID,
          "Cannot pin staged deployment",
          "It can be pinned after the next boot.");
    }
    Origin origin =
        deployment
            .origin()
            .orElseThrow(
                () ->
                    new Failure(
                        ErrorCode.DEPLOYMENT_INVALID,
                        "Deployment " + index + " has no origin file to write the pin into",
                        "Give it one with 'admin set-origin'."));
    // Nothing is deployed here, so it is the running system that may have a policy.
    try (Fd running = Fs.open(Fd.CWD, sysroot.host().root().toString(), OpenFlags.O_DIRECTORY, 0)) {
      OriginFile.write(
          sysroot,
          deployment.name(),
          origin.withPinned(pinned),
          TreeLabels.of(sysroot, running),
          Durability.SYNCED);
    }
    sysroot.touch();
    return true;
  }
}
