package dev.coppice.sysroot.deploy;

import dev.coppice.sysroot.Deployment;
import dev.coppice.sysroot.SysrootState;

/**
 * What a deployment came to.
 *
 * @param deployment the new deployment
 * @param state what is in force now
 */
public record DeployResult(Deployment deployment, SysrootState state) {}
