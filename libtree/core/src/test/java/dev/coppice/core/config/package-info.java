/** Key files against GLib's rules, GLib itself and the real tool's edits. */
@NullMarked
package dev.coppice.core.config;

import org.jspecify.annotations.NullMarked;
