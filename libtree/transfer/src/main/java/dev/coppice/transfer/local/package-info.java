/**
 * Pull from a repository on this machine: objects are linked, copied or converted one by one. A
 * commit stays marked as partial until everything that it needs is there, and refs move last, so
 * that a pull that is killed can be taken up again.
 */
@NullMarked
package dev.coppice.transfer.local;

import org.jspecify.annotations.NullMarked;
