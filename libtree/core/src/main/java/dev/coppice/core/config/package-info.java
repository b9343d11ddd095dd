/**
 * Key files, the format of repository configuration, remotes, origins and {@code
 * prepare-root.conf}: read and written as GLib's GKeyFile does, so that an edit gives the bytes the
 * real tool would write. One difference is meant: comments survive an edit here.
 *
 * @see <a href="https://docs.gtk.org/glib/struct.KeyFile.html">GKeyFile</a>
 */
@NullMarked
package dev.coppice.core.config;

import org.jspecify.annotations.NullMarked;
