/**
 * The verbs over a sysroot: deploy, undeploy, change the order, pin, clean up. Each takes a locked
 * sysroot and a request, and gives the state that is in force afterwards.
 *
 * <p>Sources: {@code ostree-sysroot-deploy.c}, {@code ostree-sysroot-cleanup.c}, {@code
 * ostree_sysroot_simple_write_deployment}.
 */
@NullMarked
package dev.coppice.sysroot.deploy;

import org.jspecify.annotations.NullMarked;
