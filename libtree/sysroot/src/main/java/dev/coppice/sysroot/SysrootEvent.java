package dev.coppice.sysroot;

import dev.coppice.sysroot.etcmerge.EtcMergePlan;

/** What happens while a sysroot is changed, for whoever watches. */
public sealed interface SysrootEvent {
  /** Another process holds the lock; said again every few seconds. */
  record WaitingForLock() implements SysrootEvent {}

  /** Local configuration is about to be carried over. */
  record MergingEtc(EtcMergePlan plan) implements SysrootEvent {}

  /** A file of /etc is left behind because it is a device, socket or pipe. */
  record SkippedInEtc(String name) implements SysrootEvent {}

  /** {@code /var} of a stateroot is labelled for the first time. */
  record RelabellingVar() implements SysrootEvent {}

  /** Room is made in /boot by giving up deployments before the new one is written. */
  record PruningBoot(int deployments) implements SysrootEvent {}

  /**
   * The new list of deployments is in force.
   *
   * @param newEntries whether boot entries were written, or only links changed
   * @param directory the directory of links that is active now
   * @param difference how many deployments there are more than before
   */
  record Updated(boolean newEntries, String directory, int difference) implements SysrootEvent {}

  /** Unneeded objects were deleted. */
  record Pruned(long objects, long bytes) implements SysrootEvent {}
}
