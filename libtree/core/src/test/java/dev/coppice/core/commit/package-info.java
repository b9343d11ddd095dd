/**
 * Tests of commit: the tree against a simple model, hostile lists and archives, sources that cannot
 * be committed, full disks and killed processes. The options are compared with the real tool in the
 * tests of the command.
 */
@NullMarked
package dev.coppice.core.commit;

import org.jspecify.annotations.NullMarked;
