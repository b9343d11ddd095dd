/** Tests. */
@NullMarked
package dev.coppice.cli.admin;

import org.jspecify.annotations.NullMarked;
