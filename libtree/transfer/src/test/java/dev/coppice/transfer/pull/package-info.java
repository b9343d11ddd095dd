/** Local pulls between repositories of every mode, against the real tool, and interrupted. */
@NullMarked
package dev.coppice.transfer.pull;

import org.jspecify.annotations.NullMarked;
