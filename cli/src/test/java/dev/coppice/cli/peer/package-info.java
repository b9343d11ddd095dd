/** Tests of find-remotes and create-usb beside the real tools. */
@NullMarked
package dev.coppice.cli.peer;

import org.jspecify.annotations.NullMarked;
