package dev.coppice.sysroot;

import java.util.List;
import java.util.Optional;

/**
 * The deployments of a sysroot as they were when it was loaded.
 *
 * @param version the active boot entries
 * @param deployments from the one that boots by default on; the index of each is its place
 * @param booted the one the running system was booted from
 * @param staged a deployment that is to be finished at shutdown; it is in the list too, first
 */
public record SysrootState(
    BootVersion version,
    List<Deployment> deployments,
    Optional<Deployment> booted,
    Optional<StagedDeployment> staged) {

  /** Copies the list. */
  public SysrootState {
    deployments = List.copyOf(deployments);
  }

  /** Whether this is the deployment that the running system was booted from. */
  public boolean isBooted(Deployment deployment) {
    return booted.filter(each -> each.name().equals(deployment.name())).isPresent();
  }

  /** Whether this deployment is to be finished at shutdown. */
  public boolean isStaged(Deployment deployment) {
    return staged.filter(each -> each.name().equals(deployment.name())).isPresent();
  }

  /** The deployment of a name, if it is in the list. */
  public Optional<Deployment> find(DeploymentName name) {
    return deployments.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /**
   * The next to boot of a stateroot: its first deployment, unless that is the booted one or comes
   * after it.
   */
  public Optional<Deployment> pending(String stateroot) {
    for (Deployment deployment : deployments) {
      if (deployment.name().stateroot().equals(stateroot)) {
        return isBooted(deployment) ? Optional.empty() : Optional.of(deployment);
      }
    }
    return Optional.empty();
  }

  /** The one to go back to: the first deployment of a stateroot after the booted one. */
  public Optional<Deployment> rollback(String stateroot) {
    boolean passed = false;
    for (Deployment deployment : deployments) {
      if (deployment.name().stateroot().equals(stateroot)) {
        if (passed) {
          return Optional.of(deployment);
        }
        passed = isBooted(deployment);
      }
    }
    return Optional.empty();
  }

  /** {@link #pending} of the booted stateroot; empty when none is booted. */
  public Optional<Deployment> pending() {
    return booted.flatMap(each -> pending(each.name().stateroot()));
  }

  /** {@link #rollback} of the booted stateroot; empty when none is booted. */
  public Optional<Deployment> rollback() {
    return booted.flatMap(each -> rollback(each.name().stateroot()));
  }

  /**
   * The deployment whose configuration a new one of this stateroot takes over: the booted one, or
   * else the first.
   */
  public Optional<Deployment> merge(String stateroot) {
    Optional<Deployment> here = booted.filter(each -> each.name().stateroot().equals(stateroot));
    return here.isPresent() ? here : pending(stateroot);
  }
}
