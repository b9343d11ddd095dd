/**
 * A root file system that holds deployments: opening it, its lock, which deployments it has and
 * where they come from.
 *
 * <p>Below: {@code kargs} (kernel command lines), {@code bls} (boot entries) and {@code etcmerge}
 * (the merge of /etc) know nothing of a sysroot; {@code boot} puts kernels and entries in place and
 * switches them; {@code deploy} has the verbs.
 */
@NullMarked
package dev.coppice.sysroot;

import org.jspecify.annotations.NullMarked;
