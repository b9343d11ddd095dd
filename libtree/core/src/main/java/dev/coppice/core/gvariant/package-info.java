/**
 * GVariant: the serialised form of every metadata object of an OSTree repository, and its text
 * form.
 *
 * <p>It lives here, and is our own, because commit, fsck and pull spend their metadata time in it:
 * values stay in serialised form and are navigated in place, and a writer streams a container
 * without building a tree first. Bytes from outside are read as GLib reads them: framing errors
 * yield default values, never failures.
 *
 * @see <a href="https://docs.gtk.org/glib/gvariant-specification-1.0.html">GVariant
 *     specification</a>
 */
@NullMarked
package dev.coppice.core.gvariant;

import org.jspecify.annotations.NullMarked;
