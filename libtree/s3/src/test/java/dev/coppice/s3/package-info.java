/** Tests of targets in stores of objects, against a real server. */
@NullMarked
package dev.coppice.s3;

import org.jspecify.annotations.NullMarked;
