/** Deployments, boot loader entries, kernel arguments and the /etc merge. */
@NullMarked
package dev.coppice.sysroot;

import org.jspecify.annotations.NullMarked;
