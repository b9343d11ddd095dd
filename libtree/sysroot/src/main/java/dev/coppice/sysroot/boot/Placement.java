package dev.coppice.sysroot.boot;

import dev.coppice.sysroot.Deployment;

/**
 * A deployment's place in a new list.
 *
 * @param deployment the deployment
 * @param index 0 for the one that boots by default
 * @param serial tells it from earlier ones of the list that boot from the same files
 */
record Placement(Deployment deployment, int index, int serial) {}
