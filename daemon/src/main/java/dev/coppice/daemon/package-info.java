/** The D-Bus service with its transactions, authorisation and automatic updates will live here. */
@NullMarked
package dev.coppice.daemon;

import org.jspecify.annotations.NullMarked;
