/** The test kit itself, against the real tool. */
@NullMarked
package dev.coppice.testdata;

import org.jspecify.annotations.NullMarked;
