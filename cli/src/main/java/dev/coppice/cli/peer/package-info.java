/** {@code find-remotes} and {@code create-usb}: commits from and for other machines. */
@NullMarked
package dev.coppice.cli.peer;

import org.jspecify.annotations.NullMarked;
