/**
 * SELinux labels of what is made for a deployment: {@code /etc}, {@code /var}, boot files, origin.
 *
 * <p>The policy is that of the deployment, not of the running system. What the tree itself holds
 * has the labels that its commit records.
 */
@NullMarked
package dev.coppice.sysroot.label;

import org.jspecify.annotations.NullMarked;
