/**
 * Making static deltas: what a client that has one commit needs to have another one.
 *
 * <p>In the order of the work: {@link TreeDifference} finds the objects that are new and those that
 * a client surely has; {@link PartPlan} puts the new ones into parts, by kind and path, from sizes
 * alone, so that the bytes of a delta depend on nothing but its commits and options; {@link
 * ObjectEncoder} writes each object the cheapest way (a patch, copies of ranges, as it is); {@link
 * PartCompression} says how the part is compressed; {@link Publication} writes the superblock last,
 * which makes the delta visible. {@link Generate} runs all of it, parts on all processors.
 *
 * <p>The format is that of {@code dev.coppice.transfer.delta}.
 */
@NullMarked
package dev.coppice.transfer.delta.generate;

import org.jspecify.annotations.NullMarked;
