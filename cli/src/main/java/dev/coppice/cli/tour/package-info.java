/**
 * {@code coppice tour}: the main job from end to end on data that it makes itself, without root or
 * network. Every command is printed before it runs, so that it can be typed again.
 */
@NullMarked
package dev.coppice.cli.tour;

import org.jspecify.annotations.NullMarked;
