package dev.coppice.sysroot;

/**
 * A deployment that is checked out and gets its boot entry when the system shuts down.
 *
 * @param name which one
 * @param locked whether even the shutdown does not finish it
 */
public record StagedDeployment(DeploymentName name, boolean locked) {}
