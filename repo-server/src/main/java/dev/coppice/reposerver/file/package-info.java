/**
 * What of a repository may be read from outside, and how it is opened: names are checked against
 * the few forms that clients ask for, and the kernel keeps each path inside the repository.
 */
@NullMarked
package dev.coppice.reposerver.file;

import org.jspecify.annotations.NullMarked;
