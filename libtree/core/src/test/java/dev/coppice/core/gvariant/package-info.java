/**
 * Tests of the GVariant codec: against answers recorded from the real GLib, against GLib itself
 * where it is installed, by properties and with hostile bytes.
 */
@NullMarked
package dev.coppice.core.gvariant;

import org.jspecify.annotations.NullMarked;
