/** Tests. */
@NullMarked
package dev.coppice.cli.self;

import org.jspecify.annotations.NullMarked;
