/**
 * SELinux labels of paths, as a policy's {@code file_contexts} give them: for commits and checkouts
 * that label on a machine whose own policy is another, or that has none.
 *
 * <p>{@link dev.coppice.core.selinux.SelinuxPolicy} is the way in. Source: selabel_file(5) and the
 * behaviour of libselinux 3.4.
 */
@NullMarked
package dev.coppice.core.selinux;

import org.jspecify.annotations.NullMarked;
